package com.nokia.ci.tas.samples.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How messages and files reach a peer that has this side as its service, and come from it. */
interface Way {

  /**
   * Says something.
   *
   * @param as who is the sender
   */
  void say(Address as, String type, String envelope) throws IOException, InterruptedException;

  /** Sends a file of less than {@link SessionPeer#SMALL} octets. */
  void put(Address as, String envelope, byte[] file) throws IOException, InterruptedException;

  /** The other party of a test: the client, or the node. */
  Address party();

  /** What a start to a node says of the way to the client: that word, or nothing. */
  default String route() {
    return "";
  }

  /** What comes for the service. */
  Mailbox atService();

  /** What comes for the other party. */
  Mailbox atParty();

  /** Every message for itself; each party has its port. */
  record Plain(Address peer, Address party, Mailbox atService, Mailbox atParty) implements Way {
    @Override
    public void say(Address as, String type, String envelope) throws IOException {
      PlainPort.send(peer, Spoken.message(type, as, peer, envelope));
    }

    @Override
    public void put(Address as, String envelope, byte[] file) throws IOException {
      byte[] head =
          Spoken.message("file-operation", as, peer, envelope).getBytes(StandardCharsets.UTF_8);
      byte[] all = Arrays.copyOf(head, head.length + file.length);
      System.arraycopy(file, 0, all, head.length, file.length);
      String answer = PlainPort.send(peer, all);
      BrokenClaim.unless(answer.isEmpty(), "the file is refused: " + answer.strip());
    }
  }

  /** All over one session; what is for the other party comes there too, to be relayed. */
  record Session(Address peer, Address party, SessionPeer session, Mailbox mailbox) implements Way {
    @Override
    public void say(Address as, String type, String envelope)
        throws IOException, InterruptedException {
      session.say(Spoken.message(type, as, peer, envelope));
    }

    @Override
    public void put(Address as, String envelope, byte[] file)
        throws IOException, InterruptedException {
      session.put(Spoken.message("file-operation", as, peer, envelope), file);
    }

    /** A client that the node cannot dial: all goes through the service. */
    @Override
    public String route() {
      return "relayed";
    }

    @Override
    public Mailbox atService() {
      return mailbox;
    }

    @Override
    public Mailbox atParty() {
      return mailbox;
    }
  }
}
