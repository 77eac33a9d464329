/// The keys that sign access tokens, and the tokens themselves. Must not know of passwords.
@NullMarked
package io.chatterbox.auth.keys;

import org.jspecify.annotations.NullMarked;
