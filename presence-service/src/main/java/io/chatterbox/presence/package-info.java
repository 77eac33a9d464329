/// Who is online where, when somebody was last seen, and who is in which room. Must not know of
/// messages, sockets or credentials.
@NullMarked
package io.chatterbox.presence;

import org.jspecify.annotations.NullMarked;
