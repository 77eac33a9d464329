package io.chatterbox.chat.files;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.chatterbox.bus.CommandClient;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Reply;
import io.chatterbox.chat.ChatFixture;
import io.chatterbox.chat.Neighbours;
import io.chatterbox.chat.RestCalls;
import io.chatterbox.chat.TokenKeys;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.SendMessage;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.MessageCommand.DeleteMessage;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
@QuarkusTestResource(Neighbours.class)
@QuarkusTestResource(TokenKeys.class)
class FilesIT {
  private static final byte[] TEXT = "Grüße, and some text.\n".getBytes(StandardCharsets.UTF_8);

  @Inject CommandClient bus;
  @Inject Removals removals;
  @Inject Files files;
  @Inject Json json;

  @Inject
  @ConfigProperty(name = TokenKeys.SIGNING_KEY)
  String signingKey;

  private Caller anna;
  private Caller ben;
  private Caller eve;
  private String conversation = "";

  @BeforeEach
  void meetPeople() {
    ChatFixture chat = new ChatFixture(json);
    anna = chat.person("anna");
    ben = chat.person("ben");
    eve = chat.person("eve");
    conversation =
        as(anna)
            .contentType("application/json")
            .body("{\"participantId\":\"" + ben.userId() + "\"}")
            .post("/api/conversations/direct")
            .path("data._id");
  }

  @Test
  void takesAFileAndShowsItToItsUploaderOnly() {
    Response uploaded = upload(anna, "../../etc/notes.txt", TEXT);
    String id =
        uploaded
            .then()
            .statusCode(201)
            .body("data.originalName", equalTo("notes.txt"))
            .body("data.mimetype", equalTo("text/plain"))
            .body("data.size", equalTo(TEXT.length))
            .body("data.uploadedBy", equalTo(anna.userId()))
            .body("data.url", matchesPattern("/api/files/.*/content\\?.*signature=.*"))
            .body("data.filename", notNullValue())
            .body("data.thumbnailUrl", nullValue())
            .extract()
            .path("data._id");
    byte[] shown =
        as(anna)
            .get("/api/files/" + id + "/content")
            .then()
            .statusCode(200)
            .header("Content-Type", "text/plain; charset=utf-8")
            .header("Content-Length", String.valueOf(TEXT.length))
            .header("X-Content-Type-Options", "nosniff")
            .header("Accept-Ranges", "bytes")
            .header("Content-Disposition", containsString("inline"))
            .extract()
            .asByteArray();
    assertThat(shown).isEqualTo(TEXT);
    as(anna).get("/api/files/" + id).then().statusCode(200).body("data._id", equalTo(id));
    for (String path : List.of("", "/content", "/thumbnail")) {
      failed(as(ben).get("/api/files/" + id + path), 404, "NOT_FOUND");
      failed(as(ben).get("/api/files/nothing" + path), 404, "NOT_FOUND");
    }
    failed(as(ben).delete("/api/files/" + id), 404, "NOT_FOUND");
    failed(given().get("/api/files/" + id + "/content"), 401, "UNAUTHORIZED");
  }

  @Test
  void showsAFileToWhoeverHasItsSignedAddress() {
    String url = upload(anna, "notes.txt", TEXT).path("data.url");
    assertThat(plain(url).statusCode()).isEqualTo(200);
    assertThat(plain(url).asByteArray()).isEqualTo(TEXT);
    String other = upload(anna, "other.txt", TEXT).path("data._id");
    for (String forged :
        List.of(
            url.replaceFirst("expires=\\d", "expires=9"),
            url.substring(0, url.length() - 2) + "AA",
            url.replaceFirst("/files/[^/]+", "/files/" + other),
            url.replace("/content", "/thumbnail"),
            url.replaceFirst("expires=\\d+", "expires=1"))) {
      assertThat(plain(forged).statusCode()).as(forged).isEqualTo(401);
    }
  }

  @Test
  void showsPartsOfALargeFile() {
    byte[] large = new byte[700_000];
    new Random(7).nextBytes(large);
    byte[] head = "\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(head, 0, large, 0, head.length);
    String id = upload(anna, "large.png", large).then().statusCode(201).extract().path("data._id");
    String path = "/api/files/" + id + "/content";
    assertThat(as(anna).get(path).asByteArray()).isEqualTo(large);
    Response part = as(anna).header("Range", "bytes=261000-523000").get(path);
    part.then()
        .statusCode(206)
        .header("Content-Range", "bytes 261000-523000/700000")
        .header("Content-Length", "262001");
    assertThat(part.asByteArray()).isEqualTo(Arrays.copyOfRange(large, 261_000, 523_001));
    assertThat(as(anna).header("Range", "bytes=-5").get(path).asByteArray())
        .isEqualTo(Arrays.copyOfRange(large, 699_995, 700_000));
    as(anna)
        .header("Range", "bytes=700000-")
        .get(path)
        .then()
        .statusCode(416)
        .header("Content-Range", "bytes */700000");
  }

