package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TasException;
import java.net.InetAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Remembers what a session's owner, or who watches accepted sessions, is told. */
final class KeptWatch implements Session.Owner, SessionWatch {
  final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  final BlockingQueue<Welcome> welcomes = new LinkedBlockingQueue<>();
  final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();

  /** The next thing that is told is this one. */
  void expect(String what) throws InterruptedException {
    String next = told.poll(60, TimeUnit.SECONDS);
    if (!what.equals(next)) {
      throw new AssertionError("expected " + what + ", was told " + next);
    }
  }

  @Override
  public void onEstablished(Welcome welcome) {
    welcomes.add(welcome);
    told.add("established");
  }

  @Override
  public void onPlain(InetAddress leftFrom) {
    told.add("plain from " + leftFrom.getHostAddress());
  }

  @Override
  public void onAway(String why) {
    told.add("away");
  }

  @Override
  public void onReturned() {
    told.add("returned");
  }

  @Override
  public void onRefused(String sentence) {
    told.add("refused: " + sentence);
  }

  @Override
  public void onEnded(TasException why) {
    told.add("ended: " + why.getMessage());
  }

  @Override
  public void onOpened(Endpoint identity, Peer peer, boolean resumed) {
    peers.add(peer);
    told.add((resumed ? "resumed " : "opened ") + identity);
  }

  @Override
  public void onAway(Endpoint identity, String why) {
    told.add("away " + identity);
  }

  @Override
  public void onEnded(Endpoint identity, String why) {
    told.add("ended " + identity + ": " + why);
  }
}
