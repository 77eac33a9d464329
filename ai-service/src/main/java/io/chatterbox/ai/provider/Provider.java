package io.chatterbox.ai.provider;

import io.chatterbox.ai.AiConfig;
import io.chatterbox.ai.provider.ProviderFailure.Kind;
import io.chatterbox.bus.Json;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
import org.jspecify.annotations.Nullable;

/// The configured provider, if there is one.
@Singleton
public class Provider {
  private static final Logger LOG = Logger.getLogger(Provider.class);
  private static final String DONE = "[DONE]";

  private final AiConfig config;
  private final Json json;
  private final Vertx vertx;
  private final @Nullable ChatCompletions api;
  private final @Nullable String authorization;

  Provider(AiConfig config, Json json, Vertx vertx) {
    this.config = config;
    this.json = json;
    this.vertx = vertx;
    this.api = config.baseUrl().map(url -> client(url, config)).orElse(null);
    this.authorization = config.apiKey().map(key -> "Bearer " + key).orElse(null);
  }

  /// Whether there is a provider to be asked.
  public boolean isConfigured() {
    return api != null;
  }

  /// Begins an answer; it is heard of by the result. Does not block.
  ///
  /// @throws IllegalStateException when no provider is configured
  public Completion answer(List<Message> prompt) {
    ChatCompletions configured = api;
    if (configured == null) {
      throw new IllegalStateException("no provider is configured");
    }
    byte[] request = request(prompt);
    Completion completion = new Completion(config.answerLength());
    // a context of its own: what fails while the stream is read is about this stream
    Context context = ((VertxInternal) vertx).createEventLoopContext().duplicate();
    context.exceptionHandler(e -> failed(completion, e));
    context.putLocal(Exchange.class, new Exchange(completion));
    context.runOnContext(_ -> {
      Cancellable stream =
          configured.stream(authorization, request)
              .subscribe()
              .with(data -> heard(completion, data), e -> failed(completion, e), completion::ended);
      Exchange.of(context).ifPresent(exchange -> exchange.begun(context, stream));
    });
    return completion;
  }

  private void heard(Completion completion, String data) {
    if (data.strip().equals(DONE)) {
      completion.finishing();
      completion.ended();
      return;
    }
    Chunk chunk;
    try {
      chunk = json.read(RawJson.of(data), Chunk.class);
    } catch (Refusal e) {
      completion.failed(ProviderFailure.of(Kind.UNINTELLIGIBLE));
      return;
    }
    if (chunk.error() != null) {
      completion.failed(ProviderFailure.of(Kind.FAILED));
      return;
    }
    completion.text(chunk.text());
    if (chunk.isFinish()) {
      completion.finishing();
    }
    if (chunk.usage() != null) {
      completion.counted(chunk.usage().counted());
    }
  }

  private static void failed(Completion completion, Throwable e) {
    Kind kind = Exchange.kindOf(e);
    // the class only: its message may hold what the provider said
    LOG.debugf("event=provider-failed kind=%s cause=%s", kind, e.getClass().getName());
    completion.failed(ProviderFailure.of(kind));
  }

  private byte[] request(List<Message> prompt) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("model", config.model());
    request.put("messages", prompt);
    request.put("stream", true);
    if (config.askForUsage()) {
      request.put("stream_options", Map.of("include_usage", true));
    }
    request.put(config.maxTokensField(), config.maxTokens());
    config.temperature().ifPresent(temperature -> request.put("temperature", temperature));
    return json.write(request).bytes();
  }

  private static ChatCompletions client(URI url, AiConfig config) {
    return QuarkusRestClientBuilder.newBuilder()
        .baseUri(url)
        .connectTimeout(config.timeouts().connect().toMillis(), TimeUnit.MILLISECONDS)
        // longer than what Completion waits for, which knows better
        .readTimeout(2 * config.timeouts().whole().toMillis(), TimeUnit.MILLISECONDS)
        .followRedirects(false)
        .property(QuarkusRestClientProperties.CONNECTION_POOL_SIZE, config.runs().most())
        .property(QuarkusRestClientProperties.DISABLE_CONTEXTUAL_ERROR_MESSAGES, true)
        .register(new Exchange.Filter())
        .build(ChatCompletions.class);
  }
}
