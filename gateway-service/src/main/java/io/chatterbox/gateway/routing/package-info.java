/// From an event's name to the service that handles it, and back to the acknowledgement.
///
/// Reads nothing of a payload but the field that names the key. Must not know what events mean.
@NullMarked
package io.chatterbox.gateway.routing;

import org.jspecify.annotations.NullMarked;
