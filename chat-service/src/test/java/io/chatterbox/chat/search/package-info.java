/// Tests of searching.
@NullMarked
package io.chatterbox.chat.search;

import org.jspecify.annotations.NullMarked;
