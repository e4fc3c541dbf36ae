package com.nokia.ci.tas.commons.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * What holds in every module: take it in with {@code ArchTests.in(HouseRules.class)}.
 *
 * <p>Rules may find nothing to look at: a module need not have a class that starts a program.
 */
public final class HouseRules {
  /** A class that starts a program, or what belongs to a command line. */
  private static final DescribedPredicate<JavaClass> TALKS_TO_A_TERMINAL =
      describe(
          "start a program or belong to a command line",
          type ->
              startsProgram(type)
                  || type.getPackageName().endsWith(".cli")
                  || type.getPackageName().endsWith(".launch")
                  || type.getPackageName().startsWith("com.nokia.ci.tas.samples"));

  private static final DescribedPredicate<JavaClass> STARTS_A_PROGRAM =
      describe("start a program", HouseRules::startsProgram);

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("com.nokia.ci.tas.(**)").should().beFreeOfCycles().allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyACommandLineWritesToTheTerminal =
      noClasses()
          .that(not(TALKS_TO_A_TERMINAL))
          .should(ACCESS_STANDARD_STREAMS)
          .because("a daemon logs, with keys")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule nobodyUsesTheLoggingOfTheJdk =
      noClasses().should(USE_JAVA_UTIL_LOGGING).because("SLF4J is ours").allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyAMainEndsTheProcess =
      noClasses()
          .that(not(STARTS_A_PROGRAM))
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule nothingStaticChanges =
      fields()
          .that()
          .areStatic()
          .and()
          .areDeclaredInClassesThat()
          .areNotAnonymousClasses()
          .and(describe("are written by hand", field -> !isSynthetic(field.getModifiers())))
          .should()
          .beFinal()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Common")
          .orShould()
          .haveSimpleNameEndingWith("Data")
          .orShould()
          .haveSimpleNameEndingWith("Info")
          .orShould()
          .haveSimpleNameEndingWith("Impl")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule exceptionsForOthersAreUnchecked =
      classes()
          .that()
          .areAssignableTo(Exception.class)
          .and()
          .arePublic()
          .should()
          .beAssignableTo(RuntimeException.class)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule jacksonIsStreamedInsidePackagesMeantForIt =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "..json..",
              "..http..",
              "..cli..",
              "..execution..",
              "..keeping..",
              "..product..",
              "..samples..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson..")
          .allowEmptyShould(true);

  private HouseRules() {}

  private static boolean startsProgram(JavaClass type) {
    return type.tryGetMethod("main", String[].class).isPresent();
  }

  private static boolean isSynthetic(java.util.Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.SYNTHETIC);
  }
}
