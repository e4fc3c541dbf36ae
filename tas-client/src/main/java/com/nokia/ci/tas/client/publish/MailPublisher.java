package com.nokia.ci.tas.client.publish;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Publisher {@code mail}: a mail to one or more addresses, with the report as a page and the
 * results attached. Needs {@code org.eclipse.angus:jakarta.mail} on the class path, which the
 * library does not bring with it.
 *
 * <p>Options: {@code smtp}, host and port of the mail server (localhost:25); {@code from}; {@code
 * security}, none, starttls or tls (none); {@code user} and {@code password-file}; {@code
 * attachments}, on or off (on; of results larger than 10 MB together only the names are told).
 */
public final class MailPublisher implements Publisher {
  private static final Set<String> OPTIONS =
      Set.of("smtp", "from", "security", "user", "password-file", "attachments");

  @Override
  public String name() {
    return "mail";
  }

  @Override
  public String target() {
    return "addresses with commas between them";
  }

  @Override
  public Set<String> options() {
    return OPTIONS;
  }

  @Override
  public List<Link> announce(Announcement announcement, Wish wish) {
    try {
      MailSending.check(wish);
      return List.of();
    } catch (NoClassDefFoundError e) {
      throw new IllegalArgumentException(
          "mails need org.eclipse.angus:jakarta.mail on the class path", e);
    }
  }

  @Override
  public List<Link> publish(Report report, Wish wish) throws IOException {
    MailSending.send(report, wish);
    return List.of();
  }
}
