package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
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

  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
  private final FarmSource source;
  private final ServiceCard card;
  private final InstantSource clock;

  Pages(FarmSource source, ServiceCard card, InstantSource clock) {
    this.source = source;
    this.card = card;
    this.clock = clock;
  }

  Answer status() {
    return page(
        "status.jte",
        StatusPage.of(source.farm(), card, source.configuration(), source.complaints(), telling()));
  }

  Answer node(String address) {
    FarmSnapshot farm = source.farm();
    return Site.nodeId(address)
        .flatMap(farm::node)
        .map(node -> NodePage.of(node, farm, card, source.configuration(), telling()))
        .map(page -> page("node.jte", page))
        .orElseGet(() -> Answer.sentence(404, "There is no such node on this service."));
  }

  Answer product(String imei) {
    FarmSnapshot farm = source.farm();
    return farm.product(new ProductId(imei))
        .map(product -> ProductPage.of(product, farm, card, source.configuration(), telling()))
        .map(page -> page("product.jte", page))
        .orElseGet(() -> Answer.sentence(404, "There is no such product on this service."));
  }

  Answer test(String id) {
    return TestPage.of(new TestId(id), source.farm(), card, source.configuration(), telling())
        .map(page -> page("test.jte", page))
        .orElseGet(
            () ->
                Answer.sentence(
                    404, "There is no such test here; only the last ended ones are remembered."));
  }

  private Telling telling() {
    return new Telling(clock.instant(), ZoneId.systemDefault());
  }

  private Answer page(String template, Object page) {
    var html = new StringOutput(16_384);
    templates.render(template, page, html);
    return Answer.html(TURNS_TEXT_AROUND.matcher(html.toString()).replaceAll("\uFFFD"));
  }
}
