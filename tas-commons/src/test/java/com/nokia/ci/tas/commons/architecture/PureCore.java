package com.nokia.ci.tas.commons.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;

/**
 * What makes a core pure: it sees plain values alone and reads neither clock nor chance, so that
 * the same events always give the same decisions.
 */
public final class PureCore {
  private static final Map<String, Set<String>> CLOCKS_AND_CHANCE =
      Map.of(
          "java.lang.System", Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty"),
          "java.lang.Math", Set.of("random"),
          "java.time.Instant", Set.of("now"),
          "java.time.LocalDateTime", Set.of("now"),
          "java.time.LocalDate", Set.of("now"),
          "java.time.ZonedDateTime", Set.of("now"),
          "java.util.UUID", Set.of("randomUUID"),
          "java.util.Collections", Set.of("shuffle"));

  private PureCore() {}

  /** The package and what is below it may use plain Java, the model and itself, nothing else. */
  public static ArchRule seesOnlyTheModel(String corePackage) {
    return classes()
        .that()
        .resideInAPackage(corePackage + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "com.nokia.ci.tas.commons.model..", corePackage + "..")
        .allowEmptyShould(true);
  }

  /** No file, socket, thread, lock or process in the package. */
  public static ArchRule touchesNothingOutside(String corePackage) {
    return noClasses()
        .that()
        .resideInAPackage(corePackage + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..", "java.nio..", "java.net..", "java.sql..", "java.util.concurrent..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(
            Thread.class,
            Process.class,
            ProcessBuilder.class,
            java.time.Clock.class,
            java.util.Random.class,
            java.util.Timer.class)
        .allowEmptyShould(true);
  }

  /** Time and chance come in on events. */
  public static ArchRule readsNeitherClockNorChance(String corePackage) {
    return noClasses()
        .that()
        .resideInAPackage(corePackage + "..")
        .should()
        .callMethodWhere(
            DescribedPredicate.describe("read a clock or chance", PureCore::readsClockOrChance))
        .allowEmptyShould(true);
  }

  private static boolean readsClockOrChance(JavaCall<?> call) {
    AccessTarget target = call.getTarget();
    return CLOCKS_AND_CHANCE
        .getOrDefault(target.getOwner().getName(), Set.of())
        .contains(target.getName());
  }
}
