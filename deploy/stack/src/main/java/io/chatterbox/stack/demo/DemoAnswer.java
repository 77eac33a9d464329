package io.chatterbox.stack.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// The answer to one request: a stream of chunks in OpenAI's form, or what was asked for instead.
final class DemoAnswer {
  /// Stands in every failing answer, so that a test can prove that nobody is shown it.
  static final String SECRET = "sk-demo-secret and the inside of a provider";

  private static final long FOREVER = Duration.ofDays(1).toNanos();
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final int USUAL_MISHAP = 5;

  private final DemoRequest request;
  private final Socket socket;
  private final OutputStream out;
  private final int tokensPerSecond;

  DemoAnswer(DemoRequest request, Socket socket, int tokensPerSecond) throws IOException {
    this.request = request;
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.tokensPerSecond = tokensPerSecond;
  }

  void write() throws IOException, InterruptedException {
    if (request.line().startsWith("GET /v1/models ")) {
      page(
          "200 OK",
          "application/json",
          "{\"object\":\"list\",\"data\":[{\"id\":\"demo\",\"object\":\"model\"}]}");
    } else if (!request.line().startsWith("POST /v1/chat/completions ")) {
      failure("404 Not Found", "no such page");
    } else if (!request.wantsStream()) {
      failure("400 Bad Request", "the demonstration only streams");
    } else {
      answer(DemoScript.of(request.question()));
    }
  }

  private void answer(DemoScript script) throws IOException, InterruptedException {
    int status = script.number("status", 200);
    if (script.asks("silent")) {
      request.isClosedWithin(FOREVER);
    } else if (status != 200) {
      failure(status + " Refused", SECRET);
    } else if (script.asks("html")) {
      page("200 OK", "text/html", "<html>" + SECRET + "</html>");
    } else {
      head("200 OK", "text/event-stream; charset=utf-8", "Transfer-Encoding: chunked");
      stream(script);
    }
  }

  private void stream(DemoScript script) throws IOException, InterruptedException {
    chunk(delta("\"role\":\"assistant\",\"content\":\"\"", "null"));
    List<String> tokens = script.tokens();
    int pace = script.number("pace", tokensPerSecond);
    long interval = pace == 0 ? 0 : SECOND / pace;
    int mishap = script.number("after", USUAL_MISHAP);
    long due = System.nanoTime();
    for (int i = 0; i < tokens.size(); i++) {
      if (i == mishap && goesWrong(script)) {
        return;
      }
      if (request.isClosedWithin(interval == 0 ? 0 : due - System.nanoTime())) {
        return;
      }
      chunk(delta("\"content\":" + DemoJson.quote(tokens.get(i)), "null"));
      request.nowSentToken();
      due += interval;
    }
    if (tokens.size() <= mishap && goesWrong(script)) {
      return;
    }
    chunk(delta("", "\"stop\""));
    if (request.wantsUsage() && !script.asks("no-usage")) {
      chunk(usage(tokens.size()));
    }
    if (!script.asks("no-done")) {
      chunk("[DONE]");
    }
    last();
  }

  /// Does what the script asks for at this place.
  ///
  /// @return whether the answer is over
  private boolean goesWrong(DemoScript script) throws IOException, InterruptedException {
    if (script.asks("stall")) {
      request.isClosedWithin(FOREVER);
      return true;
    }
    if (script.asks("cut")) {
      // with nothing to linger for, closing resets
      socket.setSoLinger(true, 0);
      socket.close();
      return true;
    }
    if (script.asks("end")) {
      last();
      return true;
    }
    if (script.asks("malformed")) {
      chunk("{\"choices\":[{\"delta\":{\"content\":\"" + SECRET);
    }
    if (script.asks("error")) {
      chunk("{\"error\":{\"message\":" + DemoJson.quote(SECRET) + ",\"type\":\"server_error\"}}");
    }
    if (script.asks("bad-utf8")) {
      bytes(new byte[] {'d', 'a', 't', 'a', ':', ' ', (byte) 0xc3, (byte) 0x28, '\n', '\n'});
    }
    return false;
  }

  private String delta(String delta, String finish) {
    return "{\"id\":\"chatcmpl-demo\",\"object\":\"chat.completion.chunk\",\"created\":0,"
        + "\"model\":\"demo\",\"choices\":[{\"index\":0,\"delta\":{"
        + delta
        + "},\"logprobs\":null,\"finish_reason\":"
        + finish
        + "}],\"usage\":null}";
  }

  private String usage(int completion) {
    int prompt = request.messages().stream().mapToInt(m -> m.getValue().length() / 4 + 1).sum();
    return "{\"id\":\"chatcmpl-demo\",\"object\":\"chat.completion.chunk\",\"created\":0,"
        + "\"model\":\"demo\",\"choices\":[],\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}}"
            .formatted(prompt, completion, prompt + completion);
  }

  private void chunk(String data) throws IOException {
    bytes(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
  }

  /// One chunk of HTTP/1.1 (RFC 9112 §7.1) in one write.
  private void bytes(byte[] data) throws IOException {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream(data.length + 8);
    chunk.writeBytes((Integer.toHexString(data.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
    chunk.writeBytes(data);
    chunk.writeBytes(new byte[] {'\r', '\n'});
    out.write(chunk.toByteArray());
    out.flush();
  }

  private void last() throws IOException {
    out.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
    request.nowAnswered();
  }

  private void failure(String status, String text) throws IOException {
    page(
        status,
        "application/json",
        "{\"error\":{\"message\":" + DemoJson.quote(text) + ",\"type\":\"demo\"}}");
  }

  private void page(String status, String type, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    head(status, type, "Content-Length: " + bytes.length);
    out.write(bytes);
    out.flush();
    request.nowAnswered();
  }

  private void head(String status, String type, String more) throws IOException {
    out.write(
        "HTTP/1.1 %s\r\nContent-Type: %s\r\n%s\r\nRetry-After: 7\r\nConnection: close\r\n\r\n"
            .formatted(status, type, more)
            .getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
