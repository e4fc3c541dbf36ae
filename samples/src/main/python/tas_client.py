#!/usr/bin/env python3
"""Runs a test on a farm over a session: plain Python, nothing but the standard library.

    python3 tas_client.py --service farm.example.org:31415 --id smoke_42 --workspace . \\
        --executor-application python3 --executor-script execute.py \\
        --artifact firmware.img --results results.zip --require "rm-code:RM-763;"

Written from docs/session.md and docs/protocol.md, to show that they are enough, and to be read by those who write
another. It needs no port of its own. Exit codes as those of the command line: 0 finished, 1 failed, 2 wrong usage,
3 refused, 4 stopped, 5 service, node or network, 130 interrupted.
"""

import argparse
import os
import socket
import ssl
import sys

from tas_messages import Received, block, leaf, message, named
from tas_session import NotTaken, RefusedBySession, Session, SessionLost
from tas_streams import Target

FINISHED, FAILED, WRONG_USAGE, REFUSED, STOPPED, INFRASTRUCTURE, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130
OWN_FAULTS = ("", "test", "requester", "artifact")
LONGEST_STOP = 10.0


def note(sentence):
    print("tas: " + sentence, file=sys.stderr, flush=True)


class TestRun:
    """One test: what the service and its node say of it, and what they get."""

    def __init__(self, options):
        self.options = options
        self.id = options.id
        self.service = options.service
        self.files = list(dict.fromkeys(filter(None, [options.executor_script] + options.artifact)))
        self.session = None
        self.is_started = False
        self.is_accepted = False
        self.is_stopping = False
        self.attempt = 0
        self.has_results = False
        self.code = None
        self.cuts_left = options.cut_once
        self.is_doubtful = False
        self.texts = {}  # sub-id to the number of its last text

    # --- what is told to the service -----------------------------------------------------------

    def tell(self, operation, test):
        self.session.send(lambda you: message("test-operation", you, self.service, leaf("operation", operation), test))

    def start(self):
        self.is_started = True
        self.tell("start", self.description())

    def stop(self):
        if not self.is_stopping:
            self.is_stopping = True
            note("stopping test " + self.id)
            self.tell("stop", named(self.id))

    def leave(self):
        self.session.send(
            lambda you: message(
                "registry-operation", you, self.service, leaf("operation", "deregister"), leaf("remote", "client")
            )
        )

    def description(self):
        it = self.options
        return block(
            "test",
            leaf("id", self.id),
            leaf("sub-id", ""),
            leaf("workspace-path", it.workspace),
            leaf("target", it.target),
            leaf("timeout", it.timeout),
            leaf("attempt", self.attempt) if self.attempt else "",
            leaf("executor-application", it.executor_application),
            leaf("executor-script", it.executor_script) if it.executor_script else "",
            block("artifacts", *(leaf("artifact", name) for name in self.files)) if self.files else "",
            block("envparams", *(block("envparam", leaf("key", k), leaf("value", v)) for k, v in it.env)) if it.env else "",
            leaf("results-filename", it.results),
            leaf("required-products-expression", it.require),
        )

    # --- what the session tells us -------------------------------------------------------------

    def on_welcome(self, is_new, is_restarted):
        note("connected to %s:%d as %s:%d" % (*self.service, *self.session.you))
        if is_new and self.is_started and self.code is None:
            self.is_doubtful = is_restarted  # a service that was not restarted has ended what it does not know
            self.tell("check", named(self.id))

    def on_away(self, why):
        note("the service is away, waiting (%s)" % why)

    def on_refusal(self, sentence):
        if self.is_accepted:
            note("the service did not take a message: " + sentence)
        else:
            self.end(REFUSED, "test %s is refused: %s" % (self.id, sentence))

    def on_message(self, xml):
        it = Received(xml)
        if it.test != self.id:
            raise NotTaken("test %s is not one of this client" % it.test)
        if it.type == "text-message":
            self.on_text(it)
        elif it.type == "test-operation":
            self.on_report(it)
        elif it.type == "file-operation" and it.operation == "get":
            self.on_get(it)

    def on_text(self, it):
        if it.text_number():
            if it.text_number() <= self.texts.get(it.sub_id, (0, 0)):
                return  # came before, by another way
            self.texts[it.sub_id] = it.text_number()
        print(it.text(), flush=True)
        if self.cuts_left:
            self.cuts_left = False
            self.session.cut()

    def on_report(self, it):
        self.attempt = max(self.attempt, int(it.at("envelope/test/attempt") or 0))
        status = it.at("envelope/test/status")
        details = it.at("envelope/test/status-details")
        if it.operation == "stop" and self.is_doubtful and not self.is_stopping:
            self.is_doubtful = False
            note("the service was restarted and does not know test %s, starting it again" % self.id)
            self.start()
        elif it.operation == "stop" or (not it.sub_id and status in ("finished", "failed", "stopped")):
            self.on_end(status, details, it.at("envelope/test/fault"))
        elif status in ("pending", "started"):
            self.is_doubtful = False
            self.is_accepted = True
            note("test %s is %s" % (self.id + it.sub_id, status))

    def on_end(self, status, details, fault):
        if status == "finished" and self.options.results and not self.has_results:
            self.end(FAILED, "test %s has failed: %s did not arrive" % (self.id, self.options.results))
        elif status == "finished":
            self.end(FINISHED, "test %s has finished" % self.id)
        elif status == "stopped" or details.startswith("stopped by"):
            self.end(STOPPED, "test %s was stopped: %s" % (self.id, details))
        elif not self.is_accepted:
            self.end(REFUSED, "test %s is refused: %s" % (self.id, details))
        else:
            code = FAILED if fault in OWN_FAULTS else INFRASTRUCTURE
            self.end(code, "test %s has failed: %s" % (self.id, details))

    def on_get(self, it):
        name = it.at("envelope/file/name")

        def answer(operation, you, *about_file):
            return message(
                "file-operation",
                you,
                it.sender,
                leaf("operation", operation),
                named(self.id, it.sub_id),
                block("file", leaf("name", name), *about_file),
            )

        def abort(why):
            note("%s is not sent: %s" % (name, why))
            self.session.send(lambda you: answer("abort", you))

        path = os.path.join(self.options.workspace, name)
        if name not in self.files or not os.path.isfile(path):
            abort("the test has no such file")
            return
        self.session.send_file(
            path, lambda you, size, digest: answer("put", you, leaf("size", size), leaf("sha-256", digest)), abort
        )

    def on_put(self, xml):
        it = Received(xml)
        name = it.at("envelope/file/name")
        if it.test != self.id or name not in self.results_of(it.sub_id):
            raise NotTaken("test %s has no results of that name" % it.test)
        size = int(it.at("envelope/file/size") or -1)
        key = (name, size, it.at("envelope/file/sha-256"))
        return Target(key, os.path.join(self.options.workspace, name), size, self.on_results)

    def on_results(self):
        self.has_results = True

    def results_of(self, sub_id):
        if not self.options.results:
            return ()
        stem, extension = os.path.splitext(self.options.results)
        return self.options.results, stem + sub_id + extension

    # --- the end -------------------------------------------------------------------------------

    def end(self, code, sentence):
        if self.code is None:
            self.code = code
            note(sentence)

    def is_over(self):
        return self.code is not None


