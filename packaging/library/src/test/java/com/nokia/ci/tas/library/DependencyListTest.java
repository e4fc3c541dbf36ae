package com.nokia.ci.tas.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** What a plug-in gets that depends on the library: nothing that could conflict with its own. */
final class DependencyListTest {
  private static final int JAVA_17 = 61;

  @Test
  void itAsksForTheLoggingApiAndNothingElse() throws Exception {
    var asked = new ArrayList<String>();
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(PublishedLibrary.POM.toFile());
    var dependencies = document.getElementsByTagName("dependency");
    for (int i = 0; i < dependencies.getLength(); i++) {
      var dependency = (Element) dependencies.item(i);
      String scope = text(dependency, "scope");
      // What is provided or for tests is not passed on to those who depend on it.
      if (!Set.of("test", "provided").contains(scope)) {
        asked.add(text(dependency, "groupId") + ":" + text(dependency, "artifactId") + ":" + scope);
      }
    }
    assertEquals(List.of("org.slf4j:slf4j-api:compile"), asked);
  }

  @Test
  void allThatItBringsBearsNamesOfItsOwnAndRunsOnJava17() throws IOException {
    var foreign = new TreeSet<String>();
    var newer = new TreeSet<String>();
    try (var jar = new JarFile(PublishedLibrary.JAR.toFile())) {
      for (var entry : (Iterable<java.util.jar.JarEntry>) () -> jar.entries().asIterator()) {
        String name = entry.getName();
        boolean isOfNewerJava = name.startsWith("META-INF/versions/");
        if (!name.endsWith(".class")) {
          continue;
        }
        String type = isOfNewerJava ? name.split("/", 4)[3] : name;
        if (!type.startsWith("com/nokia/ci/tas/")) {
          foreign.add(name);
        }
        try (var in = new DataInputStream(jar.getInputStream(entry))) {
          in.readInt();
          in.readUnsignedShort();
          if (in.readUnsignedShort() > JAVA_17 && !isOfNewerJava) {
            newer.add(name);
          }
        }
      }
      assertTrue(jar.getEntry("com/nokia/ci/tas/client/TasClient.class") != null);
      assertTrue(jar.getEntry("com/nokia/ci/tas/client/cli") == null, "it has no command line");
      assertTrue(jar.getEntry("logback.xml") == null, "it does not configure the log of others");
    }
    assertEquals(Set.of(), foreign);
    assertEquals(Set.of(), newer);
  }

  private static String text(Element parent, String child) {
    var found = parent.getElementsByTagName(child);
    return found.getLength() == 0 ? "compile" : found.item(0).getTextContent();
  }
}
