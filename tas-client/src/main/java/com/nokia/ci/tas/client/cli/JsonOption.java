package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Whether a program reads what a command prints. */
final class JsonOption {
  static final String NAME = "--json";

  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = NAME,
      description = {
        "Print JSON on the standard output, for programs: one object, or one a line where things",
        "happen one after another. What went wrong is an object with a member error."
      })
  private boolean isAsked;

  boolean isAsked() {
    return isAsked;
  }

  /** Prints the answer as an object, or else the text that says the same. */
  void print(CommandSpec spec, JsonNode answer, Supplier<String> text) {
    print(spec.commandLine().getOut(), isAsked ? answer.toPrettyString() : text.get());
  }

  /** What went wrong, as an object of one line. */
  static void printError(PrintWriter out, int exitCode, String sentence) {
    print(
        out,
        object().put("event", "error").put("error", sentence).put("exitCode", exitCode).toString());
  }

  /** Whether arguments that make no sense have this option among them. */
  static boolean isAmong(List<String> arguments) {
    return arguments.contains(NAME);
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  private static void print(PrintWriter out, String text) {
    out.println(text);
    out.flush();
  }
}
