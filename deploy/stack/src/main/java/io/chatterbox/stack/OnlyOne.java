package io.chatterbox.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Lets one stack at a time use a data folder. The operating system gives the lock back when the
/// process ends, however it ends.
final class OnlyOne implements AutoCloseable {
  private final FileChannel channel;

  private OnlyOne(FileChannel channel) {
    this.channel = channel;
  }

  /// @throws StartFailure when another stack runs
  static OnlyOne of(Folders folders) {
    try {
      Files.createDirectories(folders.data());
      FileChannel channel = take(folders.lock());
      if (channel == null) {
        throw new StartFailure(
            "ChatterBox is already running (process %s); stop that one first, or see ./chatterbox status."
                .formatted(Files.readString(folders.lock()).strip()));
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
      return new OnlyOne(channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether a stack uses this folder now.
  static boolean runs(Folders folders) {
    if (!Files.exists(folders.lock())) {
      return false;
    }
    try {
      FileChannel channel = take(folders.lock());
      if (channel == null) {
        return true;
      }
      channel.close();
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable FileChannel take(Path lock) throws IOException {
    FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // held by this very process
    }
    channel.close();
    return null;
  }
}
