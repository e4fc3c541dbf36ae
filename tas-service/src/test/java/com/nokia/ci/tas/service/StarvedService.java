package com.nokia.ci.tas.service;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.Requirement;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.service.farm.Effect;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.FarmSettings;
import com.nokia.ci.tas.service.farm.Wanted;
import com.nokia.ci.tas.service.loop.FarmLoop;
import com.nokia.ci.tas.service.loop.Revived;
import com.nokia.ci.tas.service.store.Retention;
import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.sql.SqlStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A process whose memory ends when its farm tells a client of an accepted test: with the store in
 * the directory that its argument names.
 */
final class StarvedService {
  static final String TEST = "nightly";
  static final FarmSettings SETTINGS = FarmSettings.defaults(new Endpoint("service.test", 31_415));

  private StarvedService() {}

  public static void main(String[] arguments) {
    TestAutomationService.endOnFatalErrors();
    var store = store(Path.of(arguments[0]));
    var loop =
        FarmLoop.start(
            Revived.fresh(SETTINGS),
            SETTINGS,
            new FarmLoop.Surroundings(
                store, InstantSource.system(), StarvedService::perform, 100, failure -> {}));
    loop.post(submission());
    new CompletableFuture<Void>().join(); // Nothing else ends this process.
  }

  static Store store(Path directory) {
    var ever = Duration.ofDays(3650);
    return SqlStores.embedded(directory, Retention.of(ever, ever));
  }

  private static void perform(Effect effect) {
    if (effect instanceof Effect.TellClient) {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  private static Event submission() {
    var test =
        TestDescription.named(RuntimeId.of(TEST))
            .with(
                new TestExecution(
                    "python3", "run.py", List.of("run.py"), Map.of(), List.of(), "r.zip"));
    var asked = ProductDemand.of(Map.of("rm-code", "RM-763"));
    return new Event.TestSubmitted(
        Instant.now(),
        new ClientId(new Endpoint("client.test", 16_180)),
        test,
        new Wanted.Understood(new Requirement(List.of(asked))));
  }
}
