package com.nokia.ci.tas.commons.model;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a test comes from (guide, "Workspace path", "URL").
 *
 * @param workspacePath the directory on the issuer's side that holds the artifacts and gets the
 *     results; meaningful to the issuer only, never a path on the machine that reads it
 * @param url where a person finds more about the test; not checked
 * @param project whose rights and variables count for it; empty: those of the farm
 * @param owner the person who issued it, as the service knows; never on the wire
 * @param submission tells one submission of a test from another of the same id, so that one that is
 *     repeated is known for what it is; chosen by the issuer at random; empty: not said
 * @param bond whether it ends when its client leaves; null, as in records of before: it does
 * @param plan where it stands in a plan; empty: it is of none
 */
public record TestOrigin(
    String workspacePath,
    String url,
    Optional<ProjectId> project,
    Optional<UserId> owner,
    String submission,
    Bond bond,
    Optional<PlanPlace> plan) {
  public static final TestOrigin UNKNOWN = new TestOrigin("", "");

  public TestOrigin {
    Objects.requireNonNull(workspacePath, "workspacePath");
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(submission, "submission");
    bond = Objects.requireNonNullElse(bond, Bond.ISSUER);
    Objects.requireNonNull(plan, "plan");
  }

  /** Of somebody, in a submission, bound to its client. */
  public TestOrigin(
      String workspacePath,
      String url,
      Optional<ProjectId> project,
      Optional<UserId> owner,
      String submission) {
    this(workspacePath, url, project, owner, submission, Bond.ISSUER, Optional.empty());
  }

  /** Of no project. */
  public TestOrigin(String workspacePath, String url) {
    this(workspacePath, url, Optional.empty());
  }

  /** As a message tells it: of a project or none. */
  public TestOrigin(String workspacePath, String url, Optional<ProjectId> project) {
    this(workspacePath, url, project, Optional.empty(), "");
  }

  /** Of somebody, who does not say which submission it is. */
  public TestOrigin(
      String workspacePath, String url, Optional<ProjectId> project, Optional<UserId> owner) {
    this(workspacePath, url, project, owner, "");
  }

  /** The same, of this person. */
  public TestOrigin ownedBy(Optional<UserId> person) {
    return new TestOrigin(workspacePath, url, project, person, submission, bond, plan);
  }

  /** The same, in this submission. */
  public TestOrigin submittedAs(String newSubmission) {
    return new TestOrigin(workspacePath, url, project, owner, newSubmission, bond, plan);
  }

  /** The same, bound in another way. */
  public TestOrigin bound(Bond newBond) {
    return new TestOrigin(workspacePath, url, project, owner, submission, newBond, plan);
  }

  /** The same, at this place of a plan. */
  public TestOrigin planned(Optional<PlanPlace> place) {
    return new TestOrigin(workspacePath, url, project, owner, submission, bond, place);
  }

  /** Whether two submissions are known to be one. */
  public boolean isSameSubmission(TestOrigin other) {
    return !submission.isEmpty() && submission.equals(other.submission);
  }

  /** Whether two submissions are known to be different ones. */
  public boolean isOtherSubmission(TestOrigin other) {
    return !submission.isEmpty()
        && !other.submission.isEmpty()
        && !submission.equals(other.submission);
  }
}
