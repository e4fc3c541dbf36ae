package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.farm.Effect.Remark.Severity;

/** The rules of clients: whether they are still there, and who counts as an issuer. */
final class Clients {
  private final Turn turn;
  private final Books books;

  Clients(Turn turn) {
    this.turn = turn;
    books = turn.books;
  }

  /**
   * Whether somebody speaks for the issuer of a test: the same client, or another program on its
   * machine, such as the command line.
   */
  static boolean isIssuer(ClientId issuer, Endpoint by) {
    return issuer.endpoint().host().equalsIgnoreCase(by.host());
  }

  void seen(ClientId client) {
    books.issuers.get(client).ifPresent(issuer -> books.put(client, issuer.heard(turn.now)));
  }

  /** A client is gone: nobody wants its tests any more. */
  void gone(ClientId client, String why) {
    var issuer = books.issuers.get(client);
    if (issuer.isEmpty()) {
      return;
    }
    turn.remark(
        Severity.WARN,
        "client "
            + Words.quoted(client.toString())
            + " "
            + why
            + "; "
            + issuer.get().tests().size()
            + " of its tests are stopped");
    for (TestId test : issuer.get().tests().keys().toList()) {
      turn.tests.stopForGone(test, why);
    }
  }

  /** A client has been silent for its checking period. */
  void due(ClientId client) {
    var issuer = books.issuers.at(client);
    books.put(client, issuer.probed(turn.now));
    var test = books.test(issuer.tests().first().orElseThrow().getKey());
    turn.effect(new Effect.ProbeClient(client, Reports.forIssuer(Reports.current(books, test))));
  }
}
