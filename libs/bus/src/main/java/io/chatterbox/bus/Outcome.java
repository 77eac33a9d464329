package io.chatterbox.bus;

import java.util.List;

/// What a batch came to. Published first, then replied, then deleted from the streams.
///
/// @param publications hints in the order in which they are to be heard
/// @param replies one for each command of the batch
public record Outcome(List<Publication> publications, List<Reply> replies) {
  public Outcome {
    publications = List.copyOf(publications);
    replies = List.copyOf(replies);
  }
}
