/// The suite on one machine: starts the stores and all services as processes of their own, keeps
/// them running, and stops all of it. Knows how a service is started, nothing of what it does.
@NullMarked
package io.chatterbox.stack;

import org.jspecify.annotations.NullMarked;
