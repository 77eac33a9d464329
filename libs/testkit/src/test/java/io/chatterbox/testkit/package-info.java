/// Tests of what tests share.
@NullMarked
package io.chatterbox.testkit;

import org.jspecify.annotations.NullMarked;
