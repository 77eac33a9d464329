/// Tests of runs on several replicas.
@NullMarked
package io.chatterbox.ai.runs;

import org.jspecify.annotations.NullMarked;
