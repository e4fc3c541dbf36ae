"""The connector's side of a session, written from docs/session.md alone.

A Session keeps one connection to a service: it dials again when the connection breaks, sends again what was not
acknowledged, takes each message of the service once and in order, and carries files both ways. Everything happens in
the one thread that calls `run`. Section numbers are those of docs/session.md.
"""

import collections
import random
import secrets
import select
import socket
import ssl
import struct
import time

from tas_streams import Incoming, Outgoing

WELCOME, REFUSED, BEAT, BYE = 0x01, 0x02, 0x03, 0x04
MESSAGE, ACK, REFUSAL = 0x10, 0x11, 0x12
OPEN, ACCEPT, DATA, CREDIT, END, DONE, RESET = range(0x20, 0x27)

NOT_WANTED, ARRIVED_WRONG, CANNOT_BE_STORED, BROKE_OFF_BEHIND = 1, 3, 4, 6  # codes of a RESET

LONGEST_FRAME = (4 << 20) + 64
MOST_UNSENT = 512 << 10
LONGEST_OFFER = 10.0


class RefusedBySession(Exception):
    """The service declines the offer, and will until somebody acts on the sentence."""


class SessionLost(Exception):
    """There is no session, or there is none any more."""


class NotTaken(Exception):
    """A message or a file that the handler does not want; the sentence says why."""


