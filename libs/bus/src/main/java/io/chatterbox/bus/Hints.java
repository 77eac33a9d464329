package io.chatterbox.bus;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The wire form of hints: a JSON block that says what they are, then one block for each event's
/// payload, in order. Payloads are copied, never parsed.
@Singleton
public final class Hints {
  private final Json json;
  private final Traces traces;

  @Inject
  Hints(Json json, Traces traces) {
    this.json = json;
    this.traces = traces;
  }

  /// For one that follows nothing.
  public Hints(Json json) {
    this(json, new Traces(OpenTelemetry.noop()));
  }

  Traces traces() {
    return traces;
  }

  public Buffer write(List<? extends Hint> hints) {
    return write(hints, hints.stream().map(hint -> Head.of(hint, "")).toList());
  }

  /// Writes hints of one key with their traces.
  Buffer writeAll(List<Publication> publications) {
    return write(
        publications.stream().map(Publication::hint).toList(),
        publications.stream()
            .map(publication -> Head.of(publication.hint(), publication.trace()))
            .toList());
  }

  private Buffer write(List<? extends Hint> hints, List<Head> heads) {
    Buffer buffer = Buffer.buffer();
    Blocks.append(buffer, json.write(heads).bytes());
    for (Hint hint : hints) {
      for (ClientEvent event : hint.events()) {
        Blocks.append(buffer, event.payload().bytes());
      }
    }
    return buffer;
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws IllegalArgumentException for anything else
  public List<Hint> read(Buffer buffer) {
    Blocks.Reader blocks = new Blocks.Reader(buffer);
    Head[] heads;
    try {
      heads = json.read(RawJson.of(blocks.next()), Head[].class);
    } catch (Refusal e) {
      throw new IllegalArgumentException("not a list of hints", e);
    }
    List<Hint> hints = new ArrayList<>(heads.length);
    for (Head head : heads) {
      Hint hint = head.with(blocks);
      hints.add(hint);
      if (head.trace() != null) {
        traces.heard(head.trace(), hint.events());
      }
    }
    return hints;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Head(
      @Nullable Long rev,
      @Nullable Long version,
      @Nullable List<Hint.Membership> memberships,
      Hint.@Nullable Follow follow,
      List<EventHead> events,
      @Nullable String trace) {

    Head {
      events = List.copyOf(events);
    }

    static Head of(Hint hint, String trace) {
      @Nullable String followed = trace.isEmpty() ? null : trace;
      List<EventHead> events = hint.events().stream().map(EventHead::of).toList();
      return switch (hint) {
        case Hint.Change(long rev, _, List<Hint.Membership> memberships, Hint.Follow follow) ->
            new Head(
                rev, null, memberships.isEmpty() ? null : memberships, follow, events, followed);
        case Hint.State(long version, _) -> new Head(null, version, null, null, events, followed);
      };
    }

    Hint with(Blocks.Reader payloads) {
      List<ClientEvent> whole = new ArrayList<>(events.size());
      for (EventHead event : events) {
        whole.add(event.with(RawJson.of(payloads.next())));
      }
      if (rev != null) {
        return new Hint.Change(rev, whole, memberships == null ? List.of() : memberships, follow);
      }
      if (version != null) {
        return new Hint.State(version, whole);
      }
      throw new IllegalArgumentException("neither a change nor a state");
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record EventHead(
      String event,
      ClientEvent.Reach reach,
      @Nullable String also,
      @Nullable String except,
      ClientEvent.@Nullable Origin origin) {

    EventHead {
      Objects.requireNonNull(event);
      Objects.requireNonNull(reach);
    }

    static EventHead of(ClientEvent event) {
      return new EventHead(
          event.event(), event.reach(), event.also(), event.except(), event.origin());
    }

    ClientEvent with(RawJson payload) {
      return new ClientEvent(event, reach, also, except, origin, payload);
    }
  }
}
