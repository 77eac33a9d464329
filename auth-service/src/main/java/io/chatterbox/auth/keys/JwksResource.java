package io.chatterbox.auth.keys;

import io.chatterbox.contract.documented.Answers;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;

/// The public keys, for whoever verifies tokens (RFC 7517 §5).
@Path("/.well-known/jwks.json")
public class JwksResource {
  private final SigningKeys keys;

  public JwksResource(SigningKeys keys) {
    this.keys = keys;
  }

  /// The public keys of access tokens (a JWK set, RFC 7517).
  @GET
  @Answers(bare = true)
  public Jwks read() {
    return new Jwks(keys.published());
  }

  /// A JWK set; it stands bare, without the envelope.
  public record Jwks(List<SigningKeys.Jwk> keys) {
    public Jwks {
      keys = List.copyOf(keys);
    }
  }
}
