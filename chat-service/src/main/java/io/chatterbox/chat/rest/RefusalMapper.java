package io.chatterbox.chat.rest;

import io.chatterbox.contract.Refusal;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/// Refusals as answers.
@Provider
public class RefusalMapper implements ExceptionMapper<Refusal> {
  private final Answers answers;

  RefusalMapper(Answers answers) {
    this.answers = answers;
  }

  @Override
  public Response toResponse(Refusal refusal) {
    return answers.failed(refusal);
  }
}
