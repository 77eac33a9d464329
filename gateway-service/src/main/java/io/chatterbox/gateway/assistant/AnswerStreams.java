package io.chatterbox.gateway.assistant;

import io.chatterbox.bus.Json;
import io.chatterbox.bus.Reply;
import io.chatterbox.contract.AiCommand.ReadRun;
import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import io.chatterbox.engineio.Delivery;
import io.chatterbox.gateway.fanout.FeedGate;
import io.chatterbox.gateway.fanout.Hub;
import io.chatterbox.gateway.fanout.Member;
import io.chatterbox.gateway.fanout.Outlet;
import io.chatterbox.gateway.fanout.Questions;
import io.chatterbox.gateway.raw.RawFields;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The answers that are heard here while they are given. Parts are states, which may be lost: a
/// part whose turn it is not makes the gateway ask for everything so far. Only on the hub.
@Singleton
public final class AnswerStreams implements FeedGate {
  private static final Logger LOG = Logger.getLogger(AnswerStreams.class);
  private static final String STREAM = "ai-stream";
  private static final String COMPLETE = "ai-complete";
  private static final String ERROR = "ai-error";
  private static final long AGAIN_AFTER_MS = 200;

  private final Source source;
  private final Voice voice;
  private final Hub hub;
  private final Json json;
  private final RawFields fields = new RawFields();
  private final Map<Key, Progress> going = new HashMap<>();
  private final Map<Key, String> ended = new HashMap<>();

  /// Knows all so far.
  @FunctionalInterface
  interface Source {
    /// @param then called once, on the hub
    void read(Key key, Consumer<SoFar> then);
  }

  /// Tells.
  interface Voice {
    /// To joined sockets and all of the asker's.
    void toAll(Key key, @Nullable String askerId, Part part, Delivery delivery);

    void toOne(Member member, Part part, Delivery delivery);

    /// Where an earlier part of the same run still waits for a socket, one part takes the place of
    /// both.
    ///
    /// @param both called on the loops of such sockets
    Delivery merging(Run run, Supplier<Part> both);
  }

  /// Of which one part at most waits for a socket.
  record Run(Key key, String runId) {}

  /// The reply to `read-run`.
  record SoFar(@Nullable String runId, @Nullable Integer index, @Nullable String content) {
    static final SoFar NOTHING = new SoFar(null, null, null);
  }

  @Inject
  AnswerStreams(Questions questions, Outlet outlet, Hub hub, Json json) {
    this(
        (key, then) ->
            questions.ask(key, new ReadRun(key.id()), reply -> then.accept(soFar(reply, json))),
        new Voice() {
          @Override
          public void toAll(Key key, @Nullable String askerId, Part part, Delivery delivery) {
            outlet.toJoinedAnd(key, askerId, STREAM, json.write(part), delivery);
          }

          @Override
          public void toOne(Member member, Part part, Delivery delivery) {
            outlet.toMember(member, STREAM, json.write(part), delivery);
          }

          @Override
          public Delivery merging(Run run, Supplier<Part> both) {
            return outlet.merging(run, STREAM, () -> json.write(both.get()));
          }
        },
        hub,
        json);
  }

  AnswerStreams(Source source, Voice voice, Hub hub, Json json) {
    this.source = source;
    this.voice = voice;
    this.hub = hub;
    this.json = json;
  }

  private static SoFar soFar(Reply reply, Json json) {
    return switch (reply) {
      case Reply.Done(_, _, RawJson body) -> json.read(body, SoFar.class);
      case Reply.Refused _ -> SoFar.NOTHING;
    };
  }

  @Override
  public Optional<Passage> state(Key key, ClientEvent event) {
    String askerId = event.also();
    if (!event.event().equals(STREAM) || askerId == null) {
      return Optional.empty();
    }
    try {
      Part part = json.read(event.payload(), Part.class);
      return Optional.of(passage(key, part, askerId));
    } catch (Refusal refusal) {
      LOG.errorf("event=part-not-understood reason=%s", refusal.sentence());
      return Optional.of(new Passage.Stopped());
    }
  }

