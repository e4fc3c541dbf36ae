package com.nokia.ci.tas.commons.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.SettingsException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line of the guide's programs. */
final class ArgumentsTest {
  private static final Arguments PROGRAM =
      Arguments.of("Program.jar", "Does one thing.")
          .with(
              Option.value("PortNumber", "31415", "Port to listen on."),
              Option.value("Hostname", "Name of the machine."),
              Option.value("networks", "Networks that may come in.").orEmpty(),
              Option.value("--cleanup-period-in-days", "7", "Days to keep."),
              Option.flag("--keep-all", "Keeps everything."))
          .example("Hostname=tas.example.org --keep-all")
          .remark("Nothing is kept otherwise.");

  @Test
  void whatIsGivenBeatsTheDefault() {
    var parsed =
        PROGRAM.parse(
            "PortNumber=1234", "--keep-all", "--cleanup-period-in-days=3", "Hostname=a=b");
    assertEquals(1234, parsed.port("PortNumber"));
    assertEquals(3, parsed.number("--cleanup-period-in-days", 1, 100));
    assertEquals(Optional.of("a=b"), parsed.given("Hostname"));
    assertTrue(parsed.has("--keep-all"));
    assertEquals(
        Map.of(
            "PortNumber", "1234",
            "--keep-all", "",
            "--cleanup-period-in-days", "3",
            "Hostname", "a=b"),
        parsed.given());
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    var parsed = PROGRAM.parse();
    assertEquals(31_415, parsed.port("PortNumber"));
    assertEquals("", parsed.text("Hostname"));
    assertEquals(Optional.empty(), parsed.given("Hostname"));
    assertFalse(parsed.has("--keep-all"));
    assertEquals(ParsedArguments.Wish.RUN, parsed.wish());
  }

  @Test
  void aHostWhoseNameBeginsWithHelpIsAHost() {
    assertEquals(
        "helpdesk.example.org", PROGRAM.parse("Hostname=helpdesk.example.org").text("Hostname"));
  }

  @Test
  void aFlagIsFoundInAnyCase() {
    assertTrue(PROGRAM.parse("--KEEP-all").has("--keep-all"));
  }

  @Test
  void anEmptyValueIsUnderstoodWhereItSaysSomething() {
    assertEquals(Optional.of(""), PROGRAM.parse("networks=").given("networks"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "help", "HELP", "--Help"})
  void helpIsPrintedWhateverElseIsWrong(String help) {
    assertEquals(ParsedArguments.Wish.HELP, PROGRAM.parse("Nonsense=1", help).wish());
  }

  @Test
  void theVersionCanBeAskedFor() {
    assertEquals(ParsedArguments.Wish.VERSION, PROGRAM.parse("--version").wish());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PortNumbr=1        | argument \"PortNumbr\" is not known; did you mean PortNumber?",
        "portnumber=1       | argument \"portnumber\" is not known; did you mean PortNumber?",
        "MyPortNumber=1     | argument \"MyPortNumber\" is not known; did you mean PortNumber?",
        "--keep-al          | argument \"--keep-al\" is not known; did you mean --keep-all?",
        "Colour=red         | argument \"Colour\" is not known; java -jar Program.jar --help lists what is",
        "Hostname=          | argument Hostname has no value; write Hostname=… or leave it out",
        "PortNumber         | argument PortNumber has no value; write PortNumber=31415 or leave it out",
        "networks           | argument networks has no value; write networks=… or leave it out",
        "--keep-all=yes     | argument --keep-all takes no value, \"yes\" was given; write --keep-all alone",
      })
  void aWrongArgumentIsRefusedWithTheRemedy(String argument, String sentence) {
    var refusal = assertThrows(SettingsException.class, () -> PROGRAM.parse(argument));
    assertEquals(sentence, refusal.getMessage());
  }

  @Test
  void twoDifferentValuesForOneNameAreRefused() {
    var refusal =
        assertThrows(SettingsException.class, () -> PROGRAM.parse("PortNumber=1", "PortNumber=2"));
    assertEquals(
        "argument PortNumber is given twice, as \"1\" and as \"2\"; leave one out",
        refusal.getMessage());
    assertEquals(1, PROGRAM.parse("PortNumber=1", "PortNumber=1").port("PortNumber"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"65536", "-1", "abc", "99999999999999999999"})
  void whatIsNoPortIsRefusedWithItsBounds(String value) {
    var parsed = PROGRAM.parse("PortNumber=" + value);
    var refusal = assertThrows(SettingsException.class, () -> parsed.port("PortNumber"));
    assertEquals(
        "argument PortNumber=" + value + " is not a whole number between 0 and 65535",
        refusal.getMessage());
  }

  @Test
  void theHelpListsEverythingInTheOrderDeclaredWithAnExample() {
    assertEquals(
        """
        Does one thing.

        Usage: java -jar Program.jar [argument] …

          PortNumber=31415
              Port to listen on.
          Hostname=…
              Name of the machine.
          networks=…
              Networks that may come in.
          --cleanup-period-in-days=7
              Days to keep.
          --keep-all
              Keeps everything.
          --help
              Prints this text and ends.
          --version
              Prints the version and ends.

        For example:
          java -jar Program.jar Hostname=tas.example.org --keep-all

        Nothing is kept otherwise.
        """,
        PROGRAM.help());
  }

  @Test
  void askingForAnUndeclaredOptionIsADefect() {
    assertThrows(IllegalArgumentException.class, () -> PROGRAM.parse().text("Colour"));
  }
}
