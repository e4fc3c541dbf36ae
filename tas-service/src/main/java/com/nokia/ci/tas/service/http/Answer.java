package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.service.http.api.Problem;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a browser or a program gets for its request.
 *
 * @param status HTTP status code
 * @param type content type
 * @param body text, sent as UTF-8
 * @param headers further headers
 * @param made a body that is made while it is sent, instead of the text
 */
record Answer(
    int status, String type, String body, Map<String, String> headers, Optional<Piecewise> made) {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String JSON = "application/json; charset=utf-8";
  private static final String TEXT = "text/plain; charset=utf-8";

  Answer {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(made, "made");
    headers = Map.copyOf(headers);
  }

  Answer(int status, String type, String body, Map<String, String> headers) {
    this(status, type, body, headers, Optional.empty());
  }

  /** The same with a body that is made while it is sent. */
  Answer made(Piecewise pieces) {
    return new Answer(status, type, body, headers, Optional.of(pieces));
  }

  static Answer of(String type, String body) {
    return new Answer(200, type, body, Map.of());
  }

  static Answer html(String body) {
    return of(HTML, body);
  }

  static Answer json(String body) {
    return of(JSON, body);
  }

  static Answer text(String body) {
    return of(TEXT, body);
  }

  /** A sentence for a program or a person that asked for something it cannot have. */
  static Answer sentence(int status, String sentence) {
    return text(sentence + "\n").with(status);
  }

  /** A sentence for a program that cannot have what it asked for. */
  static Answer problem(int status, String sentence) {
    return new Answer(status, Problem.TYPE, Problem.of(status, sentence) + "\n", Map.of());
  }

  /** The same with members of its own, as RFC 9457 allows them. */
  static Answer problem(int status, String sentence, Map<String, String> more) {
    var body = Problem.of(status, sentence);
    more.forEach(body::put);
    return new Answer(status, Problem.TYPE, body + "\n", Map.of());
  }

  /** The same for a program, which reads problems better than sentences. */
  Answer forPrograms() {
    return isRefusal()
        ? new Answer(status, Problem.TYPE, Problem.of(status, body.strip()) + "\n", headers)
        : this;
  }

  /** Whether it tells somebody in plain words why there is nothing else. */
  boolean isRefusal() {
    return status >= 400 && type.equals(TEXT);
  }

  /** Why there is nothing else, in words for a person, whoever was to be told. */
  Optional<String> refusal() {
    if (isRefusal()) {
      return Optional.of(body.strip());
    }
    return type.equals(Problem.TYPE) ? Problem.sentence(body) : Optional.empty();
  }

  /** Look there instead; the address is already encoded. */
  static Answer elsewhere(String address) {
    return sentence(302, "See " + address).with("location", address);
  }

  /** It is done; read what is there now. */
  static Answer seeOther(String address) {
    return sentence(303, "See " + address).with("location", address);
  }

  Answer with(int newStatus) {
    return new Answer(newStatus, type, body, headers, made);
  }

  Answer with(String name, String value) {
    var more = new HashMap<>(headers);
    more.put(name, value);
    return new Answer(status, type, body, more, made);
  }
}
