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
  private final FeedSource feeds;
  private final FeedTools tools;

  @Inject
  Joins(FeedSource feeds, FeedTools tools) {
    this.feeds = feeds;
    this.tools = tools;
  }

  /// A join that has been asked for. Exactly one of the two is called, from any thread.
  public interface Ticket {
    /// It was granted.
    ///
    /// @param rev at which the answer was true: the socket hears everything above it
    /// @param answer called once, on the hub: answers on the socket's loop, and does then what it
    ///   is given, so that nothing the socket hears for this join overtakes the answer
    void granted(long rev, Consumer<Runnable> answer);

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
          Ticket ticket =
              feed.audience().hasJoined(member) ? renewal(feed, member) : entry(feed, member);
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
  ///
  /// @param then called on the hub when nothing more of it is on its way to the socket's loop
  public void leave(Member member, Key key, Runnable then) {
    tools
        .hub()
        .execute(() -> {
          feeds
              .find(key)
              .ifPresent(feed -> {
                feed.arrivals().dismissOthers(member, Optional.empty());
                feed.audience().leave(member, true);
                member.feeds().remove(feed);
                member.hearing().close(key, feed.rev(), feed.numbers().last());
                feed.release();
              });
          then.run();
        });
  }

  private Ticket renewal(Feed feed, Member member) {
    Entrant.OfSocket entrant = new Entrant.OfSocket(feed, member, () -> {});
    feed.expect(entrant);
    return new Ticket() {
      @Override
      public void granted(long rev, Consumer<Runnable> answer) {
        tools.hub().execute(() -> enter(feed, entrant, rev, answer));
      }

      @Override
      public void refused() {
        // he stays in: only leaving or a removal takes him out
        tools.hub().execute(() -> feed.dismiss(entrant));
      }
    };
  }

  private Ticket entry(Feed feed, Member member) {
    Entrant.OfSocket entrant = new Entrant.OfSocket(feed, member, tools.metrics()::joined);
    boolean wasStarted = feed.isStarted();
    long before = feed.rev();
    entrant.begin();
    feed.expect(entrant);
    return new Ticket() {
      @Override
      public void granted(long rev, Consumer<Runnable> answer) {
        tools.hub().execute(() -> enter(feed, entrant, rev, answer));
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

  /// Whoever is in goes on hearing what he hears, and is answered when that is as much as the
  /// answer knows: else he would be told of it twice, and a removal on its way would take him out
  /// although he is in again. Where he has heard more than the answer knows, what changed messages
  /// comes to him once more. Whoever is not in is answered at once and hears what follows; an
  /// earlier join that still waits for its place is of no use any more.
  private void enter(Feed feed, Entrant.OfSocket entrant, long rev, Consumer<Runnable> answer) {
    Member member = entrant.member();
    if (!member.isGone() && feed.audience().hasJoined(member)) {
      entrant.renew(() -> answer.accept(() -> {}));
      feed.enter(entrant, rev);
      return;
    }
    if (!member.isGone()) {
      feed.arrivals().dismissOthers(member, Optional.of(entrant));
      entrant.begin();
    }
    answer.accept(() ->
        tools
            .hub()
            .execute(() -> {
              if (member.isGone()) {
                feed.dismiss(entrant);
              } else {
                feed.start(rev);
                feed.enter(entrant, rev);
              }
            }));
  }
}
