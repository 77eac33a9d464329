/// Tests of members.
@NullMarked
package io.chatterbox.chat.members;

import org.jspecify.annotations.NullMarked;
