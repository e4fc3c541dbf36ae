package com.nokia.ci.tas.samples.endtoend;

import com.nokia.ci.tas.client.ClientSettings;
import com.nokia.ci.tas.client.TasClient;
import com.nokia.ci.tas.client.TestEvent;
import com.nokia.ci.tas.client.TestRequest;
import com.nokia.ci.tas.client.TestResult;
import com.nokia.ci.tas.samples.farm.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of its own that starts a test and leaves, follows one, or gets the results of one. */
final class DetachedProgram {
  private DetachedProgram() {}

  /** Takes what to do, the service, the id of the test and a directory. */
  public static void main(String[] arguments) throws Exception {
    String id = arguments[2];
    Path directory = Path.of(arguments[3]);
    try (TasClient client =
        TasClient.connect(arguments[1], ClientSettings.defaults().speakingInSessionsOnly())) {
      switch (arguments[0]) {
        case "start" -> {
          var run =
              client.start(
                  TestRequest.named(id)
                      .workspace(directory)
                      .require("(rm-code:RM-763;)")
                      .executor("sh", "execute.sh")
                      .results("results.txt")
                      .detached()
                      .build());
          System.out.println("handed over: " + run.handedOver().get(60, TimeUnit.SECONDS));
        }
        case "attach" ->
            print(
                client
                    .attach(id, directory, DetachedProgram::print)
                    .result()
                    .get(120, TimeUnit.SECONDS));
        case "results" -> print(client.results(id, directory).get(60, TimeUnit.SECONDS));
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
  }

  private static void print(TestEvent event) {
    event.output().ifPresent(System.out::println);
  }

  private static void print(TestResult result) {
    System.out.println(result.status() + " " + result.files().size() + " " + result.details());
  }

  /** Runs it as a process. */
  static Program run(String what, String service, String id, Path directory) throws IOException {
    return Program.start(
        directory,
        List.of(
            Program.java(),
            "-cp",
            Path.of("target/test-classes").toAbsolutePath() + File.pathSeparator + Program.CLIENT,
            DetachedProgram.class.getName(),
            what,
            service,
            id,
            directory.toString()));
  }
}
