package com.nokia.ci.tas.client.verdict;

import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.xml.SafeXml;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a report in the XML of JUnit and of the many tools that write the same: {@code testsuite}
 * elements, inside one another or inside {@code testsuites}, with {@code testcase} elements.
 */
final class JunitXml {
  private static final long LONGEST_CASE_IN_SECONDS = Duration.ofDays(365).toSeconds();

  private final XMLStreamReader reader;
  private final Deque<OpenSuite> open = new ArrayDeque<>();
  private final List<SuiteResult> suites = new ArrayList<>();

  private JunitXml(XMLStreamReader reader) {
    this.reader = reader;
  }

  private record OpenSuite(String name, List<CaseResult> cases) {}

  /** A document that is no such report. */
  static final class NoReportException extends Exception {
    private static final long serialVersionUID = 1L;

    NoReportException(String sentence, Throwable cause) {
      super(sentence, cause);
    }
  }

  /**
   * The suites of a document; empty when it is XML of another kind, or no XML from its first
   * element on.
   *
   * @throws NoReportException when it begins as a report and is none
   */
  static Optional<List<SuiteResult>> read(byte[] document) throws NoReportException {
    XMLStreamReader reader;
    try {
      reader = SafeXml.read(new ByteArrayInputStream(document));
      while (reader.getEventType() != XMLStreamConstants.START_ELEMENT) {
        reader.next();
      }
      if (!isSuite(reader.getLocalName()) && !reader.getLocalName().equals("testsuites")) {
        return Optional.empty();
      }
    } catch (XMLStreamException e) {
      return Optional.empty();
    }
    try {
      return Optional.of(new JunitXml(reader).suites());
    } catch (XMLStreamException e) {
      throw new NoReportException(sentence(e), e);
    }
  }

  private List<SuiteResult> suites() throws XMLStreamException {
    begin();
    while (reader.hasNext()) {
      int event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        begin();
      } else if (event == XMLStreamConstants.END_ELEMENT && isSuite(reader.getLocalName())) {
        end();
      }
    }
    return suites;
  }

  private void begin() throws XMLStreamException {
    if (isSuite(reader.getLocalName())) {
      open.push(new OpenSuite(attribute("name"), new ArrayList<>()));
    } else if (reader.getLocalName().equals("testcase")) {
      var read = testCase();
      if (open.isEmpty()) {
        suites.add(new SuiteResult("", List.of(read)));
      } else {
        open.element().cases().add(read);
      }
    }
  }

  private void end() {
    var suite = open.pop();
    if (!suite.cases().isEmpty()) {
      suites.add(new SuiteResult(suite.name(), suite.cases()));
    }
  }

  private CaseResult testCase() throws XMLStreamException {
    String group = attribute("classname");
    String name = attribute("name");
    Duration time = time(attribute("time"));
    var kind = CaseResult.Kind.PASSED;
    String message = "";
    String details = "";
    int depth = 1;
    while (depth > 0) {
      int event = reader.next();
      if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      } else if (event == XMLStreamConstants.START_ELEMENT) {
        depth++;
        var said = depth == 2 ? kind(reader.getLocalName()) : Optional.<CaseResult.Kind>empty();
        if (said.isPresent() && kind == CaseResult.Kind.PASSED) {
          kind = said.get();
          message = attribute("message").isEmpty() ? attribute("type") : attribute("message");
          details = text();
          depth--;
        }
      }
    }
    return new CaseResult(group, name, time, kind, message, details);
  }

  private static Optional<CaseResult.Kind> kind(String element) {
    return switch (element) {
      case "failure" -> Optional.of(CaseResult.Kind.FAILED);
      case "error" -> Optional.of(CaseResult.Kind.BROKEN);
      case "skipped" -> Optional.of(CaseResult.Kind.SKIPPED);
      default -> Optional.empty();
    };
  }

  /** The text up to the end of the element, that of elements inside it left out. */
  private String text() throws XMLStreamException {
    var text = new StringBuilder();
    int depth = 1;
    while (depth > 0) {
      int event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        depth++;
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      } else if (reader.isCharacters() && depth == 1 && text.length() < 1 << 17) {
        text.append(reader.getText());
      }
    }
    return text.toString().strip();
  }

  private String attribute(String name) {
    String value = reader.getAttributeValue(null, name);
    return value == null ? "" : value;
  }

  /** Seconds, some tools write thousands with a comma; what is no time is none. */
  private static Duration time(String text) {
    try {
      var seconds = new BigDecimal(Texts.cut(text.replace(",", "").strip(), 32));
      boolean isTime =
          seconds.signum() > 0
              && seconds.precision() - seconds.scale() < 12
              && seconds.longValue() < LONGEST_CASE_IN_SECONDS;
      return isTime ? Duration.ofMillis(seconds.movePointRight(3).longValue()) : Duration.ZERO;
    } catch (NumberFormatException e) {
      return Duration.ZERO;
    }
  }

  private static boolean isSuite(String element) {
    return element.equals("testsuite");
  }

  private static String sentence(XMLStreamException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return "is no JUnit XML: " + SafeName.shown(end < 0 ? message : message.substring(0, end));
  }
}
