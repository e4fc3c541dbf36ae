"""The executor script of the guide's example, for Python 3: prints a hundred lines and packs its results."""

import os
import sys
import zipfile


def main():
    print("Starting demo test in", os.getcwd())
    for product in sys.argv[1:]:
        print("Product", product)
    for number in range(100):
        print("Demo output line", number, "1. Flash the phone. 2. Run test tool. 3. Pack test results into results.zip")
    print("Demo test is over")
    print("Compressing test results to results.zip")
    with zipfile.ZipFile("results.zip", "w") as results:
        results.write("execute.py")


if __name__ == "__main__":
    main()
