package com.nokia.ci.tas.service.access.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.access.AccessBook;
import com.nokia.ci.tas.service.access.PasswordHash;
import com.nokia.ci.tas.service.access.Project;
import com.nokia.ci.tas.service.access.User;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People and projects on their way to the file and back. */
final class PeopleJsonTest {
  private static final ProjectId RADIO = new ProjectId("radio");
  private static final Instant T0 = Instant.parse("2026-11-20T08:00:00Z");
  private static final User ANNA =
      new User(
          new UserId("anna"),
          new PasswordHash("$argon2id$v=19$m=32768,t=3,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5Q"),
          new Rights(Optional.of(AccessRole.VIEW), Map.of(RADIO, AccessRole.OPERATE)),
          T0,
          T0.plusSeconds(60));
  private static final AccessBook BOOK =
      AccessBook.EMPTY
          .with(ANNA)
          .with(
              Project.of(RADIO, "all that transmits")
                  .with("BAND", new Project.Variable("900", false))
                  .with("DOOR_KEY", new Project.Variable("s3cr3t", true)));

  @Test
  void whatIsWrittenIsReadAsTheSame() {
    assertEquals(BOOK, AccessJson.read(AccessJson.text(BOOK)));
  }

  @Test
  void aBookShowsNeitherHashesNorSecretVariables() {
    assertFalse(BOOK.toString().contains("argon2id"), BOOK.toString());
    assertFalse(BOOK.toString().contains("s3cr3t"), BOOK.toString());
    assertTrue(BOOK.toString().contains("900"), BOOK.toString());
  }

  @Test
  void aProjectThatIsRemovedTakesItsRolesAlong() {
    var without = BOOK.without(RADIO).with(Project.of(RADIO, "another of that name"));
    assertFalse(
        without
            .user(ANNA.id())
            .orElseThrow()
            .rights()
            .allow(AccessRole.OPERATE, Optional.of(RADIO)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"users\":[{\"id\":\"a\"}]}",
        "{\"users\":[{\"id\":\"a\",\"password\":\"x\",\"role\":\"king\"}]}",
        "{\"users\":[{\"id\":\"a\",\"password\":\"x\",\"projects\":[]}]}",
        "{\"projects\":[{\"id\":\"a\",\"variables\":{\"A\":1}}]}",
        "{\"projects\":{}}"
      })
  void whatCannotBeReadIsRefusedAsAWhole(String text) {
    assertThrows(IllegalArgumentException.class, () -> AccessJson.read(text));
  }
}
