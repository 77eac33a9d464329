/// Files: uploading, showing and removing them, and who may see which. Must not know how messages
/// are sent.
@NullMarked
package io.chatterbox.chat.files;

import org.jspecify.annotations.NullMarked;
