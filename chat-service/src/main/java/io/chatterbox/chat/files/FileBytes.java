package io.chatterbox.chat.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/// Where the bytes of files are. Nobody but [Files] knows to whom they belong.
interface FileBytes {

  /// Stores what is in a file on disk. It is either there as a whole or not at all.
  void write(String name, Path from) throws IOException;

  /// A part of the bytes.
  ///
  /// @param from the first byte
  /// @param length how many, none of them beyond the end
  InputStream read(String name, long from, long length);

  /// All of the bytes of what is known to be small; none when it is not there.
  byte[] readAll(String name);

  /// Removes them. Removing what is not there succeeds.
  void delete(String name);
}
