package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.commons.model.TestDemand;
import java.util.List;

/**
 * The page that asks whether something shall be done.
 *
 * @param frame what is around it
 * @param question what is asked
 */
public record ActPage(Frame frame, Question question) {

  public int lowestPriority() {
    return TestDemand.LOWEST_PRIORITY;
  }

  public int highestPriority() {
    return TestDemand.HIGHEST_PRIORITY;
  }

  /**
   * What matters of a thing for what is asked.
   *
   * @param given what stands in the field at first, may be empty
   * @param isDivided whether it is a test of packages, of which some can be run
   * @param obstacles why the service cannot do it by itself; none or one
   */
  public record Subject(String given, boolean isDivided, List<String> obstacles) {
    /** Nothing does. */
    public static final Subject ANY = new Subject("", false, List.of());
  }

  /**
   * What is asked.
   *
   * @param act to be done
   * @param sort of thing
   * @param name of the thing
   * @param back its page
   * @param subject what matters of the thing
   */
  public record Question(Act act, Act.Sort sort, String name, String back, Subject subject) {
    /** Where the answer is sent. */
    public String address() {
      return back + "/" + act.word();
    }

    public String title() {
      return act.question(sort.word() + " " + name);
    }
  }
}
