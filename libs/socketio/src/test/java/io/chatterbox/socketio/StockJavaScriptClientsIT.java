package io.chatterbox.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Runs the tests of `src/test/node`, which use the stock JavaScript clients, against [InteropApp].
class StockJavaScriptClientsIT {
  private static final File FOLDER = new File("src/test/node");

  private static Vertx vertx;
  private static int port;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Path installed = FOLDER.toPath().resolve("node_modules/.package-lock.json");
    Path wanted = FOLDER.toPath().resolve("package-lock.json");
    if (!Files.exists(installed)
        || Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted)) < 0) {
      succeeds("npm", "ci", "--no-audit", "--no-fund", "--prefer-offline");
    }
    vertx = Vertx.vertx();
    port = InteropApp.start(vertx, 0).toCompletionStage().toCompletableFuture().join();
  }

  @AfterAll
  static void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static void succeeds(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("node", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command))
            .directory(FOLDER)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("URL", "http://127.0.0.1:" + port);
    Process process = builder.start();
    boolean ended = process.waitFor(180, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    String said = Files.readString(output);
    Files.delete(output);
    assertThat(ended && process.exitValue() == 0)
        .as("%s%n%s", Arrays.toString(command), said)
        .isTrue();
  }

  @Test
  void client4InteroperatesOverEveryTransport() throws IOException, InterruptedException {
    succeeds("node", "--test", "--test-reporter=spec", "client4.test.mjs");
  }

  @Test
  void client2InteroperatesThroughRevision3() throws IOException, InterruptedException {
    succeeds("node", "--test", "--test-reporter=spec", "client2.test.mjs");
  }
}
