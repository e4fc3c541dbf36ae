/**
 * The rules of the house that a machine can check, for every module: each has an {@code
 * ArchitectureTest} that takes in {@link com.nokia.ci.tas.commons.architecture.HouseRules} and adds
 * its own directions.
 *
 * <p>Depends on ArchUnit and JUnit.
 */
package com.nokia.ci.tas.commons.architecture;