class Session:
    """One session with the service at `address`.

    `handler` is told what happens:
      on_welcome(is_new, is_restarted)  a session is there; is_restarted: the service is another process than before
      on_away(why)                      the connection broke, it is dialled again
      on_message(xml)                   a message; raises NotTaken to refuse it
      on_refusal(sentence)              the service did not take a message of ours
      on_put(xml)                       a file is to come; returns a tas_streams.Target or raises NotTaken
    """

    def __init__(self, address, registration, handler, tls=None, token=None):
        self.address = address
        self.registration = registration
        self.handler = handler
        self.tls = tls
        self.token = token
        self.instance = secrets.token_hex(16)
        self.welcome = {}
        self.you = None
        self.socket = None
        self.inbox = bytearray()
        self.outbox = bytearray()
        self.unacknowledged = collections.deque()  # (number, function of the sender)
        self.sent = 0  # number of the last message of ours
        self.received = 0  # number of the last message of theirs
        self.acknowledged = 0  # the one of them that was acknowledged last
        self.outgoing = {}  # stream to Outgoing
        self.incoming = {}  # stream to Incoming
        self.partial = {}  # by key: what arrived of files that may be sent again
        self.next_stream = 1
        self.last_sent = self.last_received = time.monotonic()

    # --- what the program calls ----------------------------------------------------------------

    def open(self):
        """Dials for the first time; raises what went wrong."""
        self._dial()

    def run(self, is_over, limit=None):
        """Works until is_over() or the time is up; returns whether it is over."""
        end = None if limit is None else time.monotonic() + limit
        while not is_over():
            if end is not None and time.monotonic() > end:
                return False
            try:
                if self.socket is None:
                    self._return()
                else:
                    self._turn(0.2)
            except (OSError, struct.error) as e:  # struct: a frame shorter than its type wants
                self._lose(e)
        return True

    def send(self, message):
        """Sends a message: a function that makes its XML from our address, as host and port."""
        self.sent += 1
        self.unacknowledged.append((self.sent, message))
        if self.socket is not None:
            self._message(self.sent, message)

    def send_file(self, path, put, on_failure):
        """Sends a file; `put` makes the announcement from our address, size and digest."""
        self._open_stream(Outgoing(path, put, on_failure))

    def is_quiet(self):
        """Whether everything was acknowledged and no file is on its way."""
        return not (self.unacknowledged or self.outgoing or self.incoming)

    def cut(self):
        """Breaks the connection without a word, as a network does."""
        if self.socket is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            raise ConnectionError("cut on purpose")

    def close(self):
        """Ends the session for good."""
        if self.socket is not None:
            self._frame(BYE, b"")
            try:
                while self.outbox:
                    self._turn(0.2)
            except OSError:
                pass  # gone is gone
            self.socket.close()
            self.socket = None

    # --- offer and answer (section 2) ----------------------------------------------------------

    def _offer(self):
        words = ["1", "instance=" + self.instance]
        if self.welcome:
            words.append("resume=%s:%s" % (self.welcome["session"], self.welcome["key"]))
            words.append("received=%d" % self.received)
        if self.token:
            words.append("token=" + self.token)
        return " ".join(words)

    def _dial(self):
        raw = socket.create_connection(self.address, timeout=LONGEST_OFFER)
        try:
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            dialled = self.tls.wrap_socket(raw) if self.tls else raw
            dialled.sendall(self.registration(self._offer()))
            first, rest = self._first_frame(dialled)
        except BaseException:
            raw.close()
            raise
        self.inbox = bytearray(rest)
        self.outbox = bytearray()
        dialled.setblocking(False)
        self.socket = dialled
        self.last_sent = self.last_received = time.monotonic()
        self._welcomed(first)

    def _first_frame(self, dialled):
        received = bytearray()
        while len(received) < 4 or len(received) < 4 + struct.unpack(">I", received[:4])[0]:
            if received and received[0] != 0:  # no frame begins like that: a line of text of a plain peer
                raise RefusedBySession(self._line(dialled, received))
            more = dialled.recv(65536)
            if not more:
                raise SessionLost("%s:%d does not offer sessions" % self.address)
            received += more
        length = struct.unpack(">I", received[:4])[0]
        payload = bytes(received[5 : 4 + length])
        if received[4] == REFUSED:
            raise RefusedBySession(payload.decode("utf-8", "replace"))
        if received[4] != WELCOME:
            raise SessionLost("%s:%d answered with something else than a welcome" % self.address)
        return payload.decode("utf-8", "replace"), received[4 + length :]

    @staticmethod
    def _line(dialled, received):
        while b"\n" not in received and len(received) < 8192:
            more = dialled.recv(4096)
            if not more:
                break
            received += more
        return bytes(received).split(b"\n")[0].decode("utf-8", "replace")

    def _welcomed(self, lines):
        before = self.welcome
        self.welcome = dict(line.split("=", 1) for line in lines.splitlines() if "=" in line)
        host, port = self.welcome["you"].rsplit(":", 1)
        self.you = (host.strip("[]"), int(port))
        is_new = self.welcome.get("resumed") != "yes"
        is_restarted = bool(before) and before["acceptor"] != self.welcome["acceptor"]
        if is_new:
            waiting = [message for _, message in self.unacknowledged]
            self.unacknowledged = collections.deque(enumerate(waiting, 1))
            self.sent, self.received = len(waiting), 0
        else:
            self._acknowledge_up_to(int(self.welcome["received"]))
        self.acknowledged = self.received
        self._frame(BEAT, b"")  # the session stands when the service has a frame of ours
        for number, message in self.unacknowledged:
            self._message(number, message)
        for stream, file in list(self.outgoing.items()):
            self._begin(stream, file)
        self.handler.on_welcome(is_new, is_restarted)

    # --- life and death of a connection (section 5) --------------------------------------------

    def _lose(self, why):
        if self.socket is None:
            return
        self.socket.close()
        self.socket = None
        for arriving in self.incoming.values():
            self.partial[arriving.key] = arriving
        self.incoming = {}
        self.lost_at = time.monotonic()
        self.pause = 0.0
        self.handler.on_away(str(why) or type(why).__name__)

    def _return(self):
        if time.monotonic() - self.lost_at > int(self.welcome["retention"]) / 1000:
            raise SessionLost("the service was away for longer than it keeps a session")
        time.sleep(self.pause * random.uniform(0.5, 1.0))
        self.pause = min(5.0, self.pause * 2 or 0.2)
        try:
            self._dial()
        except (OSError, SessionLost):
            pass  # the next try comes

    def _turn(self, longest):
        """Reads and writes what can be, once."""
        self._pump()
        if self.acknowledged != self.received:
            self.acknowledged = self.received
            self._frame(ACK, struct.pack(">Q", self.received))
        now = time.monotonic()
        if now - self.last_received > int(self.welcome["silence"]) / 1000:
            raise ConnectionError("nothing was heard of the service for too long")
        if now - self.last_sent > int(self.welcome["beat"]) / 1000:
            self._frame(BEAT, b"")
        readable, writable, _ = select.select([self.socket], [self.socket] if self.outbox else [], [], longest)
        if writable:
            self._write()
        if readable:
            self._read()

    def _write(self):
        try:
            gone = self.socket.send(self.outbox[:262144])
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return
        del self.outbox[:gone]
        self.last_sent = time.monotonic()

    def _read(self):
        while True:
            try:
                octets = self.socket.recv(262144)
            except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
                return
            if not octets:
                raise ConnectionError("the service closed the connection")
            self.last_received = time.monotonic()
            self.inbox += octets
            self._frames()

    # --- frames (section 3) --------------------------------------------------------------------

    def _frame(self, kind, payload):
        self.outbox += struct.pack(">IB", len(payload) + 1, kind) + payload

    def _frames(self):
        start = 0
        while len(self.inbox) - start >= 4:
            length = struct.unpack_from(">I", self.inbox, start)[0]
            if not 1 <= length <= LONGEST_FRAME:
                raise ConnectionError("a frame of %d octets" % length)
            if len(self.inbox) - start < 4 + length:
                break
            kind = self.inbox[start + 4]
            payload = bytes(self.inbox[start + 5 : start + 4 + length])
            start += 4 + length
            self._take(kind, payload)
        del self.inbox[:start]

    def _take(self, kind, payload):
        if kind == MESSAGE:
            self._take_message(struct.unpack_from(">Q", payload)[0], payload[8:])
        elif kind == ACK:
            self._acknowledge_up_to(struct.unpack(">Q", payload)[0])
        elif kind == REFUSAL:
            self._acknowledge_up_to(struct.unpack_from(">Q", payload)[0])
            self.handler.on_refusal(payload[8:].decode("utf-8", "replace"))
        elif kind == BYE:
            self.welcome = {**self.welcome, "retention": "0"}
            raise SessionLost("the service ends the session: " + payload.decode("utf-8", "replace"))
        elif OPEN <= kind <= RESET:
            self._take_stream(kind, struct.unpack_from(">I", payload)[0], payload[4:])
        elif kind != BEAT and kind < 0x80:
            raise SessionLost("the service sent a frame of unknown type 0x%02x" % kind)

    # --- messages (section 4) ------------------------------------------------------------------

    def _message(self, number, message):
        self._frame(MESSAGE, struct.pack(">Q", number) + message(self.you))

    def _take_message(self, number, xml):
        if number > self.received + 1:
            raise ConnectionError("message %d came after message %d" % (number, self.received))
        if number <= self.received:
            self.acknowledged = -1  # is acknowledged again with the next turn
            return
        self.received = number
        try:
            self.handler.on_message(xml)
        except NotTaken as e:
            self.acknowledged = number
            self._frame(REFUSAL, struct.pack(">Q", number) + str(e).encode())

    def _acknowledge_up_to(self, number):
        while self.unacknowledged and self.unacknowledged[0][0] <= number:
            self.unacknowledged.popleft()

    # --- files (section 6) ---------------------------------------------------------------------

    def _open_stream(self, file):
        stream, self.next_stream = self.next_stream, self.next_stream + 2
        self._begin(stream, file)

    def _begin(self, stream, file):
        """Opens a stream, or opens it again on another connection, under the number that it had."""
        try:
            file.begin()
        except OSError as e:
            self.outgoing.pop(stream, None)
            file.on_failure(str(e))
            return
        self.outgoing[stream] = file
        if self.socket is not None:
            self._frame(OPEN, struct.pack(">I", stream) + file.put(self.you, file.size, file.digest.hex()))

    def _pump(self):
        for stream, file in list(self.outgoing.items()):
            while len(self.outbox) < MOST_UNSENT and (octets := file.next_octets()):
                self._frame(DATA, struct.pack(">I", stream) + octets)
            if file.is_to_be_ended():
                self._frame(END, struct.pack(">I", stream) + file.digest)

    def _take_stream(self, kind, stream, payload):
        if kind == OPEN:
            self._take_open(stream, payload)
        elif kind in (ACCEPT, CREDIT, DONE) or (kind == RESET and stream in self.outgoing):
            if stream in self.outgoing:
                self._take_answer(kind, stream, payload)
        elif stream in self.incoming:  # else the stream is over, and this was on its way
            self._take_octets(kind, stream, payload)

    def _take_answer(self, kind, stream, payload):
        file = self.outgoing[stream]
        if kind == ACCEPT:
            file.accepted(*struct.unpack(">QI", payload))
        elif kind == CREDIT:
            file.credit += struct.unpack(">I", payload)[0]
        else:
            del self.outgoing[stream]
            file.close()
            if kind == RESET and payload[0] in (ARRIVED_WRONG, BROKE_OFF_BEHIND) and file.may_be_repeated():
                self._open_stream(file)
            elif kind == RESET:
                file.on_failure(payload[1:].decode("utf-8", "replace"))

    def _take_open(self, stream, xml):
        try:
            target = self.handler.on_put(xml)
        except NotTaken as e:
            self._frame(RESET, struct.pack(">IB", stream, NOT_WANTED) + str(e).encode())
            return
        arriving = self.partial.get(target.key) or Incoming(target)
        self.incoming[stream] = arriving
        self._frame(ACCEPT, struct.pack(">IQI", stream, arriving.resume(), Incoming.WINDOW))

    def _take_octets(self, kind, stream, payload):
        arriving = self.incoming[stream]
        try:
            if kind == DATA:
                more = arriving.write(payload)
                if more:
                    self._frame(CREDIT, struct.pack(">II", stream, more))
                return
            del self.incoming[stream]
            if kind == RESET and payload[0] == BROKE_OFF_BEHIND:
                self.partial[arriving.key] = arriving
            elif kind == RESET:
                self._forget(arriving)
            elif arriving.complete(payload):
                self.partial[arriving.key] = arriving  # its DONE may get lost, and it be sent again
                self._frame(DONE, struct.pack(">I", stream))
            else:
                self._forget(arriving)
                self._frame(RESET, struct.pack(">IB", stream, ARRIVED_WRONG) + b"size or digest is wrong")
        except OSError as e:
            self.incoming.pop(stream, None)
            self._forget(arriving)
            self._frame(RESET, struct.pack(">IB", stream, CANNOT_BE_STORED) + str(e).encode())

    def _forget(self, arriving):
        self.partial.pop(arriving.key, None)
        arriving.drop()
