@NullMarked
package io.chatterbox.bench.report;

import org.jspecify.annotations.NullMarked;
