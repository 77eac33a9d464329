import io.socket.client.AckWithTimeout;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/**
 * One conversation over ChatterBox, for Android (API 26) and any JVM from 17 on. It needs {@code
 * io.socket:socket.io-client} and what comes with that: OkHttp and org.json. Calls of the REST half
 * block, so on Android they do not belong on the main thread; {@code send} and {@code open} return
 * at once.
 */
@SuppressWarnings("deprecation") // RequestBody.create, so that OkHttp 3 will do
public final class Chat {
  /** What the app does with what it is told; called on the threads of this class. */
  public interface Listener {
    void message(JSONObject message);

    void status(String text);

    void signedOut();
  }

  /** What the server says no to: the code is for programs, the message for people. */
  public static final class Refused extends Exception {
    public final String code;

    Refused(JSONObject error) {
      super(error.optString("message"));
      this.code = error.optString("code");
    }
  }

  private static final long ANSWER_MS = 13_000; // a gateway answers within 11 s
  private static final Set<String> TRY_AGAIN =
      Set.of("UNAVAILABLE", "RATE_LIMITED", "UNAUTHORIZED");
  private static final MediaType JSON = MediaType.parse("application/json");
  private static final MediaType BYTES = MediaType.parse("application/octet-stream");

  private final String url;
  private final Listener listener;
  private final OkHttpClient http = new OkHttpClient();
  private final Map<String, String> auth = new ConcurrentHashMap<>();
  private final ExecutorService linking = daemon(); // joins and renewals, one after the other
  private final ExecutorService sending = daemon(); // messages, one after the other
  private final Map<Long, JSONObject> early = new TreeMap<>(); // before one with a lower seq
  private String refreshToken; // guarded by auth
  private Socket socket;
  private volatile String conversationId;
  private long last = -1; // the seq of the last message that was shown
  private volatile boolean online;
  private volatile boolean closed;

  public Chat(String url, Listener listener) {
    this.url = url;
    this.listener = listener;
  }

  // #region sign-in
  /** Returns the user: {@code {_id, username, email}}. */
  public JSONObject signIn(String email, String password) throws Refused {
    JSONObject body = new JSONObject(Map.of("email", email, "password", password));
    JSONObject data = patiently(() -> fetch("POST", "/api/auth/login", json(body), null));
    keep(data);
    return data.optJSONObject("user");
  }

  private void keep(JSONObject tokens) {
    synchronized (auth) {
      auth.put("token", tokens.optString("accessToken"));
      refreshToken = tokens.optString("refreshToken");
    }
  }

  /** A call of the REST half; returns its data. An access token that has ended is renewed first. */
  public JSONObject call(String method, String path, RequestBody body) throws Refused {
    String token = auth.get("token");
    try {
      return patiently(() -> fetch(method, path, body, token));
    } catch (Refused e) {
      if (!e.code.equals("TOKEN_EXPIRED")) {
        throw e;
      }
      renew(token);
      return patiently(() -> fetch(method, path, body, auth.get("token")));
    }
  }

  private JSONObject fetch(String method, String path, RequestBody body, String token)
      throws Refused {
    Request.Builder request = new Request.Builder().url(url + path).method(method, body);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    JSONObject answer;
    try (Response response = http.newCall(request.build()).execute()) {
      answer = new JSONObject(response.body().string());
    } catch (IOException | JSONException e) {
      throw new Refused(error("UNAVAILABLE", "The server cannot be reached."));
    }
    if (!answer.optBoolean("success")) {
      throw new Refused(answer.optJSONObject("error"));
    }
    return answer.optJSONObject("data");
  }

  private interface Call {
    JSONObject answer() throws Refused;
  }

  /** Tries again what the server could not answer now. */
  private static JSONObject patiently(Call call) throws Refused {
    for (int tries = 1; ; tries++) {
      try {
        return call.answer();
      } catch (Refused e) {
        if (!e.code.equals("UNAVAILABLE") || tries == 5) {
          throw e;
        }
        pause(1_000);
      }
    }
  }

  public static RequestBody json(JSONObject body) {
    return RequestBody.create(JSON, body.toString());
  }

