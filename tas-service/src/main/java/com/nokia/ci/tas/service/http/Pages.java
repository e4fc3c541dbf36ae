package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.http.view.AccountPage;
import com.nokia.ci.tas.service.http.view.Frame;
import com.nokia.ci.tas.service.http.view.LogInPage;
import com.nokia.ci.tas.service.http.view.MessagePage;
import com.nokia.ci.tas.service.http.view.NodePage;
import com.nokia.ci.tas.service.http.view.ProductPage;
import com.nokia.ci.tas.service.http.view.ServiceCard;
import com.nokia.ci.tas.service.http.view.StatusPage;
import com.nokia.ci.tas.service.http.view.Telling;
import com.nokia.ci.tas.service.http.view.TestPage;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.regex.Pattern;

/** The pages for people. Templates are compiled by the build and escape every value. */
final class Pages {
  /** Characters of a text from outside that would show the text after them in another order. */
  private static final Pattern TURNS_TEXT_AROUND = Pattern.compile("[\u202A-\u202E\u2066-\u2069]");

  private static final int TEST_REFRESH = 2;
  private static final int NODE_REFRESH = 2;

  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
  private final FarmSource source;
  private final ServiceCard card;
  private final InstantSource clock;

  Pages(FarmSource source, ServiceCard card, InstantSource clock) {
    this.source = source;
    this.card = card;
    this.clock = clock;
  }

  Answer status(Request request) {
    return page(
        "status.jte",
        StatusPage.of(
            farm(request), card, source.configuration(), source.complaints(), telling(request)));
  }

  Answer node(Request request, String address) {
    FarmSnapshot farm = farm(request);
    return Site.nodeId(address)
        .flatMap(farm::node)
        .map(
            node ->
                NodePage.of(
                    node,
                    source.facts(node.node().id()),
                    farm,
                    frame(request, NODE_REFRESH),
                    telling(request)))
        .map(page -> page("node.jte", page))
        .orElseGet(() -> Answer.sentence(404, "There is no such node on this service."));
  }

  Answer product(Request request, String imei) {
    FarmSnapshot farm = farm(request);
    return farm.product(new ProductId(imei))
        .map(
            product ->
                ProductPage.of(product, farm, card, source.configuration(), telling(request)))
        .map(page -> page("product.jte", page))
        .orElseGet(() -> Answer.sentence(404, "There is no such product on this service."));
  }

  Answer test(Request request, String id) {
    return TestPage.of(
            new TestId(id),
            farm(request),
            frame(request, TEST_REFRESH),
            telling(request),
            request.visitor()::mayStop)
        .map(page -> page("test.jte", page))
        .orElseGet(
            () ->
                Answer.sentence(
                    404, "There is no such test here; only the last ended ones are remembered."));
  }

  /** A page that says one thing. */
  Answer message(Request request, int status, String title, String sentence) {
    return page("message.jte", new MessagePage(frame(request, 0), title, sentence)).with(status);
  }

  Answer logIn(Request request, LogInPage.Form form) {
    return page("login.jte", new LogInPage(frame(request, 0), form));
  }

  Answer account(Request request, AccountPage.Content content) {
    return page("account.jte", new AccountPage(frame(request, 0), content));
  }

  /** The farm, as far as a visitor may see it. */
  private FarmSnapshot farm(Request request) {
    return VisibleFarm.of(source.farm(), request.visitor());
  }

  private Frame frame(Request request, int refreshSeconds) {
    return Frame.of(card, source.configuration(), refreshSeconds, telling(request));
  }

  Telling telling(Request request) {
    return new Telling(clock.instant(), ZoneId.systemDefault(), request.visitor().shown());
  }

  private Answer page(String template, Object page) {
    var html = new StringOutput(16_384);
    templates.render(template, page, html);
    return Answer.html(TURNS_TEXT_AROUND.matcher(html.toString()).replaceAll("\uFFFD"));
  }
}
