/// Tests of reading.
@NullMarked
package io.chatterbox.chat.reading;

import org.jspecify.annotations.NullMarked;
