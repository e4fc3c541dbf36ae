package com.nokia.ci.tas.communicator.execution;

import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TestExecution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * Makes the argument list of an executor: application, script, one argument for each reserved
 * product (guide, "Executor application and executor script"). No shell ever sees it.
 */
public final class CommandLine {
  private final ProgramFinder programs;
  private final Platform platform;
  private final ProductArgument productArgument;
  private final Path productsDirectory;

  public CommandLine(
      ProgramFinder programs,
      Platform platform,
      ProductArgument productArgument,
      Path productsDirectory) {
    this.programs = programs;
    this.platform = platform;
    this.productArgument = productArgument;
    this.productsDirectory = productsDirectory;
  }

  /**
   * The argument list; its first entry is the absolute path of a program that exists.
   *
   * @throws ExecutionException when there is nothing to run or the program is not on this node
   */
  List<String> of(TestExecution execution, List<ProductDescription> reserved, Workspace workspace) {
    var line = new ArrayList<String>(application(execution, workspace));
    if (!execution.script().isEmpty()) {
      Path script = scriptFile(execution, workspace);
      if (line.isEmpty()) {
        line.addAll(selfRunning(script, workspace));
      } else {
        line.add(script.toString());
      }
    }
    for (var product : reserved) {
      line.add(productArgument.text(product, productsDirectory));
    }
    return line;
  }

  private List<String> application(TestExecution execution, Workspace workspace) {
    String application = execution.application().strip();
    if (application.isEmpty()) {
      if (execution.script().isEmpty()) {
        throw new ExecutionException(
            "the test names neither an executor application nor an executor script; give it one");
      }
      return List.of();
    }
    var whole = programs.find(application, workspace.directory());
    if (whole.isPresent()) {
      return List.of(runnable(whole.get(), workspace));
    }
    var words = words(application);
    var program =
        programs
            .find(words.get(0), workspace.directory())
            .orElseThrow(
                () ->
                    new ExecutionException(
                        "the executor application \""
                            + SafeName.shown(words.get(0))
                            + "\" is neither installed on this node nor among the artifacts;"
                            + " install it or name another"));
    var line = new ArrayList<String>();
    line.add(runnable(program, workspace));
    line.addAll(words.subList(1, words.size()));
    return line;
  }

  private Path scriptFile(TestExecution execution, Workspace workspace) {
    return workspace
        .existingFile("executor script", execution.script())
        .orElseThrow(
            () ->
                new ExecutionException(
                    "the executor script \""
                        + SafeName.shown(execution.script())
                        + "\" is not among the artifacts; add it to them"));
  }

  private List<String> selfRunning(Path script, Workspace workspace) {
    if (platform != Platform.WINDOWS) {
      return List.of(runnable(script, workspace));
    }
    var interpreter = windowsInterpreter(script);
    if (interpreter.isEmpty()) {
      return List.of(script.toString());
    }
    var program =
        programs
            .find(interpreter.get(0), workspace.directory())
            .orElseThrow(
                () ->
                    new ExecutionException(
                        "the program "
                            + interpreter.get(0)
                            + " that runs "
                            + script.getFileName()
                            + " is not installed on this node"));
    var line = new ArrayList<String>();
    line.add(program.toString());
    line.addAll(interpreter.subList(1, interpreter.size()));
    line.add(script.toString());
    return line;
  }

  /** Windows runs .exe, .bat and .cmd by itself; for the others somebody has to read them. */
  private static List<String> windowsInterpreter(Path script) {
    String name = script.getFileName().toString().toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    return switch (dot < 0 ? "" : name.substring(dot)) {
      case ".py" -> List.of("python");
      case ".pl" -> List.of("perl");
      case ".jar" -> List.of("java", "-jar");
      case ".ps1" -> List.of("powershell", "-NoProfile", "-File");
      case ".vbs", ".js", ".wsf" -> List.of("cscript", "//nologo");
      default -> List.of();
    };
  }

  /** Files from the wire carry no permissions, so a program among the artifacts is given them. */
  private static String runnable(Path program, Workspace workspace) {
    if (program.startsWith(workspace.directory()) && !Files.isExecutable(program)) {
      try {
        var permissions = new HashSet<>(Files.getPosixFilePermissions(program));
        permissions.add(PosixFilePermission.OWNER_READ);
        permissions.add(PosixFilePermission.OWNER_EXECUTE);
        Files.setPosixFilePermissions(program, permissions);
      } catch (IOException | UnsupportedOperationException e) {
        throw new ExecutionException(program + " cannot be made executable", e);
      }
    }
    return program.toString();
  }

  /** Splits at blanks outside double quotes; the quotes go, all else stays as it is. */
  static List<String> words(String text) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    boolean quoted = false;
    boolean begun = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
        begun = true;
      } else if (!quoted && (c == ' ' || c == '\t')) {
        if (begun) {
          words.add(word.toString());
          word.setLength(0);
          begun = false;
        }
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (quoted) {
      throw new ExecutionException(
          "the executor application "
              + SafeName.shown(text)
              + " has a double quote that never closes");
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }
}
