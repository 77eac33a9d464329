package io.chatterbox.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/// A person as named in events and messages: the name as it was when written.
public record UserView(@JsonProperty("_id") String id, String username) {}