  // #endregion

  // #region connect
  /** Connects, and stays connected until {@code signOut}. */
  public void connect() {
    IO.Options options = new IO.Options();
    options.auth = auth; // read again at every reconnect, so that the newest token is sent
    socket = IO.socket(URI.create(url), options);
    socket.on("authenticated", arguments -> linking.execute(this::arrived));
    socket.on("unauthorized", arguments -> linking.execute(this::doubted));
    socket.on("token-expiring", arguments -> linking.execute(this::authorize));
    socket.on("new-message", arguments -> take((JSONObject) arguments[0]));
    socket.on("error", arguments -> listener.status("error: " + arguments[0]));
    socket.on(Socket.EVENT_DISCONNECT, arguments -> cut((String) arguments[0]));
    socket.connect();
  }

  /** The Java client does not recover sessions, so it joins after each connect. */
  private void arrived() {
    if (conversationId != null) {
      join();
    }
    setOnline(socket.connected());
  }

  private void cut(String reason) {
    setOnline(false);
    listener.status("offline: " + reason);
    if (reason.equals("io server disconnect")) {
      // the only case in which the client does not come back by itself
      linking.execute(() -> {
        pause(1_000);
        if (!closed) {
          socket.connect();
        }
      });
    }
  }

  private synchronized void setOnline(boolean value) {
    online = value;
    notifyAll();
  }

  private synchronized void awaitOnline() throws InterruptedException {
    while (!online) {
      wait();
    }
  }

  // #endregion

  // #region renew
  private void doubted() {
    pause(1_000);
    authorize();
  }

  /** Before the token ends, and when it has: a newer one, over the same socket. */
  private void authorize() {
    if (closed) {
      return;
    }
    try {
      renew(auth.get("token"));
      if (ask("auth", Map.of("token", auth.get("token"))).optBoolean("success")) {
        listener.status("renewed");
      }
    } catch (Refused e) {
      listener.status("not renewed: " + e.code); // at the end the server says `unauthorized`
    }
  }

  /** A newer token than this one. One renewal at a time: a refresh token counts once. */
  private void renew(String old) throws Refused {
    synchronized (auth) {
      if (!auth.get("token").equals(old)) {
        return;
      }
      JSONObject body = new JSONObject(Map.of("refreshToken", refreshToken));
      try {
        // an answer that was lost is given again within ten seconds
        keep(patiently(() -> fetch("POST", "/api/auth/refresh", json(body), null)));
      } catch (Refused e) {
        if (e.code.equals("UNAUTHORIZED") || e.code.equals("TOKEN_EXPIRED")) {
          end();
        }
        throw e;
      }
    }
  }

  // #endregion

  // #region join
  /** Shows a conversation: its newest messages, and from then on every one. */
  public void open(String id) {
    conversationId = id;
    linking.execute(() -> {
      if (online) {
        join();
      }
    });
  }

  private void join() {
    boolean more = true;
    while (more) {
      boolean isFirst = last < 0; // then the last 50 are answered
      JSONObject answer =
          ask(
              "join-conversation",
              isFirst
                  ? Map.of("conversationId", conversationId)
                  : Map.of("conversationId", conversationId, "afterSeq", last));
      if (answer.optBoolean("success")) {
        takeAll(answer.optJSONArray("messages"));
        more = !isFirst && answer.optBoolean("hasMore");
      } else if (TRY_AGAIN.contains(codeOf(answer)) && socket.connected()) {
        pause(1_000);
      } else {
        listener.status("not joined: " + codeOf(answer));
        return;
      }
    }
    listener.status("joined");
  }

  // #endregion

  // #region order
  private synchronized void takeAll(JSONArray messages) {
    if (last < 0) {
      last = messages.length() == 0 ? 0 : messages.optJSONObject(0).optLong("seq") - 1;
    }
    for (int i = 0; i < messages.length(); i++) {
      take(messages.optJSONObject(i));
    }
  }

