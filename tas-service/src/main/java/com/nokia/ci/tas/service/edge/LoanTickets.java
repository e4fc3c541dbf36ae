package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Lender;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tickets by which the node of a run gets one content from one other node, through this service or
 * after asking it. Each says until when it is good and is sealed with a secret that this life of
 * the service alone has, so that nothing has to be remembered. Only the service's own clock counts.
 * Safe for any thread.
 */
public final class LoanTickets {
  /** How long a ticket is good. */
  static final Duration LIFE = Duration.ofMinutes(10);

  private static final String ALGORITHM = "HmacSHA256";
  private static final int OCTETS = 32;

  private final SecretKeySpec secret;
  private final InstantSource clock;

  /**
   * What a ticket is good for.
   *
   * @param digest of the content
   * @param lender who has it
   * @param run that needs it
   * @param borrower where that runs
   */
  record Loan(ContentDigest digest, Endpoint lender, RuntimeId run, Endpoint borrower) {}

  /**
   * Tickets with a secret of their own.
   *
   * @param clock of the service
   */
  public LoanTickets(InstantSource clock) {
    byte[] octets = new byte[OCTETS];
    new SecureRandom().nextBytes(octets);
    this.secret = new SecretKeySpec(octets, ALGORITHM);
    this.clock = clock;
  }

  /** Names the lender, with a ticket. */
  Lender issue(Loan loan) {
    long until = clock.instant().plus(LIFE).toEpochMilli();
    return new Lender(
        loan.digest(), loan.lender(), Long.toHexString(until) + "-" + seal(until, loan));
  }

  /** Whether this service has issued it, for this, and not too long ago. */
  boolean isGood(String ticket, Loan loan) {
    int dash = ticket.indexOf('-');
    if (dash < 1 || dash > Long.BYTES * 2) {
      return false;
    }
    long until;
    try {
      until = Long.parseLong(ticket.substring(0, dash), 16);
    } catch (NumberFormatException notOfOurs) {
      return false;
    }
    return MessageDigest.isEqual(octets(seal(until, loan)), octets(ticket.substring(dash + 1)))
        && clock.instant().isBefore(Instant.ofEpochMilli(until));
  }

  /** Over all parts with their lengths, so that no two loans look alike. */
  private String seal(long until, Loan loan) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      for (String part :
          List.of(
              Long.toString(until),
              loan.digest().text(),
              loan.lender().toString(),
              loan.run().text(),
              loan.borrower().toString())) {
        mac.update(octets(part.length() + ":" + part));
      }
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
