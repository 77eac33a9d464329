package io.chatterbox.contract;

/// Redis names that belong to no partition. None of them is used together with another one in a
/// script.
public final class RedisNames {
  private RedisNames() {}

  /// A sorted set of a service's live replicas by the time of their last sign of life.
  public static String replicas(Service service) {
    return "{" + service.id() + "}:replicas";
  }

  /// The pub/sub channel on which a process hears the replies to what it sent.
  ///
  /// @param node the process's unique name
  public static String replies(String node) {
    return "{reply:" + node + "}";
  }

  /// The address (`host:port`) at which other gateways reach this one.
  public static String gatewayAddress(String node) {
    return "{gateway:" + node + "}:address";
  }

  /// A gateway's lease with presence: exists as long as the gateway lives.
  ///
  /// @param incarnation the gateway's name with a part that is new whenever it reports everything
  public static String gatewayLease(String incarnation) {
    return "{gateway:" + incarnation + "}:lease";
  }

  /// The pub/sub channel on which a gateway is asked for sessions that it had.
  public static String sessionRequests(String node) {
    return "{gateway:" + node + "}:session-requests";
  }

  /// The pub/sub channel on which a gateway hears what became of sessions that it asked for.
  ///
  /// @param incarnation the gateway's name with a part that is new at every start
  public static String sessionAnswers(String incarnation) {
    return "{gateway:" + incarnation + "}:session-answers";
  }

  /// A session that a gateway has left behind when it ended.
  ///
  /// @param hash of what its client takes it up with
  public static String leftSession(String hash) {
    return "{session:" + hash + "}:left";
  }

  /// Under which numbers a gateway that has ended told the last changes of a key.
  ///
  /// @param incarnation the gateway's name with a part that is new at every start
  public static String leftNumbers(String incarnation, Key key) {
    return "{numbers:" + incarnation + ":" + key.text() + "}:left";
  }

  /// Exists as long as a gateway's process lives.
  ///
  /// @param incarnation the gateway's name with a part that is new at every start
  public static String gatewayProcess(String incarnation) {
    return "{gateway:" + incarnation + "}:process";
  }

  /// A hash of how many sockets a user has at each gateway.
  public static String socketCounts(String userId) {
    return "{sockets:" + userId + "}:counts";
  }

  /// The pub/sub channel on which presence asks gateways to report everything again.
  public static String reportRequests() {
    return "{gateway}:report-requests";
  }

  /// A user's bucket for what he sends, over all gateways and replicas.
  public static String sendingBucket(String userId) {
    return "{sending:" + userId + "}:bucket";
  }

  /// The pub/sub channel on which ai-service's replicas hear at once of runs that are to stop.
  public static String assistantStops() {
    return "{ai}:stops";
  }

  /// Present when the list of revocations is whole: who restored it, and the Redis process it was
  /// restored in. What shares its tag may stand in one script.
  public static String revocationMarker() {
    return "{authority}:whole";
  }

  /// Who is restoring the list of revocations now.
  public static String revocationRestorer() {
    return "{authority}:restorer";
  }

  /// Counts revocations.
  public static String revocationVersion() {
    return "{authority}:version";
  }

  /// Counts the looks of auth-service's replicas for revocations that the list lacks.
  public static String revocationLooks() {
    return "{authority}:looks";
  }

  /// The newest look that has come to its end: what was revoked before that began is in the list.
  public static String revocationLooked() {
    return "{authority}:looked";
  }

  /// A sorted set of revocations by the version that each came with.
  public static String revocations() {
    return "{authority}:revocations";
  }

  /// The same by the time until which each matters.
  public static String revocationEnds() {
    return "{authority}:ends";
  }

  /// The pub/sub channel on which new revocations are told.
  public static String revocationNews() {
    return "{authority}:news";
  }

  /// A bucket of attempts, over all replicas.
  ///
  /// @param what is limited, such as `login`
  /// @param whose an address, or a hash of what is nobody's business
  public static String attempts(String what, String whose) {
    return "{attempts:" + what + ":" + whose + "}:bucket";
  }

  /// The pub/sub channel on which every process is asked for a [Report]. The message is the channel
  /// for the answer.
  public static String reportQuestions() {
    return "{ops}:report-questions";
  }

  /// The pub/sub channel on which every gateway hears an [OpsQuestion].
  public static String socketQuestions() {
    return "{ops}:socket-questions";
  }

  /// A sorted set of the processes that have not said goodbye, as `<service>/<name>`, by the time
  /// of their last sign of life.
  public static String processes() {
    return "{ops}:processes";
  }

  /// The pub/sub channel on which a gateway hears the reports it asked for.
  ///
  /// @param node the gateway's unique name
  public static String opsReports(String node) {
    return "{ops:" + node + "}:reports";
  }

  /// The pub/sub channel on which a gateway hears the answers of other gateways.
  ///
  /// @param node the gateway's unique name
  public static String opsAnswers(String node) {
    return "{ops:" + node + "}:answers";
  }
}
