/// Accounts, credentials, sessions and signing keys. Must not know of sockets, messages or who is
/// online, but for the status that presence-service tells.
@NullMarked
package io.chatterbox.auth;

import org.jspecify.annotations.NullMarked;
