package com.nokia.ci.tas.service.http.view;

/**
 * The page that asks whether something shall be done.
 *
 * @param frame what is around it
 * @param question what is asked
 */
public record ActPage(Frame frame, Question question) {

  /**
   * What is asked.
   *
   * @param act to be done
   * @param sort of thing
   * @param name of the thing
   * @param back its page
   */
  public record Question(Act act, Act.Sort sort, String name, String back) {
    /** Where the answer is sent. */
    public String address() {
      return back + "/" + act.word();
    }

    public String title() {
      return act.verb() + " " + sort.word() + " " + name;
    }
  }
}
