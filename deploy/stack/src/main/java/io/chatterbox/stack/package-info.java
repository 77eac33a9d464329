/// Runs ChatterBox on one machine: the stores, five services and their replicas as processes of
/// their own, started, watched, started again and stopped in order. Knows the services only by
/// their name, port and settings; none of their classes, and no framework.
@NullMarked
package io.chatterbox.stack;

import org.jspecify.annotations.NullMarked;
