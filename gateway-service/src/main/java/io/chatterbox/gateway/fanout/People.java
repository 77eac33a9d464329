package io.chatterbox.gateway.fanout;

import io.chatterbox.bus.Reply;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.Follow;
import io.chatterbox.contract.ChatCommand.ListSubscriptions;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.PresenceCommand.Person;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Subscriptions;
import io.chatterbox.gateway.GatewayConfig;
import io.vertx.core.Future;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Signs users in and out at this gateway: whoever has a socket here hears his own log and all of
/// his conversations.
@Singleton
public final class People {
  private static final Logger LOG = Logger.getLogger(People.class);
  private static final long FIRST_RETRY = 500;
  private static final long LONGEST_RETRY = 8_000;

  private final Locals locals;
  private final Feeds feeds;
  private final HeadCheck headCheck;
  private final Questions questions;
  private final FeedTools tools;
  private final Stays stays;
  private final long patience;

  @Inject
  People(
      Feeds feeds,
      HeadCheck headCheck,
      Questions questions,
      FeedTools tools,
      Stays stays,
      GatewayConfig config) {
    this.locals = tools.locals();
    this.feeds = feeds;
    this.headCheck = headCheck;
    this.questions = questions;
    this.tools = tools;
    this.stays = stays;
    this.patience = config.authority().subscribing().toMillis();
  }

  /// A socket was authenticated.
  ///
  /// @param ready called once, on the hub, when everything is subscribed, or when that takes too
  ///   long, with the number from which on the socket hears what its user hears
  public void enter(Member member, Consumer<String> ready) {
    tools
        .hub()
        .execute(() -> {
          if (member.isGone()) {
            return;
          }
          Runnable once =
              new Runnable() {
                private boolean done;

                @Override
                public void run() {
                  if (!done && !member.isGone()) {
                    done = true;
                    member.socket().join(Rooms.user(member.userId()));
                    long number = tools.numbers().next(1);
                    member.hearing().begin(number);
                    member.hearsAllAfter(number);
                    stays.opened(member);
                    ready.accept(tools.numbers().offset(number));
                  }
                }
              };
          add(member).whenFollowed(once);
          tools.hub().after(patience, once);
        });
  }

  /// The socket of a session that comes back was authenticated.
  ///
  /// @param ready called once, on the hub, after what was missed, with the number from which on the
  ///   socket hears what its user hears
  public void comeBack(Member member, Comeback comeback, Consumer<String> ready) {
    tools
        .hub()
        .execute(() -> {
          if (member.isGone()) {
            return;
          }
          Locals.User user = add(member);
          comeback.bind(
              member, user, () -> ready.accept(tools.numbers().offset(tools.numbers().next(1))));
          if (member.comeback().isPresent()) {
            stays.opened(member);
          }
        });
  }

  private Locals.User add(Member member) {
    locals
        .add(member)
        .ifPresent(user -> {
          tools.listeners().forEach(listener -> listener.signedIn(user.person()));
          follow(user, FIRST_RETRY);
        });
    return locals.find(member.userId()).orElseThrow();
  }

  /// A socket has ended, authenticated or not.
  public void exit(Member member) {
    tools
        .hub()
        .execute(() -> {
          member.gone();
          member.comeback().ifPresent(Comeback::over);
          for (Feed feed : List.copyOf(member.feeds())) {
            feed.audience().leave(member, false);
            feed.release();
          }
          member.feeds().clear();
          locals.remove(member).ifPresent(this::signedOut);
          stays.ended(member);
        });
  }

  private void signedOut(Locals.User user) {
    for (Feed feed : List.copyOf(user.follows())) {
      feed.audience().removeLocal(user.person().userId());
      feed.release();
    }
    user.follows().clear();
    tools.listeners().forEach(listener -> listener.signedOut(user.person()));
  }

  /// Subscribes his log first, so that what he is added to after the answer is heard there.
  private void follow(Locals.User user, long retry) {
    Person person = user.person();
    Feed own = feeds.open(Key.user(person.userId()));
    own.audience().addLocal(person.userId());
    user.follows().add(own);
    own.onFollow(follow -> followed(user, follow));
    Caller caller = new Caller(person.userId(), person.username(), "", "");
    feeds
        .confirmed(own)
        .onComplete(_ ->
            questions.ask(
                own.key(),
                caller,
                new ListSubscriptions(person.userId()),
                reply -> answered(user, own, reply, retry)));
  }

  private void answered(Locals.User user, Feed own, Reply reply, long retry) {
    if (!user.isHere()) {
      return;
    }
    switch (reply) {
      case Reply.Done(_, _, RawJson body) ->
          subscribe(user, own, questions.read(body, Subscriptions.class));
      case Reply.Refused(_, var failure) -> {
        LOG.warnf("event=subscriptions-not-known code=%s", failure.code());
        tools
            .hub()
            .after(
                retry,
                () -> {
                  if (user.isHere()) {
                    follow(user, Math.min(LONGEST_RETRY, retry * 2));
                  }
                });
      }
    }
  }

  private void subscribe(Locals.User user, Feed own, Subscriptions subscriptions) {
    own.start(subscriptions.rev());
    List<Feed> fresh = new ArrayList<>();
    List<Future<Void>> confirmations = new ArrayList<>();
    for (Subscriptions.Followed followed : subscriptions.followed()) {
      Feed feed = feeds.open(Key.conversation(followed.conversationId()));
      if (!feed.isStarted()) {
        fresh.add(feed);
        confirmations.add(feeds.confirmed(feed));
      }
      comeIn(user, feed, followed.rev(), followed.participants());
    }
    Future.join(confirmations)
        .onComplete(_ ->
            tools
                .hub()
                .execute(() -> {
                  // changes between the answer and the subscription
                  headCheck.check(fresh);
                  user.followed();
                }));
  }

  /// He came into a conversation: every change above that `rev` is for him.
  private void followed(Locals.User user, Hint.Follow follow) {
    if (!user.isHere()) {
      return;
    }
    Key key = Key.conversation(follow.conversationId());
    Feed feed = feeds.open(key);
    boolean isFresh = !feed.isStarted();
    comeIn(user, feed, follow.rev(), List.of());
    if (isFresh) {
      feeds.confirmed(feed).onComplete(_ -> tools.hub().execute(feed::fetchMissed));
    }
    questions.ask(
        key,
        new Follow(follow.conversationId()),
        reply -> {
          if (reply instanceof Reply.Done(_, _, RawJson body)) {
            feed.audience().know(questions.read(body, Subscriptions.Followed.class).participants());
          }
        });
  }

  private void comeIn(Locals.User user, Feed feed, long rev, List<String> participants) {
    String userId = user.person().userId();
    user.follows().add(feed);
    user.hearing().open(feed.key(), Span.takingPart(rev));
    feed.audience().know(participants);
    if (!feed.audience().locals().contains(userId)) {
      Entrant entrant = new Entrant.OfUser(feed, locals, userId);
      feed.expect(entrant);
      feed.start(rev);
      feed.enter(entrant, rev);
    }
  }
}
