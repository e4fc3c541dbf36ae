"""Files on their way over a session (docs/session.md, section 6): what is sent and what arrives."""

import collections
import hashlib
import os

PIECE = 65536
SENT_AT_ONCE = 65536

# Where an arriving file goes. `key` tells files apart, so that one whose connection broke is known again; `on_stored`
# is called when it is in its place.
Target = collections.namedtuple("Target", "key path size on_stored")


class Outgoing:
    """A file that is sent: opened anew whenever its stream is."""

    MOST_TRIES = 5

    def __init__(self, path, put, on_failure):
        self.path = path
        self.put = put
        self.on_failure = on_failure
        self.tries = 0
        self.file = None

    def begin(self):
        self.close()
        self.size, self.digest = measure(self.path)
        self.file = open(self.path, "rb")
        self.position = 0
        self.is_ended = False
        self.is_small = self.size <= SENT_AT_ONCE
        self.credit = self.size if self.is_small else 0
        self.is_accepted = self.is_small  # a small file waits for nothing

    def accepted(self, offset, credit):
        if not self.is_small:
            self.file.seek(offset)
            self.position = offset
            self.is_accepted = True
            self.credit = credit

    def next_octets(self):
        octets = b"" if self.file is None else self.file.read(min(PIECE, self.credit))
        self.position += len(octets)
        self.credit -= len(octets)
        return octets

    def is_to_be_ended(self):
        """True once, when all was sent."""
        if self.is_ended or not self.is_accepted or self.position < self.size:
            return False
        self.is_ended = True
        return True

    def may_be_repeated(self):
        self.tries += 1
        return self.tries < self.MOST_TRIES

    def close(self):
        if self.file is not None:
            self.file.close()
            self.file = None


class Incoming:
    """A file that arrives: beside its place until it is complete and verified."""

    WINDOW = 1 << 20

    def __init__(self, target):
        self.key = target.key
        self.target = target
        self.part = target.path + ".part"
        self.file = None
        self.is_stored = False
        self._empty()

    def resume(self):
        """From where it is to be sent; a small file comes without being asked for, from its first octet."""
        if 0 <= self.target.size <= SENT_AT_ONCE:
            self._empty()
        self.stored = 0
        return self.length

    def write(self, octets):
        """Stores octets; returns how many more may be sent for those that were."""
        self.file.write(octets)
        self.digest.update(octets)
        self.length += len(octets)
        self.stored += len(octets)
        if self.stored < self.WINDOW // 2:
            return 0
        more, self.stored = self.stored, 0
        return more

    def complete(self, digest):
        """Puts the file into its place if it is what was sent; returns whether it is."""
        is_right = digest == self.digest.digest() and self.target.size in (-1, self.length)
        if is_right and not self.is_stored:
            self.file.close()
            os.replace(self.part, self.target.path)
            self.is_stored = True
            self.target.on_stored()
        return is_right

    def drop(self):
        self.file.close()
        if os.path.exists(self.part):
            os.remove(self.part)

    def _empty(self):
        if self.file is not None:
            self.file.close()
        self.is_stored = False
        self.file = open(self.part, "wb")
        self.digest = hashlib.sha256()
        self.length = 0
        self.stored = 0


def measure(path):
    """Size and SHA-256 of a file."""
    digest = hashlib.sha256()
    size = 0
    with open(path, "rb") as file:
        while octets := file.read(1 << 20):
            digest.update(octets)
            size += len(octets)
    return size, digest.digest()
