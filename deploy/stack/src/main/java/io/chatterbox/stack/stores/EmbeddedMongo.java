package io.chatterbox.stack.stores;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.mvstore.MVStore;

/// A MongoDB for one machine, in a process of its own: `EmbeddedMongo <port> <file>`.
///
/// H2 writes to its file in the background once a second. Here every command that changes something
/// is answered after it was handed to the operating system, so that a killed process loses nothing
/// it acknowledged (a machine that loses power may).
public final class EmbeddedMongo {
  private EmbeddedMongo() {}

  public static void main(String[] args) throws InterruptedException {
    MongoServer server = server(args[1]);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow, "shutdown"));
    server.bind("127.0.0.1", Integer.parseInt(args[0]));
    new CountDownLatch(1).await();
  }

  static MongoServer server(String file) {
    return new MongoServer(new WrittenAtOnce(file));
  }

  private static final class WrittenAtOnce extends H2Backend {
    private static final int PAGE_BYTES = 2048;
    private static final int CACHED_MEGABYTES = 4;
    private static final int FILL_PERCENT = 40;
    private static final Set<String> SHAPES =
        Set.of("createindexes", "dropindexes", "create", "drop", "dropdatabase");
    private static final Set<String> CHANGES =
        Set.of(
            "insert",
            "update",
            "delete",
            "findandmodify",
            "createindexes",
            "create",
            "drop",
            "dropdatabase");

    /// Collections are not made for one thread that makes them, or adds an index, and others that
    /// write documents at that moment.
    private final ReadWriteLock shape = new ReentrantReadWriteLock();

    private final Set<String> made = ConcurrentHashMap.newKeySet();

    WrittenAtOnce(String file) {
      super(open(file));
    }

    /// Each commit writes every page that was touched, so pages are small: with H2's 16 KB the file
    /// grew by a gigabyte in half a minute of load. Space is used again at once: keeping old
    /// versions for a while only helps against the loss of power. Pages are counted as they are in
    /// the file; as objects they take about seven times as much, which with H2's own 16 MB meant
    /// collections of half a second. Chunks are only rewritten when little in them is alive.
    private static MVStore open(String file) {
      MVStore store =
          new MVStore.Builder()
              .fileName(file)
              .pageSplitSize(PAGE_BYTES)
              .cacheSize(CACHED_MEGABYTES)
              .autoCompactFillRate(FILL_PERCENT)
              .open();
      store.setVersionsToKeep(0);
      store.setRetentionTime(0);
      return store;
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
      return new CompactDatabase(name, getMvStore(), getCursorRegistry());
    }

    @Override
    public Document handleMessage(MongoMessage message) {
      String name = message.getDocument().keySet().iterator().next();
      String command = name.toLowerCase(Locale.ROOT);
      String collection = message.getDatabaseName() + "." + message.getDocument().get(name);
      boolean isWriting = CHANGES.contains(command);
      boolean isMaking = SHAPES.contains(command) || (isWriting && !made.contains(collection));
      Document answer = handle(message, isMaking ? shape.writeLock() : shape.readLock());
      if (command.startsWith("drop")) {
        made.clear();
      } else if (isMaking) {
        made.add(collection);
      }
      if (isWriting) {
        commit();
      }
      return answer;
    }

    private Document handle(MongoMessage message, Lock lock) {
      lock.lock();
      try {
        return super.handleMessage(message);
      } finally {
        lock.unlock();
      }
    }
  }
}
