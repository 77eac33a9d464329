/// The assistant over HTTP.
@NullMarked
package io.chatterbox.ai.rest;

import org.jspecify.annotations.NullMarked;
