/// The REST half, as far as it is the same for all resources. Must not know any of them.
@NullMarked
package io.chatterbox.chat.rest;

import org.jspecify.annotations.NullMarked;
