/// Servers of other make with the same two events, for comparison.
@NullMarked
package io.chatterbox.bench.peers;

import org.jspecify.annotations.NullMarked;
