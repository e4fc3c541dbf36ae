package com.nokia.ci.tas.samples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.nokia.ci.tas.commons.architecture.HouseRules;
import com.nokia.ci.tas.commons.architecture.PackagePurposes;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Samples use what is published: the client library and the programs as processes. */
@AnalyzeClasses(
    packages = "com.nokia.ci.tas.samples",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class SamplesArchitectureTest {
  @ArchTest static final ArchTests house = ArchTests.in(HouseRules.class);

  @ArchTest
  static final ArchRule farmsAreMadeOfProcesses =
      noClasses()
          .that()
          .resideInAnyPackage("..samples.farm..", "..samples.demo..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.nokia.ci.tas.service..",
              "com.nokia.ci.tas.communicator..",
              "com.nokia.ci.tas.ciproxy..",
              "com.nokia.ci.tas.client.internal..")
          .allowEmptyShould(true);

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    PackagePurposes.areWritten();
  }
}
