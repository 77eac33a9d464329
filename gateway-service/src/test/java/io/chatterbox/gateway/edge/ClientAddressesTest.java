package io.chatterbox.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClientAddressesTest {
  private final ClientAddresses none = new ClientAddresses(List.of());
  private final ClientAddresses some = new ClientAddresses(List.of("10.0.0.0/8", "fd00::/16"));

  @Test
  void believesNobodyUnlessHeIsTrusted() {
    assertThat(none.of("10.1.2.3", List.of("1.2.3.4"))).isEqualTo("10.1.2.3");
    assertThat(some.of("11.1.2.3", List.of("1.2.3.4"))).isEqualTo("11.1.2.3");
    assertThat(some.of("10.1.2.3", List.of("1.2.3.4"))).isEqualTo("1.2.3.4");
    assertThat(some.of("fd00::1", List.of("2001:db8::1"))).isEqualTo("2001:db8::1");
  }

  @Test
  void believesOnlyWhatTrustedOnesHaveAdded() {
    assertThat(some.of("10.1.2.3", List.of("6.6.6.6, 1.2.3.4, 10.9.9.9"))).isEqualTo("1.2.3.4");
    assertThat(some.of("10.1.2.3", List.of("6.6.6.6", "1.2.3.4"))).isEqualTo("1.2.3.4");
    assertThat(some.of("10.1.2.3", List.of("10.0.0.1, 10.0.0.2"))).isEqualTo("10.0.0.1");
  }

  @Test
  void stopsAtWhatIsNoAddress() {
    assertThat(some.of("10.1.2.3", List.of("6.6.6.6, unknown"))).isEqualTo("10.1.2.3");
    assertThat(some.of("10.1.2.3", List.of(""))).isEqualTo("10.1.2.3");
    assertThat(some.of("10.1.2.3", List.of("1.2.3.4, localhost:80, 10.0.0.5")))
        .isEqualTo("10.0.0.5");
  }

  @Test
  void knowsAddressesWithPorts() {
    assertThat(some.of("10.1.2.3", List.of("1.2.3.4:5678"))).isEqualTo("1.2.3.4");
    assertThat(some.of("10.1.2.3", List.of("1.2.3.4:5678, 10.0.0.5:1"))).isEqualTo("1.2.3.4");
    assertThat(some.of("10.1.2.3", List.of("[2001:db8::1]:5678"))).isEqualTo("2001:db8::1");
    assertThat(some.of("10.1.2.3", List.of("["))).isEqualTo("10.1.2.3");
    assertThat(some.of("10.1.2.3", List.of("[2001:db8::1"))).isEqualTo("10.1.2.3");
  }

  @Test
  void countsAnIpv6NetworkAsOne() {
    assertThat(ClientAddresses.counted("2001:db8:1:2:3:4:5:6"))
        .isEqualTo(ClientAddresses.counted("2001:db8:1:2::1"))
        .isNotEqualTo(ClientAddresses.counted("2001:db8:1:3::1"));
    assertThat(ClientAddresses.counted("1.2.3.4")).isEqualTo("1.2.3.4");
  }

  @Test
  void refusesSettingsThatAreNoNetwork() {
    assertThatThrownBy(() -> new ClientAddresses(List.of("10.0.0.0/33")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ClientAddresses(List.of("proxy")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
