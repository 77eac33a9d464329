/// The provider's HTTP API: one question, one stream of text. Any server that speaks OpenAI's
/// `/chat/completions` will do.
///
/// Must not know runs, the bus or any store. Nothing that a provider says about an error leaves
/// this package, neither to people nor into logs.
@NullMarked
package io.chatterbox.ai.provider;

import org.jspecify.annotations.NullMarked;
