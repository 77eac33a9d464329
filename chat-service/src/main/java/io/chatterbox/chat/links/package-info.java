/// Signed addresses of files. Must not know what a file is.
@NullMarked
package io.chatterbox.chat.links;

import org.jspecify.annotations.NullMarked;
