/// Searching messages. Must not know how they are written.
@NullMarked
package io.chatterbox.chat.search;

import org.jspecify.annotations.NullMarked;