  /** Shows each message once and in the order of seq, however it came. */
  private synchronized void take(JSONObject message) {
    long seq = message.optLong("seq");
    if (!message.optString("conversationId").equals(conversationId) || seq <= last) {
      return;
    }
    early.put(seq, message);
    for (JSONObject next; (next = early.remove(last + 1)) != null; ) {
      last++;
      listener.message(next);
    }
  }

  // #endregion

  // #region send
  /** Sends after what was sent before. Ends when the message is stored, or refused for good. */
  public CompletableFuture<JSONObject> send(String content, List<String> attachments) {
    Map<String, Object> message =
        Map.of(
            "conversationId",
            conversationId,
            "content",
            content,
            "attachments",
            new JSONArray(attachments),
            // the same at every try, so it is one message whatever happens
            "clientMessageId",
            UUID.randomUUID().toString());
    CompletableFuture<JSONObject> sent = new CompletableFuture<>();
    sending.execute(() -> {
      try {
        sent.complete(deliver(message));
      } catch (InterruptedException | Refused e) {
        sent.completeExceptionally(e);
      }
    });
    return sent;
  }

  private JSONObject deliver(Map<String, Object> message) throws InterruptedException, Refused {
    for (long wait = 500; ; wait = Math.min(2 * wait, 8_000)) {
      awaitOnline();
      JSONObject answer = ask("send-message", message);
      if (answer.optBoolean("success")) {
        take(answer.optJSONObject("message"));
        return answer.optJSONObject("message");
      }
      if (!TRY_AGAIN.contains(codeOf(answer)) || closed) {
        throw new Refused(answer.optJSONObject("error"));
      }
      listener.status(codeOf(answer) + ": trying again");
      Thread.sleep(answer.optJSONObject("error").optLong("retryAfterMs", wait));
    }
  }

  /** No answer means not known, as UNAVAILABLE does. */
  private JSONObject ask(String event, Map<String, ?> payload) {
    CompletableFuture<JSONObject> answer = new CompletableFuture<>();
    socket.emit(
        event,
        new Object[] {new JSONObject(payload)},
        new AckWithTimeout(ANSWER_MS) {
          @Override
          public void onSuccess(Object... arguments) {
            answer.complete((JSONObject) arguments[0]);
          }

          @Override
          public void onTimeout() { // also when the connection is cut meanwhile
            JSONObject error = error("UNAVAILABLE", "There was no answer.");
            answer.complete(new JSONObject(Map.of("success", false, "error", error)));
          }
        });
    return answer.join();
  }

  private static JSONObject error(String code, String message) {
    return new JSONObject(Map.of("code", code, "message", message));
  }

  private static String codeOf(JSONObject answer) {
    return answer.optJSONObject("error").optString("code");
  }

  // #endregion

  // #region files
  /** Uploads a file, and sends a message that carries it; it needs words, too. */
  public CompletableFuture<JSONObject> sendFile(byte[] bytes, String name) throws Refused {
    RequestBody form =
        new MultipartBody.Builder()
            .setType(MultipartBody.FORM)
            .addFormDataPart("file", name, RequestBody.create(BYTES, bytes))
            .build();
    JSONObject file = call("POST", "/api/files/upload", form);
    return send(name, Collections.singletonList(file.optString("_id")));
  }

  /** The bytes of an attachment; its address is signed and good for an hour. */
  public byte[] download(JSONObject attachment) throws IOException {
    Request request = new Request.Builder().url(url + attachment.optString("url")).build();
    try (Response response = http.newCall(request).execute()) {
      return response.body().bytes();
    }
  }

  // #endregion

  // #region sign-out
  /** Ends this session: its tokens and sockets, everywhere within a second. */
  public void signOut() throws Refused {
    call("POST", "/api/auth/logout", RequestBody.create(JSON, ""));
    end();
  }

  private void end() {
    synchronized (auth) {
      if (closed) {
        return;
      }
      closed = true;
    }
    socket.disconnect();
    listener.signedOut();
  }

  // #endregion

  private static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ExecutorService daemon() {
    return Executors.newSingleThreadExecutor(work -> {
      Thread thread = new Thread(work, "chat");
      thread.setDaemon(true);
      return thread;
    });
  }
}