def registration(options):
    """What goes before the first frame: an ordinary registration with the offer in it. Nobody dials us: port 0."""
    own = (socket.gethostname(), 0)
    return lambda offer: message(
        "registry-operation",
        own,
        options.service,
        leaf("operation", "register"),
        leaf("remote", "client"),
        leaf("session", offer),
    )


def read_key(path):
    """TLS and the token of a key file of the farm: its certificates are PEM, its settings lines `key=value`."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    tls.check_hostname = False  # the authority is the farm's own and says what a certificate may be used for
    tls.load_verify_locations(cafile=path)
    tls.load_cert_chain(path)
    with open(path, encoding="utf-8") as lines:
        tokens = [line.split("=", 1)[1].strip() for line in lines if line.startswith("token=")]
    return tls, tokens[0] if tokens else None


def run(options):
    test = TestRun(options)
    try:
        tls, token = read_key(options.farm_key) if options.farm_key else (None, None)
    except (OSError, ssl.SSLError) as e:
        note("the key file %s is of no use: %s" % (options.farm_key, e))
        return WRONG_USAGE
    session = Session(options.service, registration(options), test, tls, token)
    test.session = session
    try:
        session.open()
        test.start()
        try:
            session.run(test.is_over)
        except KeyboardInterrupt:
            test.stop()
            session.run(test.is_over, LONGEST_STOP)
            return INTERRUPTED
        test.leave()
        session.run(session.is_quiet, 2.0)
        return test.code
    except RefusedBySession as e:
        note("%s:%d refuses: %s" % (*options.service, e))
        return REFUSED
    except (OSError, SessionLost) as e:
        note("the service %s:%d is lost: %s" % (*options.service, e))
        return INFRASTRUCTURE
    finally:
        session.close()


def host_and_port(text):
    host, _, port = text.rpartition(":")
    return host.strip("[]"), int(port)


def name_and_value(text):
    name, _, value = text.partition("=")
    return name, value


def parse(arguments):
    parser = argparse.ArgumentParser(prog="tas_client.py", description="Runs a test on a farm over a session.")
    parser.add_argument("--service", required=True, type=host_and_port, metavar="HOST:PORT")
    parser.add_argument("--id", required=True, help="name of the test, unique on the service")
    parser.add_argument("--workspace", default=".", help="directory with the artifacts; results arrive in it")
    parser.add_argument("--executor-application", default="", help="what runs the script on the node")
    parser.add_argument("--executor-script", default="", help="a file of the workspace")
    parser.add_argument("--artifact", action="append", default=[], help="a further file of the workspace")
    parser.add_argument("--results", default="", help="the file that the executor leaves")
    parser.add_argument("--require", default="", help='the products needed, such as "rm-code:RM-763;"')
    parser.add_argument("--target", default="flash", choices=("flash", "nose"))
    parser.add_argument("--timeout", default=21600000, type=int, metavar="MS")
    parser.add_argument("--env", action="append", default=[], type=name_and_value, metavar="NAME=VALUE")
    parser.add_argument("--farm-key", default=os.environ.get("TAS_FARM_KEY"), metavar="FILE", help="lets you in from elsewhere")
    parser.add_argument("--cut-once", action="store_true", help="break the own connection at the first line of output")
    options = parser.parse_args(arguments)
    options.workspace = os.path.abspath(options.workspace)
    for name in filter(None, [options.executor_script] + options.artifact):
        if not os.path.isfile(os.path.join(options.workspace, name)):
            parser.error("there is no file %s in %s" % (name, options.workspace))
    return options


if __name__ == "__main__":
    sys.exit(run(parse(sys.argv[1:])))
