package io.chatterbox.stack.stores;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/// Databases in a file, and a [MongoJournal] beside it.
///
/// H2 writes every page that was touched, each time that it writes: after each command that is more
/// work than the command. So it writes five times a second, and a command is answered when it
/// stands in the journal. It begins to write between two commands, so that the store holds all that
/// was carried out before one file of the journal begins, and nothing of what came after.
final class JournaledBackend extends H2Backend {
  private static final int PAGE_BYTES = 2048;
  private static final int CACHED_MEGABYTES = 2;
  private static final int FILL_PERCENT = 40;
  private static final int COMPACTED_BYTES = 256 << 10;
  private static final int NEVER_KILOBYTES = 1 << 20;
  private static final int NEVER_MILLIS = Integer.MAX_VALUE / 2;
  private static final long WRITE_MILLIS = 200;
  private static final long MOST_JOURNAL_BYTES = 16 << 20;
  private static final String FIRST = "first";
  private static final Set<String> SHAPES =
      Set.of("createindexes", "dropindexes", "create", "drop", "dropdatabase");
  private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findandmodify");

  /// Commands that change something are carried out one after the other, in the journal's order.
  private final Lock changing = new ReentrantLock();

  /// Collections are not made for one thread that makes them, or adds an index, and others that
  /// read at that moment.
  private final ReadWriteLock shape = new ReentrantReadWriteLock();

  private final Set<String> made = ConcurrentHashMap.newKeySet();

  /// The number of the journal's file that begins where this one ends.
  private final MVMap<String, Long> journaled;

  private final MongoJournal journal;
  private final Consumer<Throwable> failed;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread writer = new Thread(this::write, "mongo-journal");

  /// What H2 calls the state that it was last told to write, and the journal's file that begins
  /// there.
  private long version;

  private long written;

  /// @param failed hears, perhaps again and again, that the file or the journal cannot be written;
  ///   nothing is changed any more. Opened anew it holds what was acknowledged
  JournaledBackend(String file, Consumer<Throwable> failed) {
    super(open(file));
    this.failed = failed;
    journaled = getMvStore().openMap("chatterbox.journaled");
    written = journaled.getOrDefault(FIRST, 0L);
    Channel nobody = new EmbeddedChannel();
    journal =
        MongoJournal.replay(
            Path.of(file), written, command -> again(new MongoMessage(nobody, null, command)));
    handleClose(nobody);
    var _ = nobody.close();
    writer.setDaemon(true);
    writer.start();
  }

  /// Small pages, since every page that was touched is written. Space is used again at once:
  /// keeping old versions for a while only helps against the loss of power. A small cache: pages
  /// leave it just when they have become old objects, which makes long collections. H2 is never to
  /// write by itself.
  private static MVStore open(String file) {
    MVStore store =
        new MVStore.Builder()
            .fileName(file)
            .pageSplitSize(PAGE_BYTES)
            .cacheSize(CACHED_MEGABYTES)
            .autoCommitBufferSize(NEVER_KILOBYTES)
            .open();
    store.setAutoCommitDelay(NEVER_MILLIS);
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
    String command = command(message);
    if (!WRITES.contains(command) && !SHAPES.contains(command)) {
      return carryOut(message);
    }
    changing.lock();
    try {
      journal.check();
      try {
        return carryOut(message);
      } finally {
        // also what was refused halfway
        journal.append(message.getDocument());
        if (journal.bytes() > MOST_JOURNAL_BYTES) {
          begin();
        }
      }
    } catch (UncheckedIOException | MVStoreException e) {
      failed.accept(e);
      throw e;
    } finally {
      changing.unlock();
    }
  }

  /// What was refused is refused again.
  private void again(MongoMessage message) {
    try {
      carryOut(message);
    } catch (MongoServerException e) {
      System.err.println("refused again: " + e.getMessage());
    }
  }

  private static String command(MongoMessage message) {
    return message.getDocument().keySet().iterator().next().toLowerCase(Locale.ROOT);
  }

  private Document carryOut(MongoMessage message) {
    String command = command(message);
    Object name = message.getDocument().values().iterator().next();
    String collection = message.getDatabaseName() + "." + name;
    boolean isMaking =
        SHAPES.contains(command) || (WRITES.contains(command) && !made.contains(collection));
    Lock lock = isMaking ? shape.writeLock() : shape.readLock();
    lock.lock();
    try {
      return super.handleMessage(message);
    } finally {
      if (command.startsWith("drop")) {
        made.clear();
      } else if (isMaking) {
        made.add(collection);
      }
      lock.unlock();
    }
  }

  /// Writes the store again and again.
  private void write() {
    try {
      while (!closing.await(WRITE_MILLIS, TimeUnit.MILLISECONDS)) {
        changing.lock();
        try {
          if (journal.bytes() > 0) {
            begin();
          }
        } finally {
          changing.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failed.accept(e);
    }
  }

  /// Begins to write the store, which threads of H2's go on with, unless they are still at it.
  /// Chunks in which little is alive are rewritten, a few at a time.
  private void begin() {
    MVStoreException panic = getMvStore().getPanicException();
    if (panic != null) {
      throw panic;
    }
    if (getMvStore().getFileStore().lastChunkVersion() >= version) {
      journal.forget(written);
      long next = mark();
      // which may write the store, too
      getMvStore().compact(FILL_PERCENT, COMPACTED_BYTES);
      long begun = getMvStore().tryCommit();
      if (begun > 0) {
        version = begun;
        written = next;
      }
    }
  }

  /// The store as it is now is what the journal's next file begins with.
  private long mark() {
    long next = journal.next();
    journaled.put(FIRST, next);
    return next;
  }

  @Override
  public void close() {
    closing.countDown();
    changing.lock();
    try {
      if (getMvStore().getPanicException() != null) {
        return; // the journal has it
      }
      long first = mark();
      // which writes it
      super.close();
      journal.forget(first);
      journal.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      changing.unlock();
    }
  }
}
