package com.nokia.ci.tas.service.access.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.access.PasswordHash;
import com.nokia.ci.tas.service.access.password.PasswordDesk.Verdict;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class PasswordDeskTest {
  private static final UserId ANNA = new UserId("anna");

  private final PasswordDesk desk = new PasswordDesk();

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void theRightPasswordAloneIsRight() throws Exception {
    var hash = desk.hash("four words of mine").get(30, TimeUnit.SECONDS);

    assertEquals(Verdict.RIGHT, check("four words of mine", Optional.of(hash)));
    assertEquals(Verdict.WRONG, check("four words of hers", Optional.of(hash)));
    assertEquals(Verdict.WRONG, check("four words of mine", Optional.empty()));
  }

  @Test
  void aCrowdIsSentAwayInsteadOfWaitedFor() {
    var verdicts =
        IntStream.range(0, 100)
            .mapToObj(i -> desk.check("attempt " + i, Optional.empty()))
            .toList();

    long busy =
        verdicts.stream().map(CompletableFuture::join).filter(it -> it == Verdict.BUSY).count();

    assertTrue(busy >= 80 && busy < 100, () -> busy + " of 100 were sent away");
  }

  @Test
  void passwordsAreLongAndNotTheName() {
    assertEquals(Optional.empty(), PasswordRules.complaint(ANNA, "four words of mine"));
    for (String bad :
        new String[] {"short", "aaaaaaaaaaaaaaaa", "my name is Anna!", "x".repeat(201)}) {
      var complaint = PasswordRules.complaint(ANNA, bad);
      assertTrue(complaint.isPresent(), bad);
      assertTrue(!complaint.get().contains(bad), "it is not repeated");
    }
  }

  private Verdict check(String password, Optional<PasswordHash> hash) throws Exception {
    return desk.check(password, hash).get(30, TimeUnit.SECONDS);
  }
}
