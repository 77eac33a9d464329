/// Accounts that are being deleted, here and in every other service, until all have confirmed it.
@NullMarked
package io.chatterbox.auth.deletions;

import org.jspecify.annotations.NullMarked;
