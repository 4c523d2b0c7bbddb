"""Creates the application: `python app.py` migrates, loads the data and serves."""

import sys

if sys.version_info < (3, 11):
    sys.exit("Python 3.11 or newer is needed, this is %d.%d." % sys.version_info[:2])

from dashboard.__main__ import main

if __name__ == "__main__":
    sys.exit(main(["serve"]))
