"""Names in other scripts within a sentence: set apart, so that they turn no other word around.

Only in what is shown, never in what is copied or filed.
"""

import re
from typing import Final

ISOLATE: Final = "\u2068"  # first strong isolate
END: Final = "\u2069"  # pop directional isolate
_RIGHT_TO_LEFT: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"


def shown(text: str) -> str:
    """The text with every run of right-to-left words set apart. Costs next to nothing where there is none."""
    if text.isascii():
        return text
    found = _runs()
    return found.sub(lambda run: f"{ISOLATE}{run[0]}{END}", text) if found.search(text) else text


def plain(text: str) -> str:
    """The text as it was before ``shown``."""
    return text.replace(ISOLATE, "").replace(END, "")


_compiled: list[re.Pattern[str]] = []


def _runs() -> re.Pattern[str]:
    """Words of right-to-left letters, with the spaces and apostrophes between them; compiled when it is needed first."""
    if not _compiled:
        word = f"[{_RIGHT_TO_LEFT}](?:[^\\s,.;:()\\[\\]<>\u2013\u2014]*[{_RIGHT_TO_LEFT}])?"
        _compiled.append(re.compile(f"{word}(?:[ \u00a0]+{word})*"))
    return _compiled[0]