  @Override
  public void change(Key key, ClientEvent event) {
    if (event.event().equals(COMPLETE) || event.event().equals(ERROR)) {
      byte[] payload = event.payload().bytes();
      fields.text(payload, "runId").ifPresent(runId -> ended.put(key, runId));
      Progress last = going.remove(key);
      if (event.event().equals(COMPLETE)) {
        tellRest(key, last, event);
      }
    }
  }

  @Override
  public void joined(Key key, Member member) {
    Progress progress = going.get(key);
    if (progress != null && progress.next() > 0) {
      voice.toOne(member, soFar(key, progress), merging(key, progress));
    }
  }

  @Override
  public void closed(Key key) {
    going.remove(key);
    ended.remove(key);
  }

  private Passage passage(Key key, Part part, String askerId) {
    if (part.runId().equals(ended.get(key))) {
      return new Passage.Stopped();
    }
    Progress known = going.get(key);
    Progress progress =
        known == null || !known.runId().equals(part.runId())
            ? new Progress(part.runId(), askerId)
            : known;
    going.put(key, progress);
    if (progress.isReading()) {
      progress.hold(part);
      return new Passage.Stopped();
    }
    boolean reminds = part.content().isEmpty();
    if (!reminds && progress.take(part)) {
      return new Passage.As(merging(key, progress));
    }
    if (part.index() >= progress.next()) {
      if (!reminds) {
        progress.hold(part);
      }
      read(key, progress);
    }
    return new Passage.Stopped();
  }

  private void read(Key key, Progress progress) {
    progress.reading(true);
    source.read(
        key,
        known -> {
          if (going.get(key) == progress) {
            caughtUp(key, progress, known);
          }
        });
  }

  private void caughtUp(Key key, Progress progress, SoFar known) {
    boolean isMore =
        known.content() != null
            && known.index() != null
            && progress.runId().equals(known.runId())
            && progress.take(known.index(), known.content());
    if (isMore) {
      voice.toAll(key, progress.askerId(), soFar(key, progress), merging(key, progress));
    }
    for (Part part : progress.release()) {
      if (progress.take(part)) {
        voice.toAll(key, progress.askerId(), part, merging(key, progress));
      } else if (part.index() >= progress.next()) {
        progress.hold(part);
      }
    }
    if (isMore) {
      progress.reading(false);
    } else {
      // what is missing may be put back by who has it; the next part makes it asked for again
      progress.release();
      hub.after(AGAIN_AFTER_MS, () -> progress.reading(false));
    }
  }

  /// Before it is said that an answer is whole, everyone has heard all of it.
  private void tellRest(Key key, @Nullable Progress last, ClientEvent complete) {
    byte[] payload = complete.payload().bytes();
    String all = fields.text(payload, "content").orElse("");
    String runId = fields.text(payload, "runId").orElse("");
    boolean isKnown = last != null && last.runId().equals(runId);
    String told = isKnown ? Objects.requireNonNull(last).text().all() : "";
    int next = isKnown ? Objects.requireNonNull(last).next() : 0;
    if (all.equals(told)) {
      return;
    }
    Part rest =
        all.startsWith(told)
            ? new Part(key.id(), runId, next, all.substring(told.length()), null)
            : Part.whole(key.id(), runId, next, all);
    Part whole = Part.whole(key.id(), runId, next, all);
    voice.toAll(key, complete.also(), rest, voice.merging(new Run(key, runId), () -> whole));
  }

  private static Part soFar(Key key, Progress progress) {
    return Part.whole(key.id(), progress.runId(), progress.next() - 1, progress.text().all());
  }

  /// A socket that reads slowly has one part waiting, with all so far, and not each of them.
  private Delivery merging(Key key, Progress progress) {
    String runId = progress.runId();
    int index = progress.next() - 1;
    Text text = progress.text();
    return voice.merging(new Run(key, runId), () -> Part.whole(key.id(), runId, index, text.all()));
  }
}
