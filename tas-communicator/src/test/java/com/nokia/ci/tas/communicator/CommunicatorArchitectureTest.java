package com.nokia.ci.tas.communicator;

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

/** Directions inside the communicator: the core of a node is pure. */
@AnalyzeClasses(
    packages = "com.nokia.ci.tas.communicator",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class CommunicatorArchitectureTest {
  private static final String NODE = "com.nokia.ci.tas.communicator.node";

  @ArchTest static final ArchTests house = ArchTests.in(HouseRules.class);

  @ArchTest static final ArchRule nodeSeesTheModelAlone = PureCore.seesOnlyTheModel(NODE);

  @ArchTest static final ArchRule nodeTouchesNothing = PureCore.touchesNothingOutside(NODE);

  @ArchTest
  static final ArchRule nodeReadsNeitherClockNorChance = PureCore.readsNeitherClockNorChance(NODE);

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    PackagePurposes.areWritten();
  }
}
