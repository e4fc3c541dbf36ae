package com.nokia.ci.tas.client.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which verdict follows from an ending and what the results say. */
final class JudgementTest {

  @ParameterizedTest
  @CsvSource({
    "FINISHED, , , PASS, 0, ",
    "FAILED, TEST, '', FAIL, 102, TEST",
    "FAILED, , '', FAIL, 102, TEST",
    "FAILED, TEST, timeout, ERROR, 103, TEST",
    "FAILED, REQUESTER, bad-artifact, ERROR, 204, REQUESTER",
    "FAILED, ARTIFACT, '', ERROR, 203, ARTIFACT",
    "FAILED, FARM, timeout, ERROR, 301, FARM",
    "FAILED, FARM, waiting-timeout, ERROR, 301, FARM",
    "FAILED, ARTIFACT, preparation-timeout, ERROR, 205, ARTIFACT",
    "FAILED, NODE, preparation-timeout, ERROR, 205, NODE",
    "FAILED, TEST, execution-timeout, ERROR, 105, TEST",
    "FAILED, FARM, no-resources, ERROR, 302, FARM",
    "FAILED, FARM, shut-down, ERROR, 305, FARM",
    "FAILED, PRODUCT, '', ERROR, 303, PRODUCT",
    "FAILED, NODE, node-lost, ERROR, 304, NODE",
    "REFUSED, , '', ERROR, 201, REQUESTER",
    "STOPPED, , '', ERROR, 202, REQUESTER",
    "LOST, , '', ERROR, 306, FARM"
  })
  void anEndingHasItsVerdictCodeAndFault(
      Ending.Kind kind, Fault fault, String reasonCode, Verdict verdict, int code, Fault whose) {
    var ending =
        new Ending(kind, "so", Optional.ofNullable(fault), reasonCode == null ? "" : reasonCode);

    var judgement = Judgement.of(ending, Findings.NONE);

    assertEquals(verdict, judgement.verdict());
    assertEquals(code, judgement.code().number());
    assertEquals(Optional.ofNullable(whose), judgement.fault());
  }

  @Test
  void reportsDecideAboutATestThatFinished() {
    var good = new CaseResult("", "a", Duration.ZERO, CaseResult.Kind.PASSED, "", "");
    var skipped = new CaseResult("", "b", Duration.ZERO, CaseResult.Kind.SKIPPED, "", "");
    var broken = new CaseResult("", "c", Duration.ZERO, CaseResult.Kind.BROKEN, "", "");

    assertEquals("none of 2 cases failed", judged(good, skipped).sentence());
    assertEquals(Verdict.PASS, judged(good, skipped).verdict());
    assertEquals(Verdict.FAIL, judged(good, broken).verdict());
    assertEquals(ErrorCode.CASES_FAILED, judged(good, broken).code());
    assertEquals("1 of 2 cases failed", judged(good, broken).sentence());
    assertEquals(
        ErrorCode.RESULTS_UNREADABLE,
        Judgement.of(finished(), new Findings(List.of(), List.of("it is cut off"))).code());
  }

  @Test
  void everyCodeIsInTheDocumentsWithItsMeaning() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "verdicts.md"));
    for (ErrorCode code : ErrorCode.values()) {
      assertTrue(
          page.contains("| " + code.number() + " | " + code.meaning() + " |"),
          code + " is not in docs/verdicts.md");
    }
    assertEquals(
        ErrorCode.values().length,
        List.of(ErrorCode.values()).stream().map(ErrorCode::number).distinct().count());
  }

  @Test
  void aTestThatLeftNoReportIsOneCaseOfTheReport() {
    var lost = new Ending(Ending.Kind.LOST, "the service\u0001 <x> is gone", Optional.empty());
    String xml =
        JunitReport.of(
            List.of(
                TestedRun.of(
                    "t1", Instant.EPOCH, Instant.ofEpochMilli(1500), finished(), List.of()),
                TestedRun.of("t2", Instant.EPOCH, Instant.EPOCH, lost, List.of())));

    assertTrue(
        xml.contains(
            "<testsuite name=\"t1\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\""
                + " time=\"1.500\">"),
        xml);
    assertTrue(xml.contains("<error message=\"the service &lt;x&gt; is gone\">"), xml);
    assertTrue(xml.contains("error code 306: the service could not be reached"), xml);
  }

  private static Judgement judged(CaseResult... cases) {
    return Judgement.of(
        finished(), new Findings(List.of(new SuiteResult("s", List.of(cases))), List.of()));
  }

  private static Ending finished() {
    return new Ending(Ending.Kind.FINISHED, "", Optional.empty());
  }
}
