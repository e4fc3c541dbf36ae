package com.nokia.ci.tas.service.http.api;

import java.util.List;

/** What the lists of tests can be asked for. */
final class Filters {
  static final List<Parameter> STATE =
      List.of(
          Parameter.text(
              "state", "waiting, preparing, running or ended; several with commas between them"));

  static final List<Parameter> TESTS =
      List.of(
          Parameter.text("verdict", "finished, failed, stopped or refused: those that ended so"),
          Parameter.text("id", "the whole id"),
          Parameter.text("text", "a part of the id, of at least three characters, in any case"),
          Parameter.text("project", "the project it belongs to"),
          Parameter.text("owner", "the person who issued it"),
          Parameter.text("client", "the address of its issuer, host:port"),
          Parameter.text("node", "the node of its last run, host:port"),
          Parameter.text("product", "a product of its last run, by IMEI"),
          Parameter.text(
              "fault", "test, requester, artifact, product, node or farm: whose fault it was"),
          Parameter.text("code", "the code of the reason why it did not finish"),
          Parameter.number("since", "ended, or received where it has not, then or later; ms"),
          Parameter.number("before", "ended, or received where it has not, before then; ms"));

  static final List<Parameter> PERIOD =
      List.of(
          Parameter.text("from", "the first day, such as 2026-11-01, by the service's clock"),
          Parameter.text("to", "the last day, today by default; at most 366 days"),
          Parameter.text("by", "one table alone: day, hour, cause, wanted, issuer or project"));

  static final List<Parameter> PAGE =
      List.of(
          Parameter.number("limit", "at most so many, 100 by default, 1000 at most"),
          Parameter.text("cursor", "what the page before gave as next"));

  private Filters() {}
}
