package io.chatterbox.gateway.fanout;

/// What comebacks share.
///
/// @param patience in milliseconds, of each of their stages
/// @param missedBytes of the frames that wait for one
/// @param keys that one hears
record ComebackTools(
    FeedTools feedTools, FeedSource feeds, long patience, int missedBytes, int keys) {

  Hub hub() {
    return feedTools.hub();
  }

  Numbers numbers() {
    return feedTools.numbers();
  }

  boolean isFollowed(String userId) {
    return feedTools.locals().find(userId).map(Locals.User::isFollowed).orElse(false);
  }
}
