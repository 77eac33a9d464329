/// Tests of the supervisor with services that are a web server of a few lines.
@NullMarked
package io.chatterbox.stack;

import org.jspecify.annotations.NullMarked;
