package com.nokia.ci.tas.samples.conformance;

/** What holds for every offer of a session. */
final class Offers {
  private Offers() {}

  static void claims(Report report, Registrations.Offer offer) {
    report.claim(
        "the offer has a version and an instance of 32 hexadecimal digits",
        () ->
            BrokenClaim.unless(
                offer.registration().text("message/envelope/session").matches("[0-9]+ .*")
                    && offer.word("instance").matches("[0-9a-fA-F]{32}"),
                offer.registration().text("message/envelope/session")));
  }
}
