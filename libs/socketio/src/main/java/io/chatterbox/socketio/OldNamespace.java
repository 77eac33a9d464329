package io.chatterbox.socketio;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A namespace as clients of revision 4 ask for it: `/name?key=value`, the query in the place of a
/// payload.
///
/// @param name without the query
/// @param auth the query as a JSON object of strings
@SuppressWarnings("ArrayRecordComponent") // raw bytes, never compared
record OldNamespace(String name, byte[] auth) {

  static OldNamespace of(String namespace) {
    int query = namespace.indexOf('?');
    if (query < 0) {
      return new OldNamespace(namespace, "{}".getBytes(StandardCharsets.UTF_8));
    }
    List<String> fields = new ArrayList<>();
    for (String pair : namespace.substring(query + 1).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.add(quoted(pair.substring(0, equals)) + ":" + quoted(pair.substring(equals + 1)));
      }
    }
    String json = "{" + String.join(",", fields) + "}";
    return new OldNamespace(namespace.substring(0, query), json.getBytes(StandardCharsets.UTF_8));
  }

  private static String quoted(String text) {
    String decoded;
    try {
      decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      decoded = text;
    }
    return new String(JsonText.encode(decoded), StandardCharsets.UTF_8);
  }
}
