package io.chatterbox.chat.messages;

import io.chatterbox.chat.conversations.Participant;
import io.chatterbox.chat.conversations.Participants;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Finds the people whom a text names: after each `@` the longest participant's name, without case.
public final class Mentions {
  private Mentions() {}

  /// Ids of those who are named, in the order in which they are, each once.
  public static List<String> in(String content, Participants participants) {
    if (content.indexOf('@') < 0) {
      return List.of();
    }
    Map<String, String> idByName = new HashMap<>();
    int longest = 0;
    for (Participant participant : participants.all()) {
      idByName.put(participant.username().toLowerCase(Locale.ROOT), participant.id());
      longest = Math.max(longest, participant.username().length());
    }
    Set<String> ids = new LinkedHashSet<>();
    for (int at = content.indexOf('@'); at >= 0; at = content.indexOf('@', at + 1)) {
      int end = at + 1;
      while (end < content.length() && end - at <= longest && isOfName(content.charAt(end))) {
        end++;
      }
      for (int stop = end; stop > at + 1; stop--) {
        String id = idByName.get(content.substring(at + 1, stop).toLowerCase(Locale.ROOT));
        if (id != null) {
          ids.add(id);
          break;
        }
      }
    }
    return new ArrayList<>(ids);
  }

  private static boolean isOfName(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '.'
        || c == '-';
  }
}
