package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.SessionWatch;
import com.nokia.ci.tas.service.farm.Event;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which peers have a session with the service, whether they are there now, and whether they could
 * be dialled as well (docs/session.md, sections 5 and 7). Tells the farm at once when one of them
 * falls away or is back.
 *
 * <p>Safe for any thread; nothing here blocks.
 */
public final class Sessions implements SessionWatch {
  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  /** How many peers are remembered that had a session. */
  private static final int MOST_FORMER = 10_000;

  private final Consumer<Event> farm;
  private final InstantSource clock;
  private final Function<Endpoint, CompletableFuture<InetAddress>> dialler;
  private final Map<Endpoint, Line> lines = new ConcurrentHashMap<>();
  private final Map<Endpoint, Former> former =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Endpoint, Former> eldest) {
              return size() > MOST_FORMER;
            }
          });

  /** What is remembered of a peer that had a session. */
  private enum Former {
    /** It had one before the service was started again, and has not been heard of since. */
    AWAITED,
    /** Its session ended. */
    ENDED
  }

  /** What a peer with a session is. */
  enum Kind {
    /** It has not said it yet. */
    UNKNOWN,
    NODE,
    CLIENT
  }

  /**
   * A session.
   *
   * @param live whether it has a connection now
   * @param dialable whether the service could connect to its address; empty: not known yet
   */
  private record Line(Kind kind, boolean live, Optional<Boolean> dialable) {
    Line is(Kind newKind) {
      return new Line(newKind, live, dialable);
    }

    Line back() {
      return new Line(kind, /* live= */ true, dialable);
    }

    Line away() {
      return new Line(kind, /* live= */ false, dialable);
    }

    Line dialled(boolean answered) {
      return new Line(kind, live, Optional.of(answered));
    }
  }

  /**
   * How many sessions there are.
   *
   * @param open that have a connection
   * @param away whose peers may come back
   */
  public record Count(int open, int away) {}

  /**
   * Begins with no session.
   *
   * @param farm takes events, does not block
   * @param clock stamps the events
   * @param dialler connects to an address and closes again, whatever sessions there are
   */
  public Sessions(
      Consumer<Event> farm,
      InstantSource clock,
      Function<Endpoint, CompletableFuture<InetAddress>> dialler) {
    this.farm = farm;
    this.clock = clock;
    this.dialler = dialler;
  }

  /** Whether a peer has a session, be it there or away. */
  public boolean isKept(Endpoint peer) {
    return lines.containsKey(peer);
  }

  /** Whether a peer has a session and a connection at the moment. */
  public boolean isThere(Endpoint peer) {
    return Optional.ofNullable(lines.get(peer)).filter(Line::live).isPresent();
  }

  /** How many there are. */
  public Count count() {
    int open = (int) lines.values().stream().filter(Line::live).count();
    return new Count(open, Math.max(0, lines.size() - open));
  }

  /** Whether a peer has a session or had one, and has not spoken plainly since. */
  boolean wasKept(Endpoint peer) {
    return isKept(peer) || former.containsKey(peer);
  }

  /** Whether the session of a peer has ended and the peer has not come back, in whatever manner. */
  boolean isOver(Endpoint peer) {
    return !isKept(peer) && former.containsKey(peer);
  }

  /** Whether others can connect to a peer, as far as the service can tell; not known: no. */
  boolean isDialable(Endpoint peer) {
    return Optional.ofNullable(lines.get(peer)).flatMap(Line::dialable).orElse(false);
  }

  /** A peer has registered in its session. */
  void registered(Endpoint peer, Kind kind) {
    lines.computeIfPresent(peer, (id, line) -> line.is(kind));
    if (kind == Kind.NODE) {
      var unused =
          dialler
              .apply(peer)
              .whenComplete(
                  (address, failure) -> {
                    lines.computeIfPresent(peer, (id, line) -> line.dialled(failure == null));
                    LOG.atInfo()
                        .addKeyValue("node", peer)
                        .log(
                            failure == null
                                ? "node can be dialled, clients without a session reach it"
                                : "node cannot be dialled, what is for it is relayed");
                  });
    }
  }

  /** A peer had a session with the service before it was started again. */
  void recall(Endpoint peer) {
    former.put(peer, Former.AWAITED);
  }

  /** Whether a peer had a session before the service was started again, and is yet to come back. */
  boolean isAwaited(Endpoint peer) {
    return former.get(peer) == Former.AWAITED;
  }

  /** Whether a peer has a session, or will have it again. */
  boolean isOfSession(Endpoint peer) {
    return isKept(peer) || isAwaited(peer);
  }

  /** A peer speaks plainly now. */
  void plain(Endpoint peer) {
    former.remove(peer);
  }

  @Override
  public void onOpened(Endpoint identity, Peer peer, boolean resumed) {
    former.remove(identity);
    var line =
        lines.compute(
            identity,
            (id, known) ->
                known != null && resumed
                    ? known.back()
                    : new Line(Kind.UNKNOWN, /* live= */ true, Optional.empty()));
    if (resumed) {
      seen(identity, line.kind());
    }
  }

  private void seen(Endpoint identity, Kind kind) {
    switch (kind) {
      case NODE -> farm.accept(new Event.NodeAnswered(clock.instant(), new NodeId(identity)));
      case CLIENT -> farm.accept(new Event.ClientSeen(clock.instant(), new ClientId(identity)));
      case UNKNOWN -> {
        // Its registration follows.
      }
    }
  }

  /** A client that is away may come back: it was there until now, and is given its time. */
  @Override
  public void onAway(Endpoint identity, String why) {
    var line = Optional.ofNullable(lines.computeIfPresent(identity, (id, known) -> known.away()));
    line.map(Line::kind)
        .ifPresent(
            kind -> {
              if (kind == Kind.NODE) {
                unreachable(identity, why);
              } else {
                seen(identity, kind);
              }
            });
  }

  @Override
  public void onEnded(Endpoint identity, String why) {
    var line = Optional.ofNullable(lines.remove(identity));
    former.put(identity, Former.ENDED);
    line.filter(it -> it.kind() == Kind.NODE).ifPresent(it -> unreachable(identity, why));
  }

  private void unreachable(Endpoint node, String why) {
    farm.accept(new Event.NodeUnreachable(clock.instant(), new NodeId(node), why));
  }
}
