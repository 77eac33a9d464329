package io.chatterbox.bus;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.chatterbox.contract.RawJson;
import java.io.IOException;
import java.util.Arrays;

/// [RawJson] as a part of something else: written and cut out as it is, unread.
final class NestedJson {
  private NestedJson() {}

  static final class Writer extends StdSerializer<RawJson> {
    private static final long serialVersionUID = 1L;

    Writer() {
      super(RawJson.class);
    }

    @Override
    public void serialize(RawJson value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeRawValue(value.text());
    }
  }

  static final class Reader extends StdDeserializer<RawJson> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(RawJson.class);
    }

    @Override
    public RawJson deserialize(JsonParser in, DeserializationContext context) throws IOException {
      int start = (int) in.currentTokenLocation().getByteOffset();
      in.skipChildren();
      in.finishToken();
      int end = (int) in.currentLocation().getByteOffset();
      if (!(in.currentLocation().contentReference().getRawContent() instanceof byte[] source)) {
        throw new IllegalStateException("JSON is read from byte arrays only");
      }
      return RawJson.of(Arrays.copyOfRange(source, start, end));
    }
  }
}
