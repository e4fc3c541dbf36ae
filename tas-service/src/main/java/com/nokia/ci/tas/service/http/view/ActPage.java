package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.commons.model.TestDemand;

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
   * What is asked.
   *
   * @param act to be done
   * @param sort of thing
   * @param name of the thing
   * @param back its page
   * @param given what stands in its field at first, may be empty
   */
  public record Question(Act act, Act.Sort sort, String name, String back, String given) {
    /** Where the answer is sent. */
    public String address() {
      return back + "/" + act.word();
    }

    public String title() {
      return act.verb() + " " + sort.word() + " " + name;
    }
  }
}
