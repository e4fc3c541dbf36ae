package com.nokia.ci.tas.fuzzing;

import com.nokia.ci.tas.commons.architecture.HouseRules;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;

/** The program that runs the fuzzer keeps the rules of the house. */
@AnalyzeClasses(
    packages = "com.nokia.ci.tas.fuzzing",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class FuzzingArchitectureTest {
  @ArchTest static final ArchTests house = ArchTests.in(HouseRules.class);
}
