package io.chatterbox.ai.usage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// What a user's runs that ended on a day have used.
///
/// @param day `YYYY-MM-DD` (UTC)
/// @param limit tokens that he may use on a day; absent where there is none
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DailyUsage(
    String day, int runs, long promptTokens, long completionTokens, @Nullable Long limit) {

  /// Whether there is nothing left.
  @JsonIgnore
  public boolean isUsedUp() {
    return limit != null && promptTokens + completionTokens >= limit;
  }
}
