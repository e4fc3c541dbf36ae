"""The executor script of the demo: what a CI plug-in would send along to test a product."""

import hashlib
import os
import re
import sys
import time
import zipfile


def say(line):
    print(line, flush=True)


def main():
    say("executor script in Python " + sys.version.split()[0] + ", test " + os.environ["TAS_TEST_ID"])
    report = []
    for argument in sys.argv[1:]:
        role, path = argument.split(":", 1)
        with open(path, encoding="utf-8") as file:
            rm_code = re.search("<rm-code>(.*?)</rm-code>", file.read()).group(1)
        imei = os.path.splitext(os.path.basename(path))[0]
        report.append("%s product %s, IMEI %s" % (role, rm_code, imei))
        say(report[-1])
    with open("firmware.img", "rb") as image:
        content = image.read()
    report.append("firmware.img: %d bytes, SHA-256 %s" % (len(content), hashlib.sha256(content).hexdigest()))
    say(report[-1])
    for step in ("flash the product", "run the test tools", "collect the logs"):
        time.sleep(0.3)
        say("step: " + step)
        report.append(step + ": done")
    with zipfile.ZipFile("results.zip", "w") as results:
        results.writestr("report.txt", "\n".join(report) + "\n")
    say("results.zip is written")


if __name__ == "__main__":
    main()
