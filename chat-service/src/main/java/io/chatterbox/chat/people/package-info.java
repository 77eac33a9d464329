/// Names and avatars of people: a bounded copy of what auth-service knows. Must not know what they
/// are needed for.
@NullMarked
package io.chatterbox.chat.people;

import org.jspecify.annotations.NullMarked;
