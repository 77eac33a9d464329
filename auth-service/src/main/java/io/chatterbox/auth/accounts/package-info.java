/// People: who they are and how they are found. Must not know of tokens.
@NullMarked
package io.chatterbox.auth.accounts;

import org.jspecify.annotations.NullMarked;
