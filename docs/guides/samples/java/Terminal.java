import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.json.JSONArray;
import org.json.JSONObject;

/**
 * A chat in a terminal: each line that is typed is a message, {@code /file PATH} sends a file,
 * {@code /quit} signs out.
 *
 * <pre>
 * CHATTERBOX_PASSWORD=… java -cp 'lib/*' Terminal.java http://localhost:3000 ann@example.org bob
 * </pre>
 */
public final class Terminal implements Chat.Listener {
  private final Chat chat;

  private Terminal(String url) {
    this.chat = new Chat(url, this);
  }

  public static void main(String[] args) throws IOException, Chat.Refused {
    new Terminal(args[0]).run(args[1], args[2]);
    System.exit(0); // the HTTP client's threads live on for a minute
  }

  private void run(String email, String other) throws IOException, Chat.Refused {
    chat.signIn(email, System.getenv("CHATTERBOX_PASSWORD"));
    chat.connect();
    String name = URLEncoder.encode(other, StandardCharsets.UTF_8);
    JSONObject found =
        chat.call("GET", "/api/users?q=" + name, null).optJSONArray("users").optJSONObject(0);
    JSONObject with = new JSONObject(Map.of("participantId", found.optString("_id")));
    chat.open(chat.call("POST", "/api/conversations/direct", Chat.json(with)).optString("_id"));

    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line; (line = lines.readLine()) != null && !line.equals("/quit"); ) {
      say(line);
    }
    chat.signOut();
  }

  private void say(String line) throws IOException, Chat.Refused {
    CompletableFuture<JSONObject> sent;
    if (line.startsWith("/file ")) {
      Path path = Path.of(line.substring("/file ".length()));
      sent = chat.sendFile(Files.readAllBytes(path), path.getFileName().toString());
    } else {
      sent = chat.send(line, List.of());
    }
    sent.whenComplete((message, failure) -> {
      if (failure instanceof Chat.Refused refused) {
        print("! " + refused.code + " " + refused.getMessage());
      }
    });
  }

  @Override
  public void message(JSONObject message) {
    StringBuilder text = new StringBuilder();
    text.append(message.optLong("seq")).append(' ');
    text.append(message.optJSONObject("sender").optString("username")).append(": ");
    text.append(message.optString("content"));
    JSONArray attachments = message.optJSONArray("attachments");
    for (int i = 0; i < attachments.length(); i++) {
      JSONObject file = attachments.optJSONObject(i);
      text.append(" [").append(file.optString("originalName")).append(", ");
      text.append(sizeOf(file)).append(" bytes]");
    }
    print(text.toString());
  }

  private String sizeOf(JSONObject file) {
    try {
      return String.valueOf(chat.download(file).length);
    } catch (IOException e) {
      return "unknown";
    }
  }

  @Override
  public void status(String text) {
    print("* " + text);
  }

  @Override
  public void signedOut() {
    print("* signed out");
  }

  private static void print(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }
}
