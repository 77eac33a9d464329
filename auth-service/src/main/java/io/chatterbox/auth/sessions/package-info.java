/// Signing up and in, and staying signed in.
@NullMarked
package io.chatterbox.auth.sessions;

import org.jspecify.annotations.NullMarked;
