package io.chatterbox.bench.chat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Accounts and groups, made over REST.
final class People {
  private static final int AT_ONCE = 4;
  private static final Pattern ID = Pattern.compile("\"_id\":\"([^\"]+)\"");
  private static final Pattern TOKEN = Pattern.compile("\"accessToken\":\"([^\"]+)\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final String origin;
  private final String run = Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);

  People(int port) {
    this.origin = "http://127.0.0.1:" + port;
  }

  /// Someone with an account.
  ///
  /// @param token good for the whole measurement, if the suite was started so
  record Person(String id, String token) {}

  List<Person> register(int count) throws IOException, InterruptedException {
    return all(
        count,
        i -> {
          String name = "b" + run + "_" + i;
          String body =
              "{\"username\":\"%s\",\"email\":\"%s@example.org\",\"password\":\"correct horse\"}"
                  .formatted(name, name);
          String answer = post("/api/auth/register", "", body);
          return new Person(first(ID, answer), first(TOKEN, answer));
        });
  }

  /// Groups of the members that each index gives, made by the first of them.
  ///
  /// @return their ids
  List<String> groups(int count, IntFunction<List<Person>> members)
      throws IOException, InterruptedException {
    return all(
        count,
        i -> {
          List<Person> all = members.apply(i);
          String others =
              all.stream()
                  .skip(1)
                  .map(person -> '"' + person.id + '"')
                  .collect(Collectors.joining(","));
          String body = "{\"name\":\"group %d\",\"participants\":[%s]}".formatted(i, others);
          return first(ID, post("/api/conversations/group", all.getFirst().token, body));
        });
  }

  /// A public room.
  ///
  /// @return its name
  String room(Person person) throws IOException, InterruptedException {
    String name = "hot-" + run;
    post("/api/rooms", person.token, "{\"name\":\"" + name + "\"}");
    return name;
  }

  private interface Making<T> {
    T make(int index) throws IOException, InterruptedException;
  }

  private static <T> List<T> all(int count, Making<T> making)
      throws IOException, InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<T>> made = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int index = i;
        made.add(threads.submit(() -> making.make(index)));
      }
      List<T> all = new ArrayList<>();
      for (Future<T> one : made) {
        all.add(one.get());
      }
      return all;
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private String post(String path, String token, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(path + " answered " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  private static String first(Pattern pattern, String text) throws IOException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IOException("no " + pattern + " in an answer");
    }
    return matcher.group(1);
  }
}
