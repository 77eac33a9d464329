/// What measurements are kept as, and the page with charts that is made of them. Knows nothing of
/// how anything is measured, so a new measurement needs no change here.
@NullMarked
package io.chatterbox.bench.report;

import org.jspecify.annotations.NullMarked;
