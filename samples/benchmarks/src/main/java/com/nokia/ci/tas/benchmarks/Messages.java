package com.nokia.ci.tas.benchmarks;

import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ReleasingMode;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.Target;
import com.nokia.ci.tas.commons.model.TestDemand;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.xml.Dialect;
import com.nokia.ci.tas.commons.xml.MessageCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Messages as farms exchange them. */
final class Messages {
  private static final Endpoint CLIENT = new Endpoint("ci.example.com", 20_321);
  private static final Endpoint SERVICE = new Endpoint("tas.example.com", 31_415);
  private static final int PARAMETERS = 18;
  private static final int REQUIRED = 6;

  private Messages() {}

  /** The order to start a test, with all that usually comes with it: about 3 KB. */
  static Message order() {
    Map<String, String> parameters = new TreeMap<>();
    for (int i = 0; i < PARAMETERS; i++) {
      parameters.put("CI_PARAMETER_" + i, "value of the parameter, number " + i);
    }
    var execution =
        new TestExecution(
            "python3",
            "execute.py",
            List.of("execute.py", "image.img", "cases.zip", "common.py", "operator.json"),
            parameters,
            List.of(),
            "results.zip");
    var product =
        ProductDescription.of(
            Map.of("rm-code", "RM-763", "role", "main", "sim1-operator", "operator of a country"));
    var demand =
        new TestDemand(
            Target.FLASH,
            ReleasingMode.AUTOMATIC,
            Duration.ofMinutes(30),
            "",
            java.util.Collections.nCopies(REQUIRED, product));
    return new TestOperation(
        CLIENT,
        SERVICE,
        TestOperation.Kind.START,
        TestDescription.named(RuntimeId.of("nightly_4711")).with(execution).with(demand));
  }

  /** A few lines of an executor. */
  static Message output() {
    return new TextMessage(
        SERVICE,
        CLIENT,
        TestDescription.named(RuntimeId.of("nightly_4711")),
        "12:00:00.123 case 17 of 200: calls, begins\n".repeat(4));
  }

  static byte[] encoded(Message message) {
    return new MessageCodec().write(message, Dialect.ESCAPED);
  }
}
