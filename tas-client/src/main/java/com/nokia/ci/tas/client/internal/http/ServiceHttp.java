package com.nokia.ci.tas.client.internal.http;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.trust.FarmKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/** How a service is asked over HTTP: with a key over TLS, and with its token. For any thread. */
final class ServiceHttp {
  static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

  private final Optional<FarmKey> key;
  private Optional<HttpClient> http = Optional.empty();

  ServiceHttp(Optional<FarmKey> key) {
    this.key = key;
  }

  /** Who asks nothing has no threads for it. */
  synchronized HttpClient client() {
    if (http.isEmpty()) {
      var client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(LONGEST_ANSWER);
      key.ifPresent(it -> client.sslContext(it.towardsService().context()));
      http = Optional.of(client.build());
    }
    return http.get();
  }

  HttpRequest.Builder request(Endpoint service, String path) {
    var address = URI.create((key.isPresent() ? "https://" : "http://") + service + path);
    var request = HttpRequest.newBuilder(address);
    key.flatMap(FarmKey::token)
        .ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return request;
  }
}
