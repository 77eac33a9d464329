package io.chatterbox.gateway.edge;

import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.chatterbox.gateway.GatewayConfig;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a request has to look like before anybody reads it. The HTTP server's own limits are
/// higher: it would refuse without an envelope.
final class RequestForm {
  private static final Pattern DOT = Pattern.compile("%2[eE]");
  private static final int BAD_REQUEST = 400;
  private static final int URI_TOO_LONG = 414;
  private static final int HEADERS_TOO_LARGE = 431;

  private final GatewayConfig.Edge config;

  RequestForm(GatewayConfig.Edge config) {
    this.config = config;
  }

  void check(RoutingContext call) {
    HttpServerRequest request = call.request();
    int status = status(request);
    if (status == 0) {
      call.next();
    } else {
      SafeHeaders.add(call.response().headers());
      Envelope.write(call.response(), status);
    }
  }

  private int status(HttpServerRequest request) {
    String uri = request.uri();
    if (uri.length() > config.longestUri()) {
      return URI_TOO_LONG;
    }
    if (!isEncodedWell(uri) || hasDotSegments(uri) || !isUri(uri)) {
      return BAD_REQUEST;
    }
    int size = 0;
    for (Map.Entry<String, String> header : request.headers()) {
      size += header.getKey().length() + header.getValue().length() + 4;
    }
    return size > config.largestHeaders() ? HEADERS_TOO_LARGE : 0;
  }

  /// The services take nothing else.
  static boolean isUri(String uri) {
    try {
      new URI(uri);
      return true;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /// Percent-encoding (RFC 3986 §2.1) of anything but NUL, which no store takes.
  static boolean isEncodedWell(String uri) {
    for (int at = uri.indexOf('%'); at >= 0; at = uri.indexOf('%', at + 1)) {
      if (at + 2 >= uri.length()) {
        return false;
      }
      int high = Character.digit(uri.charAt(at + 1), 16);
      int low = Character.digit(uri.charAt(at + 2), 16);
      if (high < 0 || low < 0 || high + low == 0) {
        return false;
      }
    }
    return true;
  }

  /// Clients resolve them (RFC 3986 §5.2.4); one that does not wants a path to be taken for
  /// another.
  static boolean hasDotSegments(String uri) {
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    for (String segment : DOT.matcher(path).replaceAll(".").split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        return true;
      }
    }
    return false;
  }

  /// What is wrong with a request whose caller is known.
  static Optional<Refusal> refusal(HttpServerRequest request, long largestBody) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && isAbove(length, largestBody)) {
      return Optional.of(new Refusal(ErrorCode.PAYLOAD_TOO_LARGE, "This is too large."));
    }
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type != null) {
      String lower = type.toLowerCase(Locale.ROOT);
      if (lower.startsWith("multipart/") && !lower.contains("boundary=")) {
        return Optional.of(Refusal.invalid("The Content-Type has no boundary."));
      }
    }
    return Optional.empty();
  }

  private static boolean isAbove(String length, long largest) {
    try {
      return Long.parseLong(length) > largest;
    } catch (NumberFormatException e) {
      return true;
    }
  }
}
