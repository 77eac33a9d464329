package io.chatterbox.stack.stores;

import java.nio.ByteBuffer;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;

/// Values of `_id` as H2 writes and orders them. Two texts, which most are, are compared without
/// asking of which kind they are.
final class IdType extends BasicDataType<Object> {
  private final ObjectDataType any = new ObjectDataType();

  @Override
  public int compare(Object one, Object other) {
    return one instanceof String text && other instanceof String second
        ? text.compareTo(second)
        : any.compare(one, other);
  }

  @Override
  public int getMemory(Object id) {
    return any.getMemory(id);
  }

  @Override
  public void write(WriteBuffer to, Object id) {
    any.write(to, id);
  }

  @Override
  public Object read(ByteBuffer from) {
    return any.read(from);
  }

  @Override
  public Object[] createStorage(int size) {
    return new Object[size];
  }
}
