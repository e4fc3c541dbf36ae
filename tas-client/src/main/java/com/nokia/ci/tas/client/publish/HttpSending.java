package com.nokia.ci.tas.client.publish;

import com.nokia.ci.tas.commons.model.SafeName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Sends one request to a web server; what is not answered with success has failed. */
final class HttpSending {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LONGEST_ANSWER = 300;

  private HttpSending() {}

  /** A request for a POST. */
  static HttpRequest.Builder post(String url) {
    URI uri;
    try {
      uri = URI.create(url.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("\"" + SafeName.shown(url) + "\" is no URL", e);
    }
    if (uri.getHost() == null
        || !("http".equalsIgnoreCase(uri.getScheme())
            || "https".equalsIgnoreCase(uri.getScheme()))) {
      throw new IllegalArgumentException(
          "\"" + SafeName.shown(url) + "\" is no URL that begins with http:// or https://");
    }
    return HttpRequest.newBuilder(uri).timeout(PATIENCE);
  }

  /** Sends it and returns the beginning of the answer. */
  static String send(HttpRequest request) throws IOException, InterruptedException {
    var client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    String said;
    try (var body = answer.body()) {
      said = new String(body.readNBytes(LONGEST_ANSWER), java.nio.charset.StandardCharsets.UTF_8);
    }
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(
          request.uri() + " answers " + answer.statusCode() + ": " + SafeName.shown(said));
    }
    return said;
  }
}
