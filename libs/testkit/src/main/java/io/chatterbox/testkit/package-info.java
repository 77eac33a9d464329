/// What tests share: a real Redis and MongoDB of this machine, and the rules that the architecture
/// keeps. For test scope only; knows nothing of ChatterBox's own modules but how stores are found.
@NullMarked
package io.chatterbox.testkit;

import org.jspecify.annotations.NullMarked;
