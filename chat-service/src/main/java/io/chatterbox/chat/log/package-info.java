/// The log: one numbered list of changes per key, and the writer that appends to it in batches.
///
/// Inserting an entry is the allocation of its number: the writer tries `head + 1`, and the primary
/// key refuses a second one. So a number is never skipped, never given twice, and never seen before
/// the one below it, however many writers there are. What the entries of a key have come to stands
/// in its document, which may be a few messages behind: whoever reads a key reads its document and
/// then its log from there on. Must not know what a change means: features bring handlers, kinds of
/// entries and the documents that their entries fold into.
@NullMarked
package io.chatterbox.chat.log;

import org.jspecify.annotations.NullMarked;
