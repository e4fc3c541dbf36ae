"""Messages of docs/protocol.md: written as our programs write them, read as XML."""

import xml.etree.ElementTree as ElementTree
from xml.sax.saxutils import escape


def leaf(name, value):
    return "<%s>%s</%s>\n" % (name, escape(str(value)), name)


def block(name, *inside):
    return "<%s>\n%s</%s>\n" % (name, "".join(inside), name)


def address(name, host_and_port):
    return block(name, leaf("hostname", host_and_port[0]), leaf("port", host_and_port[1]))


def message(kind, sender, receiver, *envelope):
    text = block(
        "message",
        leaf("type", kind),
        address("sender", sender),
        address("receiver", receiver),
        block("envelope", *envelope),
    )
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + text).encode("utf-8")


def named(test, sub_id=""):
    """A test that is only named."""
    return block("test", leaf("id", test), leaf("sub-id", sub_id))


class Received:
    """A message that came in; missing leaves are empty."""

    def __init__(self, xml):
        self.root = ElementTree.fromstring(xml)
        self.type = self.at("type")
        self.operation = self.at("envelope/operation")
        self.test = self.at("envelope/test/id")
        self.sub_id = self.at("envelope/test/sub-id")
        self.sender = (self.at("sender/hostname"), int(self.at("sender/port") or 0))

    def at(self, path):
        return (self.root.findtext(path) or "").strip()

    def text(self):
        """The lines of a text message: the first begins behind a line feed, the last has tabs behind its own."""
        raw = self.root.findtext("envelope/text") or ""
        raw = raw[1:] if raw.startswith("\n") else raw
        return raw.rstrip("\t").rstrip("\n")

    def text_number(self):
        """Attempt and number of a text that may come twice; None when it has none."""
        number = self.at("envelope/text-number").split("/")
        return tuple(map(int, number)) if len(number) == 2 else None
