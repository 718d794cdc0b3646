"""What the built ``ptodesk`` runs."""

import sys

from ptodesk_gui.console.main import main

if __name__ == "__main__":
    sys.exit(main())
