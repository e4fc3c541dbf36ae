package com.nokia.ci.tas.samples.guide;

import com.nokia.ci.tas.samples.farm.Program;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;

/**
 * Compiles the guide's example, as it is printed there, against {@code TestAutomationClient.jar}
 * and says how to run it. In the listing stand the address of a farm and a workspace; everything
 * else, the names of the artifacts and the executor {@code ipy} included, is the guide's.
 *
 * <p>{@code java -cp samples.jar com.nokia.ci.tas.samples.guide.GuideExample HOST PORT DIRECTORY}
 * runs it on a farm with an RM-763 product and an {@code ipy} on the path of its nodes.
 */
public final class GuideExample {
  private static final String LISTING = "TASListenerExampleImplementation.java";
  private static final String START = "GuideExampleStart";
  private static final List<String> ARTIFACTS =
      List.of(
          "some_flashable_image.img",
          "some_additional_flashable_content.img",
          "some_sub_application_invoked_by_your_test_script.exe",
          "like_for_example_flasher.exe");

  private GuideExample() {}

  /** Runs the example and ends with its exit code. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length != 3) {
      System.err.println("give the host and the port of a service and an empty directory");
      System.exit(2);
    }
    List<String> command =
        prepare(arguments[0], Integer.parseInt(arguments[1]), Path.of(arguments[2]));
    System.exit(new ProcessBuilder(command).inheritIO().start().waitFor());
  }

  /**
   * Makes a workspace with the artifacts and compiles the example for it.
   *
   * @param directory gets both; artifacts that are there already are kept
   * @return the command that runs the example
   */
  public static List<String> prepare(String host, int port, Path directory) throws IOException {
    Path workspace = Files.createDirectories(directory.toAbsolutePath().resolve("workspace"));
    Path classes = Files.createDirectories(directory.toAbsolutePath().resolve("classes"));
    for (String artifact : ARTIFACTS) {
      if (Files.notExists(workspace.resolve(artifact))) {
        Files.writeString(workspace.resolve(artifact), "content of " + artifact + "\n");
      }
    }
    Files.writeString(workspace.resolve("execute.py"), resource("execute.py"));
    String listing =
        resource(LISTING + ".txt")
            .replace("@WORKSPACE@", workspace.toString().replace("\\", "\\\\"))
            .replace("@HOST@", host)
            .replace("@PORT@", Integer.toString(port));
    Files.writeString(classes.resolve(LISTING), listing);
    Files.writeString(classes.resolve(START + ".java"), resource(START + ".java.txt"));
    compile(classes);
    return List.of(Program.java(), "-cp", classes + File.pathSeparator + Program.CLIENT, START);
  }

  private static void compile(Path classes) {
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                /* in= */ null,
                System.out,
                System.err,
                "-encoding",
                "UTF-8",
                "-cp",
                Program.CLIENT.toString(),
                "-d",
                classes.toString(),
                classes.resolve(LISTING).toString(),
                classes.resolve(START + ".java").toString());
    if (code != 0) {
      throw new IllegalStateException("the example of the guide does not compile");
    }
  }

  private static String resource(String name) throws IOException {
    try (var source = GuideExample.class.getResourceAsStream(name)) {
      if (source == null) {
        throw new FileNotFoundException(name + " is not in the jar of the samples");
      }
      return new String(source.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