  @Test
  void goesByContentAndNotByName() throws IOException {
    assertThat(type("a.txt", image("png"))).isEqualTo("image/png");
    assertThat(type("a.txt", image("jpg"))).isEqualTo("image/jpeg");
    assertThat(type("a.txt", image("gif"))).isEqualTo("image/gif");
    assertThat(type("a.png", bytes("%PDF-1.7\n%âãÏÓ\n"))).isEqualTo("application/pdf");
    assertThat(type("a.png", bytes("RIFF$\u0000\u0000\u0000WEBPVP8 "))).isEqualTo("image/webp");
    assertThat(
            type(
                "a.png", bytes("\u0000\u0000\u0000\u0018ftypmp42\u0000\u0000\u0000\u0000mp42isom")))
        .isEqualTo("video/mp4");
    assertThat(
            type(
                "a.png", bytes("\u0000\u0000\u0000\u0018ftypisom\u0000\u0000\u0000\u0000mp42isom")))
        .isEqualTo("video/mp4");
    assertThat(type("a.png", bytes("\u0000\u0000\u0000\u0014ftypqt  \u0000\u0000\u0000\u0000qt  ")))
        .isEqualTo("video/quicktime");
    assertThat(
            type(
                "a.png",
                bytes(
                    "\u001aE\u00df\u00a3\u009fB\u0086\u0081\u0001B\u00f7\u0081\u0001B\u0082\u0084webm")))
        .isEqualTo("video/webm");
    assertThat(type("a.png", zip("[Content_Types].xml", "word/document.xml")))
        .isEqualTo(FileTypes.DOCX);
    assertThat(type("a.png", ole("WordDocument"))).isEqualTo(FileTypes.DOC);
  }

