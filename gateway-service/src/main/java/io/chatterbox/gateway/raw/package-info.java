/// Single fields of raw JSON, read without building anything of the rest.
@NullMarked
package io.chatterbox.gateway.raw;

import org.jspecify.annotations.NullMarked;
