package io.chatterbox.chat.people;

import io.chatterbox.bus.Steady;
import io.chatterbox.chat.ChatConfig;
import io.chatterbox.chat.peers.Peer;
import io.chatterbox.chat.peers.PeersConfig;
import io.chatterbox.contract.ChatCommand.Person;
import io.chatterbox.contract.Refusal;
import io.chatterbox.rest.ServicesConfig;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The copy of names and avatars. A copy that has grown old is still better than none, so it is
/// used as long as auth-service does not answer.
@Singleton
public class People {
  /// So many ids fit into one request line.
  private static final int IDS_AT_ONCE = 50;

  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Peer<UsersClient> auth;
  private final String secret;
  private final ChatConfig.People config;
  private final Clock clock;
  private final Map<String, Copy> copies;

  private volatile Instant askAgain = Instant.EPOCH;

  private record Copy(Person person, Instant at) {}

  People(PeersConfig peers, ServicesConfig services, ChatConfig chat, @Steady Clock clock) {
    this.auth = new Peer<>("auth", peers.authUrls(), UsersClient.class);
    this.secret = services.sharedSecret();
    this.config = chat.people();
    this.clock = clock;
    this.copies = bounded(config.most());
  }

  /// Those of these people who exist, by id.
  ///
  /// @throws Refusal `UNAVAILABLE` when auth-service has to be asked and does not answer
  public Map<String, Person> find(Collection<String> ids) {
    Map<String, Person> found = new HashMap<>();
    List<String> missing = new ArrayList<>();
    Instant oldest = clock.instant().minus(config.freshFor());
    synchronized (copies) {
      for (String id : Set.copyOf(ids)) {
        Copy copy = copies.get(id);
        if (copy != null && copy.at().isAfter(oldest)) {
          found.put(id, copy.person());
        } else {
          missing.add(id);
        }
      }
    }
    for (int i = 0; i < missing.size(); i += IDS_AT_ONCE) {
      String some = String.join(",", missing.subList(i, Math.min(missing.size(), i + IDS_AT_ONCE)));
      for (UsersClient.User user : auth.ask(client -> client.find(secret, some)).users()) {
        Person person = new Person(user.id(), user.username(), user.avatar());
        found.put(user.id(), person);
        synchronized (copies) {
          copies.put(user.id(), new Copy(person, clock.instant()));
        }
      }
    }
    return found;
  }

  /// What is known of these people, asking auth-service if it is there. When it has not answered,
  /// nobody waits for it for a while.
  public Map<String, Person> findIfPossible(Collection<String> ids) {
    if (clock.instant().isBefore(askAgain)) {
      return known(ids);
    }
    try {
      return find(ids);
    } catch (Refusal away) {
      askAgain = clock.instant().plus(PAUSE);
      return known(ids);
    }
  }

  /// What is known of these people without asking anybody.
  public Map<String, Person> known(Collection<String> ids) {
    Map<String, Person> found = new HashMap<>();
    synchronized (copies) {
      for (String id : ids) {
        Copy copy = copies.get(id);
        if (copy != null) {
          found.put(id, copy.person());
        }
      }
    }
    return found;
  }

  private static Map<String, Copy> bounded(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Copy> eldest) {
        return size() > most;
      }
    };
  }
}
