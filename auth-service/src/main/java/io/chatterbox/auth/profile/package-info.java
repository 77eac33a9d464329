/// One's own profile over REST. Puts accounts, sessions and deletions together, and nothing knows
/// it.
@NullMarked
package io.chatterbox.auth.profile;

import org.jspecify.annotations.NullMarked;
