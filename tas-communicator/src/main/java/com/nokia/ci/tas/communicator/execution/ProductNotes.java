package com.nokia.ci.tas.communicator.execution;

import com.nokia.ci.tas.commons.json.ProductJson;
import com.nokia.ci.tas.commons.json.ProductJson.Frame;
import com.nokia.ci.tas.commons.json.ProductJson.Secrets;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files in a workspace that tell the executor of its products, secrets included: one of all,
 * and for scripts written earlier one or two for each role.
 */
final class ProductNotes {
  /** All reserved products, in the order received. */
  static final String ALL = "products.json";

  private ProductNotes() {}

  /** All names that a note may have. */
  static Set<String> names() {
    return Stream.concat(
            Stream.of(ALL),
            Stream.of(Role.values())
                .flatMap(role -> Stream.of(currentName(role), deprecatedName(role))))
        .collect(Collectors.toSet());
  }

  /**
   * Writes the notes. Of several products in one role the last has the files of that role.
   *
   * @throws ExecutionException when they cannot be written
   */
  static void write(List<ProductDescription> reserved, Workspace workspace) {
    try {
      write(workspace, ALL, ProductJson.products(reserved, Secrets.WRITTEN));
      for (var product : reserved) {
        write(
            workspace,
            currentName(product.role()),
            ProductJson.product(product, Frame.CURRENT, Secrets.WRITTEN));
        write(
            workspace,
            deprecatedName(product.role()),
            ProductJson.product(product, Frame.DEPRECATED, Secrets.WRITTEN));
      }
    } catch (IOException e) {
      throw new ExecutionException("the descriptions of the products cannot be written", e);
    }
  }

  /** Takes the notes out of a workspace that stays after its run: there are codes in them. */
  static void remove(Path workspace) throws IOException {
    for (String name : names()) {
      FileTree.delete(workspace.resolve(name));
    }
  }

  private static void write(Workspace workspace, String name, String text) throws IOException {
    Path file = workspace.file("file", name);
    try (var channel = NewFile.open(file)) {
      var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  private static String currentName(Role role) {
    return switch (role) {
      case MAIN -> "Main.json";
      case REMOTE -> "Remote.json";
      case REFERENCE -> "Reference.json";
    };
  }

  private static String deprecatedName(Role role) {
    return switch (role) {
      case MAIN -> "product.json";
      case REMOTE -> "remoteProduct.json";
      case REFERENCE -> "referenceProduct.json";
    };
  }
}
