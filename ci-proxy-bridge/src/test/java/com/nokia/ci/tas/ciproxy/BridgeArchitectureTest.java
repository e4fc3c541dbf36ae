package com.nokia.ci.tas.ciproxy;

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

/** Directions inside the bridge: a detector knows devices, not who asks for them. */
@AnalyzeClasses(
    packages = "com.nokia.ci.tas.ciproxy",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class BridgeArchitectureTest {
  @ArchTest static final ArchTests house = ArchTests.in(HouseRules.class);

  @ArchTest
  static final ArchRule detectorsKnowNobodyWhoAsks =
      noClasses()
          .that()
          .resideInAPackage("com.nokia.ci.tas.ciproxy.detector..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.nokia.ci.tas.ciproxy", "io.netty..")
          .allowEmptyShould(true);

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    PackagePurposes.areWritten();
  }
}
