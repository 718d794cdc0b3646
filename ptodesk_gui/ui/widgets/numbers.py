"""Values of the namespace ``Qt`` as the numbers that ``setProperty`` and ``QPainter.drawText`` take as well.

Naming one of them (``Qt.AlignmentFlag.AlignTop``) makes PySide load the whole namespace, a hundred enumerations: a tenth of the
start. What is built and painted first goes without (docs/decisions/0009).
"""

from typing import Final

# TextFormat
PLAIN_TEXT: Final = 0

# AlignmentFlag
CENTRED: Final = 0x84
LEADING: Final = 0x81  # in the middle of the height, where the reading begins
TOP_LEADING: Final = 0x21

# TextFlag
WORD_WRAP: Final = 0x1000
SHOW_MNEMONIC: Final = 0x0800

# FocusPolicy
NO_FOCUS: Final = 0
TAB_FOCUS: Final = 1

# ScrollBarPolicy
ALWAYS_OFF: Final = 1
