package com.nokia.ci.tas.client.publish;

import com.nokia.ci.tas.client.verdict.TestedRun;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.SafeName;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Properties;

/** Composes a mail and hands it to a mail server; each wait ends after 20 seconds. */
final class MailSending {
  private static final String PATIENCE_IN_MILLIS = "20000";
  private static final long MOST_ATTACHED = 10L << 20;
  private static final int LONGEST_SUBJECT = 200;

  private MailSending() {}

  /** Throws an IllegalArgumentException when the wish makes no sense. */
  static void check(Wish wish) {
    addresses(wish.target());
    server(wish);
    security(wish);
    isAttaching(wish);
    if (!wish.option("from", "").isEmpty()) {
      addresses(wish.option("from", ""));
    }
  }

  static void send(Report report, Wish wish) throws IOException {
    try {
      var session = Session.getInstance(properties(wish));
      var message = new MimeMessage(session);
      String from = wish.option("from", "");
      message.setFrom(
          from.isEmpty() ? InternetAddress.getLocalAddress(session) : addresses(from)[0]);
      message.setRecipients(Message.RecipientType.TO, addresses(wish.target()));
      message.setSubject(subject(report), StandardCharsets.UTF_8.name());
      var date = DateTimeFormatter.RFC_1123_DATE_TIME;
      message.setHeader("Date", date.format(ZonedDateTime.now(ZoneOffset.UTC)));
      message.setHeader("Auto-Submitted", "auto-generated");
      message.setContent(content(report, wish));
      message.saveChanges();
      deliver(session, message, wish);
    } catch (MessagingException e) {
      throw new IOException("the mail to " + wish.target() + " was not taken: " + causes(e), e);
    }
  }

  private static void deliver(Session session, MimeMessage message, Wish wish)
      throws MessagingException, IOException {
    try (Transport transport = session.getTransport("smtp")) {
      String user = wish.option("user", "");
      if (user.isEmpty()) {
        transport.connect();
      } else {
        transport.connect(
            user, Files.readString(Path.of(wish.option("password-file", ""))).strip());
      }
      transport.sendMessage(message, message.getAllRecipients());
    }
  }

  /** In one line: what comes from a report never begins another header. */
  private static String subject(Report report) {
    String line = report.headline().replaceAll("\\p{Cntrl}", " ");
    return line.length() <= LONGEST_SUBJECT ? line : line.substring(0, LONGEST_SUBJECT);
  }

  private static MimeMultipart content(Report report, Wish wish)
      throws MessagingException, IOException {
    var parts = new MimeMultipart();
    var text = new MimeBodyPart();
    text.setText(text(report), StandardCharsets.UTF_8.name());
    parts.addBodyPart(text);
    var page = new MimeBodyPart();
    page.setText(HtmlReport.of(report), StandardCharsets.UTF_8.name(), "html");
    page.setFileName("report.html");
    parts.addBodyPart(page);
    var files = report.runs().stream().map(TestedRun::results).flatMap(List::stream).toList();
    if (isAttaching(wish) && size(files) <= MOST_ATTACHED) {
      for (Path file : files) {
        var part = new MimeBodyPart();
        part.attachFile(file.toFile());
        parts.addBodyPart(part);
      }
    }
    return parts;
  }

  private static String text(Report report) {
    var text = new StringBuilder(report.headline()).append("\n\n");
    for (var run : report.runs()) {
      text.append(run.judgement().verdict())
          .append("  ")
          .append(run.id())
          .append(": ")
          .append(run.judgement().sentence())
          .append(" (code ")
          .append(run.judgement().code().number())
          .append(")\n");
      run.results().forEach(file -> text.append("      ").append(file.getFileName()).append('\n'));
    }
    report
        .links()
        .forEach(it -> text.append('\n').append(it.text()).append(": ").append(it.address()));
    return text.append('\n').toString();
  }

  private static long size(List<Path> files) throws IOException {
    long size = 0;
    for (Path file : files) {
      size += Files.size(file);
    }
    return size;
  }

  private static Properties properties(Wish wish) {
    var properties = new Properties();
    Endpoint server = server(wish);
    properties.setProperty("mail.smtp.host", server.host());
    properties.setProperty("mail.smtp.port", Integer.toString(server.port()));
    properties.setProperty("mail.smtp.connectiontimeout", PATIENCE_IN_MILLIS);
    properties.setProperty("mail.smtp.timeout", PATIENCE_IN_MILLIS);
    properties.setProperty("mail.smtp.writetimeout", PATIENCE_IN_MILLIS);
    properties.setProperty("mail.smtp.auth", Boolean.toString(wish.options().containsKey("user")));
    String security = security(wish);
    properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(security.equals("tls")));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    boolean isStartTls = security.equals("starttls");
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(isStartTls));
    properties.setProperty("mail.smtp.starttls.required", Boolean.toString(isStartTls));
    return properties;
  }

  private static Endpoint server(Wish wish) {
    return Endpoint.parse(wish.option("smtp", "localhost:25"));
  }

  private static String security(Wish wish) {
    String security = wish.option("security", "none");
    if (!List.of("none", "starttls", "tls").contains(security)) {
      throw new IllegalArgumentException(
          "security is \"" + SafeName.shown(security) + "\"; give none, starttls or tls");
    }
    return security;
  }

  private static boolean isAttaching(Wish wish) {
    String word = wish.option("attachments", "on");
    if (!word.equals("on") && !word.equals("off")) {
      throw new IllegalArgumentException(
          "attachments is \"" + SafeName.shown(word) + "\"; give on or off");
    }
    return word.equals("on");
  }

  private static InternetAddress[] addresses(String text) {
    try {
      var addresses = InternetAddress.parse(text, true);
      if (addresses.length > 0) {
        return addresses;
      }
    } catch (AddressException e) {
      throw new IllegalArgumentException("\"" + SafeName.shown(text) + "\" is no mail address", e);
    }
    throw new IllegalArgumentException("there is no mail address");
  }

  private static String causes(MessagingException e) {
    var text = new StringBuilder(String.valueOf(e.getMessage()));
    for (Exception next = e.getNextException(); next instanceof MessagingException; ) {
      text.append("; ").append(next.getMessage());
      next = ((MessagingException) next).getNextException();
    }
    return SafeName.shown(text.toString());
  }
}
