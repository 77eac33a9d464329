/// Tests of history.
@NullMarked
package io.chatterbox.chat.history;

import org.jspecify.annotations.NullMarked;
