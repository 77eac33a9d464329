/// Who a socket or a REST call speaks for, and for how long.
///
/// Knows access tokens and their keys; must not know events other than `auth`.
@NullMarked
package io.chatterbox.gateway.authority;

import org.jspecify.annotations.NullMarked;
