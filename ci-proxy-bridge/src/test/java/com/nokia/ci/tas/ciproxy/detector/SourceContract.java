package com.nokia.ci.tas.ciproxy.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.SafeName;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a detector does besides whose source is a program or a system of its own. */
public abstract class SourceContract extends DetectorContract {
  private static final String HOSTILE = "..\\$@|\r\n\u0000\u001b[31m<é>" + "x".repeat(3_000);

  /** The source is not there any more, or not yet. */
  protected abstract void loseTheSource() throws Exception;

  /** It says what makes no sense, until it comes back. */
  protected abstract void talkNonsense() throws Exception;

  /** It is there again, with both devices. */
  protected abstract void bringTheSourceBack() throws Exception;

  /** Plugs in a third device that says this of itself, as far as the source can say it. */
  protected abstract void plugInOneThatSays(String text) throws Exception;

  /** Plugs in so many more devices. */
  protected abstract void plugInMany(int count) throws Exception;

  /** How many devices it takes from its source at most. */
  protected abstract int most();

  @Test
  final void aSourceThatIsNotThereAtTheStartIsFoundWhenItComes() throws Exception {
    make();
    loseTheSource();
    startWhatIsMade();
    bringTheSourceBack();
    awaitCount(2);
  }

  @Test
  final void aSourceThatGoesTakesItsDevicesAlongAndBringsThemBack() throws Exception {
    start();
    awaitCount(2);
    loseTheSource();
    awaitCount(0);
    bringTheSourceBack();
    awaitCount(2);
  }

  @Test
  final void nonsenseIsSurvived() throws Exception {
    start();
    awaitCount(2);
    talkNonsense();
    unplugOne();
    bringTheSourceBack();
    awaitCount(2);
    unplugOne();
    awaitCount(1);
  }

  @Test
  final void whatADeviceSaysOfItselfDoesNoHarm() throws Exception {
    start();
    awaitCount(2);
    plugInOneThatSays(HOSTILE);
    awaitCount(3);
    for (var device : detector().devices()) {
      assertEquals(Optional.empty(), SafeName.complaint("IMEI", device.imei()));
      var fields =
          device.rmCode() + device.connectionName() + device.connectionId() + device.port();
      assertTrue(fields.matches("[ -~&&[^$@|]]{0,400}"), fields);
      device.facts().values().values().forEach(it -> assertTrue(isOneLine(it), it));
    }
  }

  @Test
  final void ofTooManyDevicesTheFirstCount() throws Exception {
    start();
    awaitCount(2);
    plugInMany(most() + 10);
    awaitCount(most());
  }

  private static boolean isOneLine(String text) {
    return text.length() <= 400 && text.chars().noneMatch(Character::isISOControl);
  }
}
