/// Proof that each rule of the architecture can be broken.
@NullMarked
package io.chatterbox.testkit.architecture;

import org.jspecify.annotations.NullMarked;
