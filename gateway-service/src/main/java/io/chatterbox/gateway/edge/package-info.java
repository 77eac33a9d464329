/// HTTP besides sockets: the REST edge that checks tokens and passes calls on, health, the page,
/// and requests of sessions that live on another gateway.
///
/// Must not know what a REST call means.
@NullMarked
package io.chatterbox.gateway.edge;

import org.jspecify.annotations.NullMarked;
