/// Letters to people. Must not know why they are written.
@NullMarked
package io.chatterbox.auth.mail;

import org.jspecify.annotations.NullMarked;
