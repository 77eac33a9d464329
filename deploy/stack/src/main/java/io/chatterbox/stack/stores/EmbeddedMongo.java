package io.chatterbox.stack.stores;

import de.bwaldvogel.mongo.MongoServer;
import java.util.concurrent.CountDownLatch;

/// A MongoDB for one machine, in a process of its own: `EmbeddedMongo <port> <file>`.
///
/// Every command that changes something is answered after it was handed to the operating system, so
/// that a killed process loses nothing it acknowledged (a machine that loses power may).
public final class EmbeddedMongo {
  private EmbeddedMongo() {}

  public static void main(String[] args) throws InterruptedException {
    MongoServer server = new MongoServer(new JournaledBackend(args[1], EmbeddedMongo::end));
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow, "shutdown"));
    server.bind("127.0.0.1", Integer.parseInt(args[0]));
    new CountDownLatch(1).await();
  }

  static MongoServer server(String file) {
    return new MongoServer(new JournaledBackend(file, Throwable::printStackTrace));
  }

  /// Whoever started it starts it again.
  private static void end(Throwable cause) {
    cause.printStackTrace();
    Runtime.getRuntime().halt(1);
  }
}
