/// Messages as they are stored and shown, of conversations and rooms alike, and the pages of a
/// history. Must not know who may read them, nor how they come about.
@NullMarked
package io.chatterbox.chat.history;

import org.jspecify.annotations.NullMarked;
