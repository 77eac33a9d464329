/// Presence over HTTP: for people, and for the other services.
@NullMarked
package io.chatterbox.presence.rest;

import org.jspecify.annotations.NullMarked;
