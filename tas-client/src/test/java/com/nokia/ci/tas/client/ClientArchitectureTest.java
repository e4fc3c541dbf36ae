package com.nokia.ci.tas.client;

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

/** Directions inside the client: a plug-in that embeds the library gets no command line with it. */
@AnalyzeClasses(
    packages = "com.nokia.ci.tas.client",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ClientArchitectureTest {
  @ArchTest static final ArchTests house = ArchTests.in(HouseRules.class);

  @ArchTest
  static final ArchRule libraryKnowsNoCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("com.nokia.ci.tas.client.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.nokia.ci.tas.client.cli..", "picocli..")
          .allowEmptyShould(true);

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    PackagePurposes.areWritten();
  }
}
