package com.nokia.ci.tas.communicator.local;

import com.nokia.ci.tas.communicator.execution.ExecutionException;
import com.nokia.ci.tas.communicator.execution.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of one local run, in the place for temporary files: {@code workspace}, {@code
 * output} and {@code products} lie in it as in the directory of a node. The product files, which
 * hold codes, never outlive the run.
 */
final class Scratch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

  private final Path directory;
  private final boolean keeps;

  private Scratch(Path directory, boolean keeps) {
    this.directory = directory;
    this.keeps = keeps;
  }

  /**
   * Makes it.
   *
   * @param keeps whether it stays
   * @throws ExecutionException when it cannot be made
   */
  static Scratch make(boolean keeps) {
    try {
      return new Scratch(Files.createTempDirectory("tas-run-local-").toRealPath(), keeps);
    } catch (IOException e) {
      throw new ExecutionException("no temporary directory can be made: " + e.getMessage(), e);
    }
  }

  Path directory() {
    return directory;
  }

  /** One of the directories in it, not made yet. */
  Path directory(String name) {
    return directory.resolve(name);
  }

  /**
   * Puts the product files where the executor is told that they are.
   *
   * @throws ExecutionException when they cannot be written
   */
  Path products(LocalTest test) {
    Path products = directory("products");
    try {
      Files.createDirectories(products);
      for (var product : test.products()) {
        String name = product.description().id().imei() + ".xml";
        Files.write(products.resolve(name), product.file());
      }
    } catch (IOException e) {
      throw new ExecutionException("the product files cannot be written: " + e.getMessage(), e);
    }
    return products;
  }

  @Override
  public void close() {
    try {
      FileTree.delete(keeps ? directory("products") : directory);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("directory", directory).setCause(e).log("not deleted");
    }
  }
}
