package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.service.farm.Explanation;
import com.nokia.ci.tas.service.farm.Explanation.Clause;
import com.nokia.ci.tas.service.farm.Explanation.Demand;
import com.nokia.ci.tas.service.farm.Explanation.Miss;
import com.nokia.ci.tas.service.farm.Explanation.Relaxation;
import com.nokia.ci.tas.service.farm.Explanation.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a test waits, or one of its sub-tests, on the page of the test.
 *
 * @param part which sub-tests wait like this; empty: the test is not divided
 * @param sentence what it waits for
 * @param remarks where it stands, and what is kept for it
 * @param changes what it would have to ask for to start now, one way each
 * @param wanted what it asks for, each different demand once
 */
public record WhyBlock(
    String part, String sentence, List<String> remarks, List<String> changes, List<Wanted> wanted) {

  /**
   * A demand.
   *
   * @param demand as a clause of an expression
   * @param count how many are asked for, and there
   * @param uses who has those that fit
   * @param misses what is wrong with the others, a sentence each
   */
  public record Wanted(String demand, String count, List<UseRow> uses, List<String> misses) {}

  /**
   * A product that fits.
   *
   * @param use what it is used for
   * @param tests that has it; none or one
   * @param free when it is likely to be free; none or one
   * @param most after how long its reservation ends at the latest; none or one
   */
  public record UseRow(
      Link product, Link node, String use, List<Link> tests, List<Lapse> free, List<Lapse> most) {}

  static WhyBlock of(Explanation why, Telling telling) {
    return new WhyBlock(
        why.test().subId().isEmpty() ? "" : parts(why),
        telling.sentence(why.sentence()),
        remarks(why, telling),
        why.relaxations().stream().map(WhyBlock::sentence).toList(),
        why.demands().stream().map(it -> wanted(it, telling)).toList());
  }

  private static String parts(Explanation why) {
    var all = new ArrayList<>(List.of(why.test()));
    all.addAll(why.alike());
    return all.stream().map(RuntimeId::subId).collect(Collectors.joining(", "));
  }

  private static List<String> remarks(Explanation why, Telling telling) {
    var remarks = new ArrayList<String>();
    var places = why.places();
    remarks.add(
        "Place %d of %d in the queue%s"
            .formatted(
                places.place(),
                places.waiting(),
                places.rivals() > 1
                    ? "; number %d of the %d tests that could use the same products."
                        .formatted(places.rivalPlace(), places.rivals())
                    : "; no other test waits for these products."));
    why.kept()
        .ifPresent(
            kept ->
                remarks.add(
                    "On %s %s kept for it while it waits for %s."
                        .formatted(
                            kept.node(),
                            kept.products().size() == 1
                                ? "product " + kept.products().get(0).imei() + " is"
                                : kept.products().size() + " products are",
                            String.join(", ", kept.lacking()))));
    why.obstacles()
        .forEach(it -> remarks.add(it.node() + ": " + telling.sentence(it.detail()) + "."));
    return remarks;
  }

  private static String sentence(Relaxation relaxation) {
    var clauses = relaxation.changes().stream().map(Explanation.Change::clause).toList();
    String products =
        relaxation.products().stream().map(ProductId::imei).collect(Collectors.joining(", "));
    return clauses.stream().map(WhyBlock::change).collect(Collectors.joining(" and "))
        + ": product "
        + products
        + " on "
        + relaxation.node();
  }

  private static Wanted wanted(Demand demand, Telling telling) {
    return new Wanted(
        demand.demand(),
        "%d asked for; %s, %s"
            .formatted(
                demand.asked(),
                Words.count(demand.fitting(), "product fits", "products fit"),
                demand.free() == 0 ? "none is free for it." : demand.free() + " free for it."),
        demand.uses().stream().map(it -> row(it, telling)).toList(),
        demand.misses().stream().map(WhyBlock::sentence).toList());
  }

  private static UseRow row(Use use, Telling telling) {
    return new UseRow(
        new Link(use.product().imei(), Address.ofProduct(use.product().imei())),
        Link.to(use.node()),
        words(use, telling),
        use.test().map(Link::to).stream().toList(),
        use.expected().map(it -> Lapse.until(it, telling)).stream().toList(),
        use.until().map(it -> Lapse.until(it, telling)).stream().toList());
  }

  private static String words(Use use, Telling telling) {
    String word =
        switch (use.kind()) {
          case FREE -> "free";
          case RUN -> "in use";
          case ENDING -> "test is ending";
          case KEPT -> "kept for the issuer";
          case SET_ASIDE -> "set aside";
          case DISABLED -> "disabled";
          case GONE -> "disconnected";
        };
    return use.detail().isEmpty() ? word : word + ": " + telling.sentence(use.detail());
  }

  private static String sentence(Miss miss) {
    return miss.clauses().stream()
        .map(it -> has(it) + " where " + it.wanted() + " is asked for")
        .collect(
            Collectors.joining(
                " and ",
                Words.count(miss.products(), "product has ", "products have "),
                (miss.products() > 1 ? ", for example " : ": ") + miss.example().imei()));
  }

  private static String change(Clause clause) {
    String wish = clause.name() + ":" + clause.wanted();
    return clause.found().isEmpty()
        ? "without " + wish
        : "with " + has(clause) + " instead of " + wish;
  }

  private static String has(Clause clause) {
    return clause.found().isEmpty() ? "no " + clause.name() : clause.name() + ":" + clause.found();
  }
}
