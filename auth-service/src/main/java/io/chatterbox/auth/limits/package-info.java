/// How often something may be tried, counted over all replicas. Must not know what is tried.
@NullMarked
package io.chatterbox.auth.limits;

import org.jspecify.annotations.NullMarked;