  @Test
  void takesNoOtherTypes() throws IOException {
    for (byte[] other :
        List.of(
            bytes("<!DOCTYPE html><html><body>hi</body></html>"),
            bytes("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
            bytes("MZ\u0090\u0000\u0003\u0000\u0000\u0000"),
            bytes("\u007fELF\u0002\u0001\u0001"),
            zip("a.txt"),
            ole("Workbook"),
            new byte[0])) {
      failed(upload(anna, "photo.png", other), 415, "UNSUPPORTED_MEDIA_TYPE");
    }
  }

  @Test
  void takesTenMegabytesAndNotOneByteMore() {
    byte[] largest = new byte[10 << 20];
    Arrays.fill(largest, (byte) 'a');
    upload(anna, "largest.txt", largest).then().statusCode(201);
    failed(
        upload(anna, "larger.txt", Arrays.copyOf(largest, largest.length + 1)),
        413,
        "PAYLOAD_TOO_LARGE");
  }

  @Test
  void wantsAFile() {
    failed(as(anna).multiPart("other", "x").post("/api/files/upload"), 400, "VALIDATION_ERROR");
    failed(
        as(anna).multiPart("file", "just text").post("/api/files/upload"), 400, "VALIDATION_ERROR");
    failed(
        as(anna).contentType("application/json").body("{}").post("/api/files/upload"),
        415,
        "UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void makesSmallCopiesOfImages() throws IOException {
    String url = upload(anna, "photo.jpg", image("jpg")).path("data.thumbnailUrl");
    Response small = plain(url);
    small.then().statusCode(200).header("Content-Type", "image/png");
    BufferedImage copy = ImageIO.read(new ByteArrayInputStream(small.asByteArray()));
    assertThat(Math.max(copy.getWidth(), copy.getHeight())).isEqualTo(320);
  }

  @Test
  void showsAFileToThoseWhoSeeAMessageThatCarriesIt() {
    String id = upload(anna, "notes.txt", TEXT).path("data._id");
    String message = send(anna, id);
    as(ben)
        .get("/api/conversations/" + conversation + "/messages")
        .then()
        .body("data.messages[0].attachments._id", equalTo(List.of(id)))
        .body("data.messages[0].attachments[0].originalName", equalTo("notes.txt"))
        .body("data.messages[0].attachments[0].deleted", nullValue());
    as(ben).get("/api/files/" + id + "/content").then().statusCode(200);
    failed(as(eve).get("/api/files/" + id), 404, "NOT_FOUND");
    failed(as(ben).delete("/api/files/" + id), 403, "FORBIDDEN");

    String other =
        as(ben)
            .contentType("application/json")
            .body("{\"participantId\":\"" + eve.userId() + "\"}")
            .post("/api/conversations/direct")
            .path("data._id");
    bus.ask(
        Service.CHAT,
        Key.conversation(other),
        ben,
        new SendMessage(other, "look", List.of(id), null, null));
    as(eve).get("/api/files/" + id).then().statusCode(200);

    bus.ask(
        Service.CHAT,
        Key.conversation(conversation),
        anna,
        new DeleteMessage(conversation, message));
    failed(as(eve).get("/api/files/nothing"), 404, "NOT_FOUND");
    as(ben).get("/api/files/" + id).then().statusCode(200);
  }

  @Test
  void hidesAFileWithTheLastMessageThatCarriedIt() {
    String id = upload(anna, "notes.txt", TEXT).path("data._id");
    String message = send(anna, id);
    as(ben).get("/api/files/" + id).then().statusCode(200);
    bus.ask(
        Service.CHAT,
        Key.conversation(conversation),
        anna,
        new DeleteMessage(conversation, message));
    failed(as(ben).get("/api/files/" + id), 404, "NOT_FOUND");
    as(anna).get("/api/files/" + id).then().statusCode(200);
  }

  @Test
  void attachesNoFileThatTheSenderMayNotSee() {
    String id = upload(anna, "notes.txt", TEXT).path("data._id");
    for (String attached : List.of(id, "nothing")) {
      SendMessage send = new SendMessage(conversation, "mine", List.of(attached), null, null);
      assertThat(refusal(ben, send)).isEqualTo(ErrorCode.NOT_FOUND);
    }
  }

  @Test
  void keepsTheSameFileOnceInAMessage() {
    String id = upload(anna, "notes.txt", TEXT).path("data._id");
    SendMessage twice = new SendMessage(conversation, "twice", List.of(id, id), null, null);
    bus.ask(Service.CHAT, Key.conversation(conversation), anna, twice);
    as(ben)
        .get("/api/conversations/" + conversation + "/messages")
        .then()
        .body("data.messages[0].attachments._id", equalTo(List.of(id)));
  }

  @Test
  void leavesATraceOfADeletedFileInItsMessages() {
    Response uploaded = upload(anna, "notes.txt", TEXT);
    String id = uploaded.path("data._id");
    String url = uploaded.path("data.url");
    send(anna, id);
    as(anna).delete("/api/files/" + id).then().statusCode(200).body("success", equalTo(true));
    failed(as(anna).get("/api/files/" + id), 404, "NOT_FOUND");
    failed(as(ben).get("/api/files/" + id + "/content"), 404, "NOT_FOUND");
    failed(as(anna).delete("/api/files/" + id), 404, "NOT_FOUND");
    assertThat(plain(url).statusCode()).isEqualTo(404);
    as(ben)
        .get("/api/conversations/" + conversation + "/messages")
        .then()
        .body("data.messages[0].attachments[0].deleted", equalTo(true))
        .body("data.messages[0].attachments[0].url", nullValue())
        .body("data.messages[0].attachments[0].originalName", equalTo("notes.txt"));
    assertThat(refusal(anna, new SendMessage(conversation, "x", List.of(id), null, null)))
        .isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void removesAfterADayWhatNoMessageCarries() {
    String orphan = upload(anna, "orphan.txt", TEXT).path("data._id");
    String carried = upload(anna, "carried.txt", TEXT).path("data._id");
    String picture =
        upload(anna, "me.txt", bytes("RIFF$\u0000\u0000\u0000WEBPVP8 ")).path("data._id");
    assertThat(files.keepPicture(anna.userId(), picture)).isTrue();
    assertThat(files.keepPicture(anna.userId(), orphan)).isFalse();
    assertThat(files.keepPicture(ben.userId(), picture)).isFalse();
    send(anna, carried);
    removals.sweep(Instant.now().plus(Duration.ofHours(23)));
    as(anna).get("/api/files/" + orphan).then().statusCode(200);
    removals.sweep(Instant.now().plus(Duration.ofHours(25)));
    failed(as(anna).get("/api/files/" + orphan), 404, "NOT_FOUND");
    as(anna).get("/api/files/" + carried).then().statusCode(200);
    as(eve).get("/api/files/" + picture).then().statusCode(200);
  }

  private String type(String name, byte[] content) {
    return upload(anna, name, content).then().statusCode(201).extract().path("data.mimetype");
  }

  private String send(Caller sender, String fileId) {
    Reply.Done done =
        bus.ask(
            Service.CHAT,
            Key.conversation(conversation),
            sender,
            new SendMessage(conversation, "look", List.of(fileId), null, null));
    return "conversation:" + conversation + ":" + done.rev();
  }

  private ErrorCode refusal(Caller sender, SendMessage send) {
    try {
      bus.ask(Service.CHAT, Key.conversation(send.conversationId()), sender, send);
      throw new AssertionError("it was not refused");
    } catch (Refusal refusal) {
      return refusal.code();
    }
  }

  private Response upload(Caller caller, String name, byte[] content) {
    return as(caller).multiPart("file", name, content).post("/api/files/upload");
  }

  private static Response plain(String url) {
    return given().urlEncodingEnabled(false).get(url);
  }

  private RequestSpecification as(Caller caller) {
    return new RestCalls(signingKey).as(caller);
  }

  private static void failed(Response response, int status, String code) {
    response.then().statusCode(status).body("error.code", equalTo(code));
  }

  private static byte[] bytes(String latin) {
    return latin.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] image(String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(1600, 900, BufferedImage.TYPE_INT_RGB), format, out);
    return out.toByteArray();
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write('x');
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  private static byte[] ole(String stream) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(bytes("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1"));
    out.writeBytes(new byte[504]);
    out.writeBytes(stream.getBytes(StandardCharsets.UTF_16LE));
    out.writeBytes(new byte[512]);
    return out.toByteArray();
  }
}
