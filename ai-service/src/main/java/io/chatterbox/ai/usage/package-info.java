/// What runs have cost: kept for each, summed up for a user's day. Must not know how a run works.
@NullMarked
package io.chatterbox.ai.usage;

import org.jspecify.annotations.NullMarked;
