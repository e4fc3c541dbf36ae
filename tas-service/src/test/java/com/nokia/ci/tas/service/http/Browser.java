package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.transport.Peer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a browser does: keeps cookies, sends the fields of the form it was shown. */
final class Browser {
  private static final Pattern TOKEN = Pattern.compile("name=\"form-token\" value=\"([^\"]+)\"");

  private final Answering site;
  private final Map<String, String> cookies = new HashMap<>();
  private Peer peer = Asked.HERE;

  Browser(Answering site) {
    this.site = site;
  }

  /** From now on from elsewhere. */
  Browser from(Peer elsewhere) {
    peer = elsewhere;
    return this;
  }

  Answer get(String target) throws Exception {
    return ask(Asked.get(target));
  }

  /** Opens a page and sends a form with the token that stands there. */
  Answer submit(String page, String target, Map<String, String> fields) throws Exception {
    var all = new HashMap<>(fields);
    formToken(get(page)).ifPresent(token -> all.put(Doorkeeper.FORM_TOKEN, token));
    return post(target, all);
  }

  /** Sends a form as it is. */
  Answer post(String target, Map<String, String> fields) throws Exception {
    return ask(form(target, fields));
  }

  Answer logIn(String name, String password) throws Exception {
    return submit("/login", "/login", Map.of("name", name, "password", password));
  }

  Answer ask(Request request) throws Exception {
    Request sent = Asked.from(request, peer);
    if (!cookies.isEmpty()) {
      sent =
          Asked.with(
              sent,
              "cookie",
              cookies.entrySet().stream()
                  .map(it -> it.getKey() + "=" + it.getValue())
                  .collect(Collectors.joining("; ")));
    }
    Answer answer = site.answer(sent).get(30, TimeUnit.SECONDS);
    Optional.ofNullable(answer.headers().get("set-cookie")).ifPresent(this::keep);
    return answer;
  }

  Map<String, String> cookies() {
    return cookies;
  }

  static Request form(String target, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(it -> encoded(it.getKey()) + "=" + encoded(it.getValue()))
            .collect(Collectors.joining("&"));
    var empty = Asked.with("POST", target);
    return Asked.with(
        new Request(
            empty.method(), empty.target(), empty.headers(), body, empty.peer(), empty.visitor()),
        "content-type",
        "application/x-www-form-urlencoded");
  }

  static Optional<String> formToken(Answer page) {
    Matcher token = TOKEN.matcher(page.body());
    return token.find() ? Optional.of(token.group(1)) : Optional.empty();
  }

  private void keep(String cookie) {
    String pair = cookie.substring(0, cookie.indexOf(';'));
    int equals = pair.indexOf('=');
    if (cookie.contains("Max-Age=0")) {
      cookies.remove(pair.substring(0, equals));
    } else {
      cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
