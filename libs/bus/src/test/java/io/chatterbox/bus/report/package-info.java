@NullMarked
package io.chatterbox.bus.report;

import org.jspecify.annotations.NullMarked;
