/// Tests of the bus: `XxxTest` without I/O, `XxxIT` against a real Redis.
@NullMarked
package io.chatterbox.bus;

import org.jspecify.annotations.NullMarked;
