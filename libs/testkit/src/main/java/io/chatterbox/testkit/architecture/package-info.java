/// What the architecture keeps, as rules that any module's tests can apply. Rules are lists of what
/// is allowed, so that a misspelt name forbids and is noticed. Knows names of packages only.
@NullMarked
package io.chatterbox.testkit.architecture;

import org.jspecify.annotations.NullMarked;
