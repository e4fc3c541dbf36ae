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

  /** A client started a test, in this way. */
  void speaks(ClientId client, Event.Line line) {
    books.issuers.get(client).ifPresent(issuer -> books.put(client, issuer.by(line)));
  }

  /** A client has begun a session: what it may not have heard in the one before, it is told. */
  void registered(ClientId client) {
    seen(client);
    books.issuers.get(client).ifPresent(issuer -> tell(client, issuer));
  }

  /** The service has begun anew: a client is given its time to come back, or called. */
  void await(ClientId client) {
    var issuer = books.issuers.at(client).heard(turn.now);
    books.put(client, issuer);
    if (issuer.line() == Event.Line.PLAIN) {
      tell(client, issuer);
    }
  }

  /** A client has to hear how a test of it ended; nobody is owed nothing. */
  void owe(ClientId client, UntoldEnd end) {
    if (client.isNobody()) {
      return;
    }
    books.put(client, books.issuers.at(client).owed(end));
  }

  private void tell(ClientId client, Issuer issuer) {
    issuer.untold().values().forEach(end -> turn.reports.end(client, end));
  }

  /** A client knows how a test ended. */
  void told(ClientId client, TestId test) {
    seen(client);
    books.issuers.get(client).ifPresent(issuer -> books.put(client, issuer.told(test)));
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
            + " of its tests are stopped, but for those that outlive it");
    for (TestId test : issuer.get().tests().values().toList()) {
      if (!turn.tests.release(test)) {
        turn.tests.stopForGone(test, why);
      }
    }
    books.issuers.get(client).ifPresent(left -> books.put(client, left.toldAll()));
  }

  /** A client has been silent for its checking period. */
  void due(ClientId client) {
    var issuer = books.issuers.at(client);
    books.put(client, issuer.probed(turn.now));
    var test =
        issuer
            .tests()
            .values()
            .findFirst()
            .map(id -> books.whole(id).orElseThrow())
            .map(whole -> Reports.forClient(whole.order(), Reports.current(books, whole)))
            .orElseGet(
                () -> Reports.forIssuer(issuer.untold().values().findFirst().orElseThrow().test()));
    turn.effect(new Effect.ProbeClient(client, test));
  }
}
