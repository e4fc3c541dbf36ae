package com.nokia.ci.tas.communicator.execution;

import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.SafeName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file by which an executor says that a product is sick and not what was tested: a line {@code
 * role: reason} or {@code IMEI: reason}, or the reason alone, in the workspace.
 */
public final class ProductFailureNote {
  /** Its name. */
  public static final String FILE = "product-failure";

  private static final Logger LOG = LoggerFactory.getLogger(ProductFailureNote.class);
  private static final int LONGEST = 400;

  private ProductFailureNote() {}

  /**
   * What an executor says of the products of its run, as one sentence; empty when it says nothing.
   *
   * @param reserved the products of the run
   */
  public static Optional<String> in(Workspace workspace, List<ProductDescription> reserved) {
    Path file = workspace.directory().resolve(FILE);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (var stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      String text = new String(stream.readNBytes(LONGEST), StandardCharsets.UTF_8);
      return Optional.of(
          sentence(SafeName.shown(text.lines().findFirst().orElse("").strip()), reserved));
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("file", file).setCause(e).log("note of a sick product not read");
      return Optional.empty();
    }
  }

  private static String sentence(String line, List<ProductDescription> reserved) {
    int colon = line.indexOf(':');
    String name = colon < 0 ? "" : line.substring(0, colon).strip();
    String why = line.substring(colon + 1).strip();
    return reserved.stream()
        .filter(product -> isCalled(product, name))
        .findFirst()
        .map(product -> "product " + product.id() + " (" + name + ")" + said(why))
        .orElseGet(() -> "a product of the test" + said(line));
  }

  private static String said(String why) {
    return why.isEmpty() ? " is sick, says the executor" : " is sick, says the executor: " + why;
  }

  private static boolean isCalled(ProductDescription product, String name) {
    return !name.isEmpty()
        && (product.id().toString().equals(name)
            || product.value(ProductAttribute.ROLE).equalsIgnoreCase(name));
  }
}
