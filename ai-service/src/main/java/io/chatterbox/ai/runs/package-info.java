/// Runs: from a question that is stored to the one entry of the log that ends its run, whatever
/// happens to the replica in between.
///
/// A run is a document in MongoDB for as long as it goes on; its text is in Redis and in the memory
/// of the replica that writes it. Must not know HTTP.
@NullMarked
package io.chatterbox.ai.runs;

import org.jspecify.annotations.NullMarked;
