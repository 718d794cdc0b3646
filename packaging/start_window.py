"""What the built ``ptodesk-gui`` runs."""

import sys

from ptodesk_gui.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
