package com.nokia.ci.tas.commons;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What plug-ins were compiled against: the tables beside this class, one line for each member. */
final class PublishedApiTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        Constant.class,
        Product.class,
        SimCard.class,
        com.nokia.ci.tas.commons.Test.class,
        TestAutomationServiceListener.class,
        TestPackage.class
      })
  void membersAreThoseOfTheTable(Class<?> type) throws IOException {
    assertEquals(table(type), String.join("\n", members(type)));
  }

  @Test
  void theReleaseVersionIsThatOfTheBuild() throws IOException {
    String pom = java.nio.file.Files.readString(java.nio.file.Path.of("pom.xml"));
    assertEquals(
        Constant.TEST_AUTOMATION_RELEASE_VERSION,
        pom.substring(pom.indexOf("<version>") + "<version>".length(), pom.indexOf("</version>")));
  }

  private static String table(Class<?> type) throws IOException {
    try (InputStream table = type.getResourceAsStream(type.getSimpleName() + ".api")) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  private static List<String> members(Class<?> type) {
    var members = new ArrayList<String>();
    for (var field : type.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers())) {
        members.add(name(field.getType()) + " " + field.getName() + " = " + value(field));
      }
    }
    for (var inner : type.getDeclaredClasses()) {
      if (inner.isEnum()) {
        members.add("enum " + inner.getSimpleName() + Arrays.asList(inner.getEnumConstants()));
      }
    }
    for (var constructor : type.getConstructors()) {
      members.add(type.getSimpleName() + parameters(constructor));
    }
    for (var method : type.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
        String kind = Modifier.isStatic(method.getModifiers()) ? "static " : "";
        members.add(
            kind
                + name(method.getGenericReturnType())
                + " "
                + method.getName()
                + parameters(method));
      }
    }
    Collections.sort(members);
    return members;
  }

  private static Object value(java.lang.reflect.Field constant) {
    try {
      return constant.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(constant + " is not a public constant", e);
    }
  }

  private static String parameters(Executable executable) {
    return Stream.of(executable.getParameters())
        .map(Parameter::getParameterizedType)
        .map(PublishedApiTest::name)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String name(java.lang.reflect.Type type) {
    return type.getTypeName().replaceAll("[a-z]+\\.|[A-Z][A-Za-z]*\\$", "");
  }
}
