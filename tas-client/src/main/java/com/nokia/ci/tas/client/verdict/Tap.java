package com.nokia.ci.tas.client.verdict;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a report in the Test Anything Protocol, versions 12 to 14. What a case is followed by in
 * lines that begin with {@code #} or blanks are its details; sub-tests, which are indented, count
 * by their summary line.
 */
final class Tap {
  private static final Pattern PLAN = Pattern.compile("1\\.\\.([0-9]{1,9})(?:\\s+#.*)?");
  private static final Pattern CASE =
      Pattern.compile("(not ok|ok)\\b\\s*([0-9]{1,9})?\\s*(?:-\\s*)?(.*)");
  private static final Pattern DIRECTIVE =
      Pattern.compile("#\\s*(skip|todo)\\b", Pattern.CASE_INSENSITIVE);
  private static final int MOST_MISSING = 1000;

  private final List<CaseResult> cases = new ArrayList<>();
  private final StringBuilder details = new StringBuilder();
  private Optional<CaseResult> last = Optional.empty();
  private Optional<Integer> planned = Optional.empty();
  private boolean bailedOut;

  private Tap() {}

  /** The suite of a document; empty when it is none of this protocol. */
  static Optional<SuiteResult> read(String name, byte[] document) {
    var tap = new Tap();
    new String(document, StandardCharsets.UTF_8).lines().forEach(tap::line);
    tap.keepLast();
    return tap.planned.isEmpty() && tap.cases.isEmpty()
        ? Optional.empty()
        : Optional.of(new SuiteResult(name, tap.complete()));
  }

  private void line(String line) {
    Matcher test = CASE.matcher(line);
    Matcher plan = PLAN.matcher(line);
    if (plan.matches()) {
      planned = Optional.of(Integer.parseInt(plan.group(1)));
    } else if (line.startsWith("Bail out!")) {
      keepLast();
      bailedOut = true;
      cases.add(result("Bail out!", CaseResult.Kind.BROKEN, line.substring(9).strip()));
    } else if (test.matches()) {
      keepLast();
      last = Optional.of(of(test.group(1).equals("ok"), test.group(2), test.group(3)));
    } else if (last.isPresent() && details.length() < 1 << 17) {
      details.append(line.startsWith("#") ? line.substring(1).strip() : line).append('\n');
    }
  }

  /** A case that is to be done is expected to fail: it counts as skipped when it does. */
  private static CaseResult of(boolean isOk, String number, String rest) {
    Matcher directive = DIRECTIVE.matcher(rest);
    boolean hasDirective = directive.find();
    String name = (hasDirective ? rest.substring(0, directive.start()) : rest).strip();
    var kind = isOk ? CaseResult.Kind.PASSED : CaseResult.Kind.FAILED;
    if (hasDirective && (directive.group(1).equalsIgnoreCase("skip") || !isOk)) {
      kind = CaseResult.Kind.SKIPPED;
    }
    String message = hasDirective ? rest.substring(directive.start() + 1).strip() : "";
    return result(name.isEmpty() ? "case " + (number == null ? "" : number) : name, kind, message);
  }

  private static CaseResult result(String name, CaseResult.Kind kind, String message) {
    return new CaseResult("", name.strip(), Duration.ZERO, kind, message, "");
  }

  private void keepLast() {
    last.ifPresent(
        it ->
            cases.add(
                new CaseResult(
                    it.group(),
                    it.name(),
                    it.time(),
                    it.kind(),
                    it.message(),
                    it.isBad() ? details.toString().strip() : "")));
    last = Optional.empty();
    details.setLength(0);
  }

  /** What was planned and did not come has failed. */
  private List<CaseResult> complete() {
    int missing = planned.map(it -> it - cases.size()).orElse(0);
    if (missing > 0 && !bailedOut) {
      String message = missing + " of " + planned.orElseThrow() + " planned cases did not come";
      int named = Math.min(missing, MOST_MISSING);
      for (int i = 0; i < named; i++) {
        cases.add(result("case " + (cases.size() + 1), CaseResult.Kind.BROKEN, message));
      }
    }
    return cases;
  }
}
