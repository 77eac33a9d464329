package io.chatterbox.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.chatterbox.bus.Json;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Answers are written, and other services' answers read, by the mapper of the socket side.
@Singleton
public final class JsonMapper {

  @Produces
  @Singleton
  @Unremovable
  ObjectMapper mapper(Json json) {
    return json.mapper();
  }
}
