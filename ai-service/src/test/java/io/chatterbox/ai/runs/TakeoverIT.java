package io.chatterbox.ai.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoDatabase;
import io.chatterbox.ai.ChatEnd;
import io.chatterbox.ai.DemoProviderResource;
import io.chatterbox.ai.Talk;
import io.chatterbox.contract.ChatCommand.EndRun;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/// A run ends once, whatever happens to the replica that carries it out. The test's own replica is
/// the one that is left.
@QuarkusTest
@QuarkusTestResource(Stores.class)
@QuarkusTestResource(value = DemoProviderResource.class, restrictToAnnotatedClass = true)
class TakeoverIT {
  private static final String SLOWLY = "hello demo:tokens=1000 demo:pace=50";

  @Inject Replicas replicas;
  @Inject Talk talk;
  @Inject ChatEnd chat;
  @Inject Texts texts;
  @Inject ActiveRuns runs;
  @Inject MongoDatabase database;

  @Test
  void endsTheRunsOfAReplicaThatWasKilledWithWhatWasShown() {
    Replicas.Replica other = replicas.start("killed");
    String runId = other.ask(talk.id(), talk.anna(), SLOWLY);
    talk.awaitPart(runId);
    other.kill();
    EndRun end = talk.awaitEnd(runId);
    assertThat(end.content()).startsWith("This").isEqualTo(talk.told(runId));
    assertThat(Objects.requireNonNull(end.error()).code()).isEqualTo(ErrorCode.SERVER_ERROR);
    awaitNothingLeft(runId);
  }

  @Test
  void silencesAReplicaThatWasOnlyTakenForDead() {
    Replicas.Replica other = replicas.start("isolated");
    String runId = other.ask(talk.id(), talk.anna(), SLOWLY);
    talk.awaitPart(runId);
    other.isolate();
    EndRun end = talk.awaitEnd(runId);
    await().atMost(Duration.ofMinutes(1)).until(other::isIdle);
    assertThat(end.content()).isEqualTo(talk.told(runId));
    awaitNothingLeft(runId);
    assertThat(chat.triesOf(runId)).isEqualTo(1);
    assertThat(texts.read(talk.id())).isEmpty();
  }

  @Test
  void saysNothingMoreOfARunThatWasEndedBetweenTwoOfItsParts() {
    Replicas.Replica other = replicas.start("isolated");
    String runId = other.ask(talk.id(), talk.anna(), SLOWLY);
    talk.awaitPart(runId);
    other.isolate();
    RunDocument run = runs.find(talk.id()).orElseThrow();
    runs.remove(run);
    texts.forget(run);
    await().until(other::isIdle);
    assertThat(texts.read(talk.id())).isEmpty();
    assertThat(chat.end(runId)).isEmpty();
  }

  @Test
  void stopsARunOfAReplicaThatWasKilledMeanwhile() {
    Replicas.Replica other = replicas.start("killed");
    String runId = other.ask(talk.id(), talk.anna(), SLOWLY);
    talk.awaitPart(runId);
    other.kill();
    assertThat(talk.stop(talk.ben(), runId)).isTrue();
    EndRun end = talk.awaitEnd(runId);
    assertThat(end.stopped()).isTrue();
    assertThat(end.error()).isNull();
    assertThat(end.content()).isEqualTo(talk.told(runId));
  }

  @Test
  void stopsARunOfAnotherReplica() {
    Replicas.Replica other = replicas.start("other");
    String runId = other.ask(talk.id(), talk.anna(), SLOWLY);
    talk.awaitPart(runId);
    assertThat(talk.stop(talk.ben(), runId)).isTrue();
    assertThat(talk.awaitEnd(runId).stopped()).isTrue();
    other.drain();
  }

  @Test
  void interruptsRunsWhenItIsTakenDown() {
    Replicas.Replica other = replicas.start("drained");
    String runId = other.ask(talk.id(), talk.anna(), SLOWLY);
    talk.awaitPart(runId);
    other.drain();
    EndRun end = talk.awaitEnd(runId);
    assertThat(Objects.requireNonNull(end.error()).code()).isEqualTo(ErrorCode.SERVER_ERROR);
    assertThat(end.content()).isEqualTo(talk.told(runId));
  }

  @Test
  void forgetsAClaimWhoseQuestionWasNeverStored() {
    RunDocument claim = leave(false, Optional.empty());
    await().atMost(Talk.PATIENCE).until(() -> !isLeft(claim.runId()));
    assertThat(chat.end(claim.runId())).isEmpty();
    String runId = talk.ask("hello");
    assertThat(talk.awaitEnd(runId).error()).isNull();
  }

  @Test
  void endsARunOfWhichOnlyTheQuestionWasStored() {
    String commandId = UUID.randomUUID().toString();
    RunDocument claim = claim(commandId, false, Optional.empty());
    chat.asks(talk.id(), talk.anna(), commandId, claim.runId());
    database.getCollection("runs").insertOne(claim.document());
    EndRun end = talk.awaitEnd(claim.runId());
    assertThat(Objects.requireNonNull(end.error()).code()).isEqualTo(ErrorCode.SERVER_ERROR);
    awaitNothingLeft(claim.runId());
  }

  @Test
  void carriesOutWhatWasDecided() {
    Outcome decided =
        new Outcome(
            "because",
            new io.chatterbox.contract.AiUsage(1, 2, 3),
            false,
            Optional.empty(),
            Instant.now());
    RunDocument run = leave(true, Optional.of(decided));
    EndRun end = talk.awaitEnd(run.runId());
    assertThat(end.content()).isEqualTo("because");
    assertThat(end.error()).isNull();
    assertThat(end.usage().totalTokens()).isEqualTo(3);
    awaitNothingLeft(run.runId());
  }

  @Test
  void answersACommandThatComesAgainToAnotherReplica() {
    Replicas.Replica one = replicas.start("one");
    Replicas.Replica two = replicas.start("two");
    String commandId = UUID.randomUUID().toString();
    String runId = one.ask(talk.id(), talk.anna(), SLOWLY, commandId);
    assertThat(two.ask(talk.id(), talk.anna(), SLOWLY, commandId)).isEqualTo(runId);
    assertThat(chat.questionsIn(talk.id())).isEqualTo(1);
    assertThat(talk.stop(talk.anna(), runId)).isTrue();
    assertThat(talk.awaitEnd(runId).stopped()).isTrue();
    one.drain();
    two.drain();
  }

  private RunDocument leave(boolean asked, Optional<Outcome> outcome) {
    RunDocument run = claim(UUID.randomUUID().toString(), asked, outcome);
    database.getCollection("runs").insertOne(run.document());
    return run;
  }

  /// What a replica that is gone has left behind.
  private RunDocument claim(String commandId, boolean asked, Optional<Outcome> outcome) {
    return new RunDocument(
        talk.id(),
        UUID.randomUUID().toString(),
        new RunDocument.Question(
            talk.anna().userId(), "anna", commandId, Optional.empty(), Instant.now()),
        "gone-" + UUID.randomUUID(),
        asked,
        false,
        outcome);
  }

  private void awaitNothingLeft(String runId) {
    await().until(() -> !isLeft(runId));
    assertThat(chat.endsOf(talk.id())).hasSize(1);
  }

  private boolean isLeft(String runId) {
    return database.getCollection("runs").countDocuments(new Document("runId", runId)) > 0;
  }
}
