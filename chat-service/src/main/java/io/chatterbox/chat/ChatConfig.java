package io.chatterbox.chat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Settings of chat-service.
@ConfigMapping(prefix = "chatterbox.chat")
public interface ChatConfig {

  /// How much the writer keeps in memory about conversations and rooms, in units of one participant
  /// (about 300 bytes).
  @WithDefault("200000")
  long cacheWeight();

  /// How long the document of a conversation or room may wait to be written after a message; the
  /// message itself never waits. With 0 it is written before the message is acknowledged.
  @WithDefault("1s")
  Duration documentsBehind();

  /// How many messages a join answers with when the client does not say from where.
  @WithDefault("50")
  int joinMessages();

  /// How many messages a join with `afterSeq` answers with at most.
  @WithDefault("200")
  int catchUpMessages();

  /// How many of a conversation's newest messages the assistant is shown, the question included.
  @WithDefault("20")
  int assistantContext();

  /// How often it is looked for people who were added to a conversation and could not be told yet.
  @WithDefault("2s")
  Duration tellAgainEvery();

  /// How long changes that are no messages stay in the log.
  @WithDefault("24h")
  Duration changesLife();

  /// How often it is looked for changes that have stayed long enough.
  @WithDefault("1h")
  Duration sweepEvery();

  /// What clients may send.
  Limits limits();

  /// Files that people upload.
  Files files();

  /// The people of whom a copy is kept.
  People people();

  /// Limits of what clients may send.
  interface Limits {

    /// Longest content of a message, in Unicode code points.
    @WithDefault("8000")
    int contentLength();

    /// Most attachments of a message.
    @WithDefault("10")
    int attachments();

    /// Most messages that one `mark-read` may name.
    @WithDefault("200")
    int markRead();

    /// Longest description of a room or group, in Unicode code points.
    @WithDefault("500")
    int descriptionLength();

    /// Most participants of a group.
    @WithDefault("1000")
    int groupSize();

    /// Longest name of a group, in Unicode code points.
    @WithDefault("100")
    int groupNameLength();

    /// Most conversations to which a message is forwarded at once.
    @WithDefault("20")
    int forwardTargets();

    /// The emoji with which one may react.
    @WithDefault("👍,❤️,😂,😮,😢,🙏,🎉,🔥")
    List<String> reactions();

    /// Messages that a user may send each second, over all gateways.
    @WithDefault("10")
    int messagesPerSecond();

    /// Messages that a user may send at once after a pause.
    @WithDefault("20")
    int burst();
  }

  /// Files that people upload.
  interface Files {

    /// Largest file, in bytes.
    @WithDefault("10485760")
    long largest();

    /// How often it is looked for files that are to be removed.
    @WithDefault("10m")
    Duration sweepEvery();

    /// An S3-compatible store for the bytes; without one they are in the service's own database.
    Optional<S3> s3();

    /// How long a file is kept that no message carries.
    @WithDefault("24h")
    Duration orphanLife();
  }

  /// An S3-compatible store.
  interface S3 {

    /// Where it is, such as `https://s3.eu-central-1.amazonaws.com`.
    URI endpoint();

    /// The bucket, which has to be there.
    String bucket();

    /// The region that requests are signed for; without one it is `us-east-1`. (A default here
    /// would make the whole store look as if it were set.)
    Optional<String> region();

    /// Who the service is there.
    String accessKey();

    /// His secret.
    String secretKey();
  }

  /// The copy of names and avatars that auth-service has.
  interface People {

    /// How many people are kept.
    @WithDefault("20000")
    int most();

    /// How long a copy is used before it is asked for again.
    @WithDefault("60s")
    Duration freshFor();
  }
}
