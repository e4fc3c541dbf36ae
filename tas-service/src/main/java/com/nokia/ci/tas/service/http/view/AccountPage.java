package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.service.access.AccessKey;
import com.nokia.ci.tas.service.access.password.PasswordRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The page of a person who has logged in.
 *
 * @param frame what is around it
 * @param content what it says
 */
public record AccountPage(Frame frame, Content content) {

  /** Characters that a new password has at least. */
  public static final int SHORTEST_PASSWORD = PasswordRules.SHORTEST;

  /** Characters that a password has at most. */
  public static final int LONGEST_PASSWORD = PasswordRules.LONGEST;

  /**
   * What the page says.
   *
   * @param rights where the person has which role
   * @param roles that a token may have
   * @param projects in which the person has a role
   * @param tokens that are good
   * @param notice what came of what was done last; may be empty
   * @param made a token that was made just now, shown this once; none or one
   */
  public record Content(
      List<Frame.Fact> rights,
      List<String> roles,
      List<String> projects,
      List<Row> tokens,
      String notice,
      List<String> made) {

    /** Makes the content. */
    public static Content of(
        Rights rights,
        List<AccessKey> tokens,
        String notice,
        Optional<String> made,
        Telling telling) {
      var projects = rights.projects().keySet().stream().map(it -> it.value()).toList();
      return new Content(
          facts(rights),
          Arrays.stream(AccessRole.values())
              .filter(rights::allowAnywhere)
              .map(AccessRole::text)
              .toList(),
          projects,
          tokens.stream().map(it -> Row.of(it, telling)).toList(),
          notice,
          made.stream().toList());
    }

    private static List<Frame.Fact> facts(Rights rights) {
      var facts = new ArrayList<Frame.Fact>();
      facts.add(new Frame.Fact("the farm", rights.farm().map(AccessRole::text).orElse("no role")));
      rights
          .projects()
          .forEach((project, role) -> facts.add(new Frame.Fact("project " + project, role.text())));
      return facts;
    }

    /** Not the token that was made. */
    @Override
    public String toString() {
      return "Content[" + rights + ", " + tokens.size() + " tokens]";
    }
  }

  /**
   * A token that is good.
   *
   * @param id its name
   * @param label what its owner calls it
   * @param allows role and project
   * @param made when
   * @param expires when
   */
  public record Row(String id, String label, String allows, Moment made, Moment expires) {
    static Row of(AccessKey key, Telling telling) {
      return new Row(
          key.id().value(),
          key.label(),
          key.grant().role().map(AccessRole::text).orElse("nothing")
              + key.grant().project().map(it -> " in project " + it).orElse(""),
          telling.moment(key.life().made()),
          telling.moment(key.life().expires()));
    }
  }
}
