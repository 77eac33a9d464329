/// The state that changes by the second, in Redis: one script does a change, counts its version and
/// tells it, so that a change is told once, whoever runs the script.
@NullMarked
package io.chatterbox.presence.live;

import org.jspecify.annotations.NullMarked;
