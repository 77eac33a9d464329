/// Reading: `mark-read` moves a participant's pointer forward. Must not know how messages are
/// written.
@NullMarked
package io.chatterbox.chat.reading;

import org.jspecify.annotations.NullMarked;
