package com.nokia.ci.tas.ciproxy.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each detector that the bridge loads is one that keeps the contract. */
final class EveryDetectorTest {
  @Test
  void whatTheBridgeLoadsKeepsTheContract() {
    var loaded =
        ServiceLoader.load(DetectorProvider.class).stream()
            .map(provider -> provider.type().getName())
            .collect(Collectors.toCollection(TreeSet::new));
    var contracts =
        new ClassFileImporter()
                .importPackages("com.nokia.ci.tas.ciproxy")
                .get(DetectorContract.class)
                .getAllSubclasses()
                .stream()
                .filter(it -> !it.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::reflect)
                .toList();

    assertFalse(contracts.isEmpty());
    assertEquals(
        loaded,
        contracts.stream()
            .map(it -> it.getAnnotation(ContractOf.class).value().getName())
            .collect(Collectors.toCollection(TreeSet::new)));
  }
}
