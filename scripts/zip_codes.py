"""Writes resources/zip_codes/us.txt.xz, the list of ZIP codes that fills in city and state (docs/decisions/0025).

The list is taken from the package ``zipcodes``, which the program itself does not need. Where that is installed,
``python -c "import json, zipcodes; print(json.dumps(zipcodes.list_all()))" > records.json``; then here
``python -m scripts.zip_codes records.json``, look at the count that it prints, and commit the file.
"""

import json
import lzma
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ptodesk_gui.sop.typed import STATES

FILE = Path(__file__).resolve().parents[1] / "resources" / "zip_codes" / "us.txt.xz"


def lines(records: Iterable[Mapping[str, Any]]) -> list[str]:
    """A line for each ZIP code of the states, the District of Columbia and Puerto Rico, in their order."""
    made = {}
    for record in records:
        if record["state"] in STATES:
            names = (record["city"], *record["acceptable_cities"], *record["unacceptable_cities"])
            plain = dict.fromkeys(" ".join(name.replace("|", " ").split()) for name in names)
            made[record["zip_code"]] = f"{record['zip_code']}{record['state']}{'|'.join(plain)}"
    return [made[code] for code in sorted(made)]


def main() -> None:
    """Write the file anew from the records that the argument names."""
    records = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    text = "".join(f"{line}\n" for line in lines(records)).encode()
    packed = lzma.compress(text, check=lzma.CHECK_CRC32, preset=9 | lzma.PRESET_EXTREME)
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_bytes(packed)
    sys.stdout.write(f"{len(text.splitlines())} ZIP codes, {len(packed)} bytes\n")


if __name__ == "__main__":
    main()
