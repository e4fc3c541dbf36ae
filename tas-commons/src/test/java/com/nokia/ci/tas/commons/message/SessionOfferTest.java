package com.nokia.ci.tas.commons.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProtocolException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The value of the leaf that offers a session. */
final class SessionOfferTest {
  private static final String INSTANCE = "5d0c9f2e8a4b4c7e9d1f3a2b1c0d9e8f";
  private static final SessionOffer FULL =
      SessionOffer.of(INSTANCE)
          .resuming(new SessionOffer.Resumption("7f3a", "c0ffee12", 41))
          .withToken(Optional.of("my-token"))
          .withTicket(Optional.of("my-ticket"));

  @Test
  void anOfferIsReadAsItIsWritten() {
    assertEquals(FULL, SessionOffer.parse(FULL.text()));
    assertEquals("1 instance=" + INSTANCE, SessionOffer.of(INSTANCE).text());
  }

  @Test
  void orderDoesNotMatterAndUnknownWordsAreSkipped() {
    assertEquals(
        FULL,
        SessionOffer.parse(
            "1 token=my-token colour=blue received=41 word resume=7f3a:c0ffee12 ticket=my-ticket =x"
                + " instance="
                + INSTANCE));
  }

  @Test
  void aLaterVersionIsAnOfferToo() {
    assertEquals(7, SessionOffer.parse("7 instance=" + INSTANCE).version());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "one instance=" + INSTANCE,
        "-1 instance=" + INSTANCE,
        "0 instance=" + INSTANCE,
        "99999999999 instance=" + INSTANCE,
        "1",
        "1 instance=xyz",
        "1 instance=" + INSTANCE + " resume=7f3a",
        "1 instance=" + INSTANCE + " resume=:secret",
        "1 instance=" + INSTANCE + " resume=7f3a:not-hexadecimal-secret",
        "1 instance=" + INSTANCE + " resume=7f3a:aa received=-1",
        "1 instance=" + INSTANCE + " token=",
        "1 instance=" + INSTANCE + " ticket=secret-\u00e4"
      })
  void whatMakesNoSenseIsRefusedWithoutShowingSecrets(String text) {
    var refusal = assertThrows(ProtocolException.class, () -> SessionOffer.parse(text));

    assertFalse(refusal.getMessage().contains("secret"), refusal.getMessage());
  }

  @Test
  void secretsAreInNoRepresentationButTheOneForTheWire() {
    var registration =
        new RegistryOperation(
                Endpoint.UNKNOWN,
                Endpoint.UNKNOWN,
                RegistryOperation.Kind.REGISTER,
                RegistryOperation.Remote.CLIENT,
                Optional.empty())
            .offering(FULL);

    for (String secret : new String[] {"c0ffee12", "my-token", "my-ticket"}) {
      assertFalse(registration.toString().contains(secret), secret);
    }
  }
}
