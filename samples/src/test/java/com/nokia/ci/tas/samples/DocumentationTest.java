package com.nokia.ci.tas.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages for people lead where they say. */
final class DocumentationTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)");

  @Test
  void everyLinkToAFileLeadsToOne() throws IOException {
    assertEquals(List.of(), pages().flatMap(DocumentationTest::brokenLinks).toList());
  }

  @Test
  void theIndexNamesEveryPage() throws IOException {
    Path docs = Program.ROOT.resolve("docs");
    String index = Files.readString(docs.resolve("README.md"));

    try (var tree = Files.walk(docs)) {
      tree.filter(DocumentationTest::isPage)
          .map(page -> docs.relativize(page).toString())
          .filter(page -> !page.equals("README.md"))
          .forEach(page -> assertTrue(index.contains("](" + page + ")"), page));
    }
  }

  private static Stream<Path> pages() throws IOException {
    try (var top = Files.list(Program.ROOT);
        var docs = Files.walk(Program.ROOT.resolve("docs"))) {
      return Stream.concat(top, docs).filter(DocumentationTest::isPage).toList().stream();
    }
  }

  private static boolean isPage(Path file) {
    return file.toString().endsWith(".md");
  }

  private static Stream<String> brokenLinks(Path page) {
    try {
      return LINK.matcher(Files.readString(page))
          .results()
          .map(link -> link.group(1))
          .filter(target -> !target.contains("://"))
          .filter(target -> Files.notExists(page.resolveSibling(target)))
          .map(target -> page.getFileName() + " leads to " + target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
