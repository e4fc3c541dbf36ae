package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.service.settings.Configuration;
import com.nokia.ci.tas.service.settings.Setting;
import java.util.List;

/**
 * What every page has around its content.
 *
 * @param service address of the service
 * @param description of its owner, may be empty
 * @param version of this program
 * @param uptime how long it runs
 * @param made when the page was made
 * @param zone whose clock times are told by
 * @param maintenance whether no test is forwarded to a node
 * @param isLive whether the page keeps itself current
 * @param hasFarms whether other farms are known
 * @param who looks at it
 */
public record Frame(
    String service,
    String description,
    String version,
    String uptime,
    Moment made,
    String zone,
    boolean maintenance,
    boolean isLive,
    boolean hasFarms,
    Who who) {

  /** What is around a page. */
  public static Frame of(
      ServiceCard card, Configuration configuration, boolean isLive, Telling telling) {
    return new Frame(
        card.address().toString(),
        card.description(),
        card.version(),
        telling.since(card.startedAt()),
        telling.moment(telling.now()),
        telling.zone().getId(),
        configuration.maintenanceMode(),
        isLive,
        !configuration.text(Setting.OTHER_SERVICES).isBlank(),
        telling.who());
  }

  /**
   * A name and a value.
   *
   * @param name what it is
   * @param value what it says
   */
  public record Fact(String name, String value) {}

  static List<Fact> said(List<Fact> facts) {
    return facts.stream().filter(fact -> !fact.value().isBlank()).toList();
  }
}
