package com.nokia.ci.tas.service;

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

/**
 * Directions inside the service: the farm is pure, the loop knows no wire, pages read snapshots.
 */
@AnalyzeClasses(
    packages = "com.nokia.ci.tas.service",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ServiceArchitectureTest {
  private static final String ROOT = "com.nokia.ci.tas.service";
  private static final String FARM = ROOT + ".farm";

  @ArchTest static final ArchTests house = ArchTests.in(HouseRules.class);

  @ArchTest static final ArchRule farmSeesTheModelAlone = PureCore.seesOnlyTheModel(FARM);

  @ArchTest static final ArchRule farmTouchesNothing = PureCore.touchesNothingOutside(FARM);

  @ArchTest
  static final ArchRule farmReadsNeitherClockNorChance = PureCore.readsNeitherClockNorChance(FARM);

  @ArchTest
  static final ArchRule loopKnowsNeitherWireNorPages =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".loop..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.netty..",
              ROOT + ".edge..",
              ROOT + ".http..",
              "com.nokia.ci.tas.commons.message..",
              "com.nokia.ci.tas.commons.xml..",
              "com.nokia.ci.tas.commons.transport..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule pagesReadSnapshotsAlone =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + ".loop..", ROOT + ".edge..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyTheStoreInADatabaseKnowsSql =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".store.sql..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.flywaydb..", "org.sqlite..");

  @ArchTest
  static final ArchRule theStoreKnowsTheFarmAlone =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.netty..",
              ROOT + ".loop..",
              ROOT + ".edge..",
              ROOT + ".http..",
              ROOT + ".settings..",
              "com.nokia.ci.tas.commons.message..",
              "com.nokia.ci.tas.commons.transport..");

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    PackagePurposes.areWritten();
  }
}
