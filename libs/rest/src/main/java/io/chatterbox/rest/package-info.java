/// The REST half's common ground: the envelope of every answer, how failures become one, who calls,
/// and how lists are asked for. Knows nothing of any service's subject.
@NullMarked
package io.chatterbox.rest;

import org.jspecify.annotations.NullMarked;
