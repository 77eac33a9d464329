package io.chatterbox.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscretionTest {

  @ParameterizedTest
  @ValueSource(strings = {"mongodb.command", "db.statement", "url.query", "url.full"})
  void bodiesAndTokensLeaveNoProcess(String attribute) {
    InMemorySpanExporter exported = InMemorySpanExporter.create();
    try (SdkTracerProvider tracers =
        SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exported))
            .addSpanProcessor(new Discretion())
            .build()) {
      tracers
          .get("test")
          .spanBuilder("insert")
          .setAttribute(attribute, "a secret")
          .setAttribute("url.path", "/api/files")
          .startSpan()
          .end();
      assertThat(exported.getFinishedSpanItems())
          .singleElement()
          .satisfies(span -> {
            assertThat(span.getAttributes().asMap().values()).doesNotContain("a secret");
            assertThat(span.getAttributes().get(AttributeKey.stringKey("url.path")))
                .isEqualTo("/api/files");
          });
    }
  }
}
