package com.nokia.ci.tas.commons;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.nokia.ci.tas.commons.architecture.HouseRules;
import com.nokia.ci.tas.commons.architecture.PackagePurposes;
import com.nokia.ci.tas.commons.architecture.PureCore;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Directions inside tas-commons: model ← expression, message, session ← xml, transport. */
@AnalyzeClasses(
    packages = "com.nokia.ci.tas.commons",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class CommonsArchitectureTest {
  private static final String ROOT = "com.nokia.ci.tas.commons";
  private static final String MODEL = ROOT + ".model";
  private static final String MESSAGE = ROOT + ".message";
  private static final String EXPRESSION = ROOT + ".expression";

  @ArchTest static final ArchTests house = ArchTests.in(HouseRules.class);

  @ArchTest static final ArchRule modelSeesJavaAlone = PureCore.seesOnlyTheModel(MODEL);

  @ArchTest
  static final ArchRule modelReadsNeitherClockNorChance =
      PureCore.readsNeitherClockNorChance(MODEL);

  @ArchTest
  static final ArchRule messagesSeeTheModelAlone =
      classes()
          .that()
          .resideInAPackage(MESSAGE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", MODEL, MESSAGE);

  @ArchTest
  static final ArchRule sessionsSeeTheModelAlone =
      classes()
          .that()
          .resideInAPackage(ROOT + ".session")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", MODEL, ROOT + ".session");

  @ArchTest
  static final ArchRule expressionsSeeTheModelAlone =
      classes()
          .that()
          .resideInAPackage(EXPRESSION)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", MODEL, EXPRESSION)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule expressionsFromTheWireBecomeNoRegularExpressions =
      noClasses()
          .that()
          .resideInAPackage(EXPRESSION)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.regex..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule xmlKnowsNoNetwork =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".xml..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..", ROOT, ROOT + ".transport..", ROOT + ".launch..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule transportKnowsMessagesAndNotTheirUse =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".transport..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT, EXPRESSION, ROOT + ".launch..", ROOT + ".json..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule nettyStaysInTransport =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".transport..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");

  @ArchTest
  static final ArchRule parserStaysInXml =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".xml..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.ctc.wstx..", "org.codehaus.stax2..");

  @ArchTest
  static final ArchRule beansAreNobodysBusiness =
      classes()
          .that()
          .haveSimpleNameEndingWith("Bean")
          .should()
          .notBePublic()
          .allowEmptyShould(true);

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    PackagePurposes.areWritten();
  }
}
