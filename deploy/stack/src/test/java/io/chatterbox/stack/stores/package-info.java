@NullMarked
package io.chatterbox.stack.stores;

import org.jspecify.annotations.NullMarked;
