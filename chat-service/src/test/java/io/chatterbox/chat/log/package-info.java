/// Tests of the log.
@NullMarked
package io.chatterbox.chat.log;

import org.jspecify.annotations.NullMarked;
