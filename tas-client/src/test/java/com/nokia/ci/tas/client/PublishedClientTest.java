package com.nokia.ci.tas.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The members of the client that plug-ins were compiled against. */
final class PublishedClientTest {

  @Test
  void membersAreThoseThatPlugInsKnow() {
    assertEquals(
        List.of(
            "List getExecutingTestIds()",
            "String getHostname()",
            "String getVersion()",
            "boolean isInitialized()",
            "int getNumberOfExecutingTests()",
            "int getPort()",
            "static TestAutomationClient open(ClientSettings)",
            "static void main(String[])",
            "void close()",
            "void freeProducts(List)",
            "void p(String)",
            "void run()",
            "void startTest(Test, String, int, TestAutomationServiceListener)",
            "void stopTest(Test, String, int, TestAutomationServiceListener)"),
        Stream.of(TestAutomationClient.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
            .map(PublishedClientTest::signature)
            .sorted()
            .toList());
    assertEquals(
        List.of("(PrintStream)", "(String, int, PrintStream)"),
        Stream.of(TestAutomationClient.class.getConstructors())
            .map(constructor -> parameters(constructor.getParameterTypes()))
            .sorted()
            .toList());
  }

  @Test
  void itIsAThreadThatCanBeClosed() {
    assertEquals(Thread.class, TestAutomationClient.class.getSuperclass());
    assertTrue(AutoCloseable.class.isAssignableFrom(TestAutomationClient.class));
  }

  private static String signature(Method method) {
    return (Modifier.isStatic(method.getModifiers()) ? "static " : "")
        + method.getReturnType().getSimpleName()
        + " "
        + method.getName()
        + parameters(method.getParameterTypes());
  }

  private static String parameters(Class<?>[] types) {
    return Arrays.stream(types)
        .map(Class::getSimpleName)
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
