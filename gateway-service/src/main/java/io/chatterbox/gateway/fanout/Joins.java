package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.Key;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Consumer;

/// Lets sockets into what they ask to join, so that nothing between the answer and the first live
/// event is missed or comes twice.
@Singleton
public final class Joins {
  private final Feeds feeds;
  private final FeedTools tools;

  @Inject
  Joins(Feeds feeds, FeedTools tools) {
    this.feeds = feeds;
    this.tools = tools;
  }

  /// A join that has been asked for. Exactly one of the two is called, from any thread.
  public interface Ticket {
    /// It was granted.
    ///
    /// @param rev at which the answer was true: the socket hears everything above it
    void granted(long rev);

    /// It was not.
    void refused();
  }

  /// Subscribes, so that the join may be sent.
  ///
  /// @param ready called once, on the hub; empty when Redis did not confirm the subscription
  public void prepare(Member member, Key key, Consumer<Optional<Ticket>> ready) {
    tools
        .hub()
        .execute(() -> {
          if (member.isGone()) {
            ready.accept(Optional.empty());
            return;
          }
          Feed feed = feeds.open(key);
          Ticket ticket = feed.audience().hasJoined(member) ? renewal(feed) : entry(feed, member);
          feeds
              .confirmed(feed)
              .onComplete(confirmed ->
                  tools
                      .hub()
                      .execute(() -> {
                        if (confirmed.succeeded()) {
                          ready.accept(Optional.of(ticket));
                        } else {
                          ticket.refused();
                          ready.accept(Optional.empty());
                        }
                      }));
        });
  }

  /// The socket hears it no longer.
  public void leave(Member member, Key key) {
    tools
        .hub()
        .execute(() ->
            feeds
                .find(key)
                .ifPresent(feed -> {
                  feed.audience().leave(member, true);
                  member.feeds().remove(feed);
                  feed.release();
                }));
  }

  /// Whoever joins again goes on hearing what he hears.
  private static Ticket renewal(Feed feed) {
    return new Ticket() {
      @Override
      public void granted(long rev) {
        // what the answer knows and the feed does not is on its way
      }

      @Override
      public void refused() {
        // he stays in: only leaving or a removal takes him out
      }

      @Override
      public String toString() {
        return feed.key().text();
      }
    };
  }

  private Ticket entry(Feed feed, Member member) {
    Entrant.OfSocket entrant = new Entrant.OfSocket(feed, member, tools.metrics()::joined);
    boolean wasStarted = feed.isStarted();
    long before = feed.rev();
    member.feeds().add(feed);
    member.socket().join(Rooms.joining(feed.key()));
    feed.expect(entrant);
    return new Ticket() {
      @Override
      public void granted(long rev) {
        tools
            .hub()
            .execute(() -> {
              if (member.isGone()) {
                feed.dismiss(entrant);
              } else {
                feed.start(rev);
                feed.enter(entrant, rev);
              }
            });
      }

      @Override
      public void refused() {
        tools
            .hub()
            .execute(() -> {
              boolean takesPart = feed.audience().locals().contains(member.userId());
              if (member.isGone() || !wasStarted || !takesPart) {
                feed.dismiss(entrant);
              } else {
                entrant.refuse();
                feed.enter(entrant, before);
              }
            });
      }
    };
  }
}
