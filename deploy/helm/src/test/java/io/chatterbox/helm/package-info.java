/// The chart, rendered by Helm itself and read as Kubernetes would read it. No cluster is needed.
@NullMarked
package io.chatterbox.helm;

import org.jspecify.annotations.NullMarked;
