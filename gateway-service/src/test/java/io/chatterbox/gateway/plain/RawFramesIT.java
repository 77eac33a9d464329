package io.chatterbox.gateway.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.gateway.AuthPart;
import io.chatterbox.gateway.Surroundings;
import io.chatterbox.gateway.TestTokens;
import io.chatterbox.gateway.TestTokens.Subject;
import io.chatterbox.gateway.Wire;
import io.chatterbox.gateway.authority.Revocations;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Frames that no WebSocket library would send.
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class RawFramesIT {
  private static final int CUT = -1;
  private static final int PATIENCE = 30_000;
  private static final int FINAL_TEXT = 0x81;
  private static final int TEXT = 0x01;
  private static final int CONTINUATION = 0x00;

  @TestHTTPResource
  @SuppressWarnings("NullAway.Init") // set by Quarkus
  URI server;

  @Inject AuthPart auth;
  @Inject Revocations revocations;

  @BeforeEach
  void aWholeList() {
    auth.restore();
    Wire.await(revocations::isWhole);
  }

  @ParameterizedTest
  @CsvSource({
    "not masked, 81027b7d",
    "an unknown opcode, 8382000000007b7d",
    "a ping of 126 bytes, 89fe007e00000000",
    "a ping in parts, 098000000000",
    "a continuation of nothing, 808000000000",
    "a text amid another, 018000000000018000000000",
    "a length beyond all bounds, 81ff7fffffffffffffff00000000",
    "a negative length, 81ffffffffffffffffff00000000",
  })
  void whoBreaksTheRulesOfFramesIsClosed(String what, String frame) throws Exception {
    try (Socket socket = upgraded()) {
      socket.getOutputStream().write(HexFormat.of().parseHex(frame));
      assertThat(ended(socket)).as(what).isIn(CUT, 1002, 1009, 1011);
    }
    othersLive();
  }

  @Test
  void aFrameThatIsTooLargeIsRefusedByItsHead() throws Exception {
    try (Socket socket = upgraded()) {
      // one byte more than may be, of which nothing is sent
      socket.getOutputStream().write(HexFormat.of().parseHex("81ff00000000000f424100000000"));
      assertThat(ended(socket)).isIn(CUT, 1009);
    }
    othersLive();
  }

  @Test
  void aMessageOfManyPartsIsBoundedToo() throws Exception {
    try (Socket socket = upgraded()) {
      try {
        for (int i = 0; i < 200; i++) {
          socket.getOutputStream().write(frame(i == 0 ? TEXT : CONTINUATION, "x".repeat(10_000)));
        }
      } catch (SocketException e) {
        // closed meanwhile
      }
      assertThat(ended(socket)).isIn(CUT, 1009);
    }
    othersLive();
  }

  @Test
  void whatIsNoUtf8IsNoMessage() throws Exception {
    try (Socket socket = upgraded()) {
      socket.getOutputStream().write(HexFormat.of().parseHex("818400000000fffefdfc"));
      socket.getOutputStream().write(frame(FINAL_TEXT, "{\"event\":\"heartbeat\",\"id\":1}"));
      String heard = "";
      while (!heard.contains("UNAUTHORIZED")) {
        byte[] some = new byte[1024];
        int count = socket.getInputStream().read(some);
        assertThat(count).as(heard).isPositive();
        heard += new String(some, 0, count, StandardCharsets.UTF_8);
      }
      assertThat(heard).contains("VALIDATION_ERROR", "{\"reply\":1,");
    }
  }

  private void othersLive() throws Exception {
    try (PlainPeer other =
        PlainPeer.signedIn(server, PlainIT.ip(), TestTokens.good(Subject.fresh()))) {
      other.send("{\"event\":\"heartbeat\",\"id\":1}");
      other.heard("\"reply\":1");
    }
  }

  private Socket upgraded() throws IOException {
    Socket socket = new Socket(server.getHost(), server.getPort());
    socket.setSoTimeout(PATIENCE);
    socket
        .getOutputStream()
        .write(
            ("GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-Forwarded-For: "
                    + PlainIT.ip()
                    + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) socket.getInputStream().read());
    }
    assertThat(head.toString()).startsWith("HTTP/1.1 101").doesNotContain("deflate");
    return socket;
  }

  private static byte[] frame(int first, String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    if (payload.length < 126) {
      out.write(0x80 | payload.length);
    } else {
      out.write(0xFE);
      out.write(payload.length >> 8);
      out.write(payload.length);
    }
    out.writeBytes(new byte[4]);
    out.writeBytes(payload);
    return out.toByteArray();
  }

  /// The code of the close frame, if one comes before the end.
  private static int ended(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    int code = CUT;
    try {
      for (int first = in.read(); first >= 0; first = in.read()) {
        byte[] payload = in.readNBytes(in.read());
        if (first == 0x88 && payload.length >= 2) {
          code = (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
        }
      }
    } catch (SocketException e) {
      // reset
    }
    return code;
  }
}
