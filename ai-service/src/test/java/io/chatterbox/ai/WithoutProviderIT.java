package io.chatterbox.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class WithoutProviderIT {
  @Inject Talk talk;
  @Inject ChatEnd chat;

  @Test
  void saysThatThereIsNoAssistantAndStoresNothing() {
    refused(ErrorCode.AI_DISABLED, "hello");
    assertThat(chat.questionsIn(talk.id())).isZero();
    assertThat(talk.stop(talk.anna(), null)).isFalse();
  }

  @Test
  void checksTheFormAndTheConversationFirst() {
    refused(ErrorCode.VALIDATION_ERROR, " ");
    assertThatThrownBy(() -> talk.ask(Talk.person("eve"), "hello", null))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_FOUND));
  }

  private void refused(ErrorCode code, String question) {
    assertThatThrownBy(() -> talk.ask(question))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
