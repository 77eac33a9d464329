/// A demonstration of an assistant's provider: it streams as OpenAI's API does, needs no key, and
/// says that it is no language model. Tests make it stall, cut and misbehave.
///
/// Knows only the JDK. Must not know anything of ChatterBox, as a provider does not.
@NullMarked
package io.chatterbox.stack.demo;

import org.jspecify.annotations.NullMarked;
