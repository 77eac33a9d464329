/// Tests of files.
@NullMarked
package io.chatterbox.chat.files;

import org.jspecify.annotations.NullMarked;
