/// The whole path of a message, from a client's emit to its acknowledgement and to the last of
/// those who hear it, on a running suite; and beside it what the database's driver alone reaches.
///
/// Must not know: the services' insides, other than their metrics.
@NullMarked
package io.chatterbox.bench.chat;

import org.jspecify.annotations.NullMarked;
