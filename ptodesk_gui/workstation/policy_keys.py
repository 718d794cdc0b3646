"""What IT may set: every key of the policy, what its value must be, and what it means. The schema is written from this."""

import re
from dataclasses import dataclass
from typing import Final

KEEP_DAYS: Final = 90
KEEP_DAYS_MOST: Final = 3650
COUNTDOWN_MOST: Final = 30  # seconds
FORMAT: Final = 1  # of the policy file that this version knows

_PROXY: Final = r"(none|https?://[^\s/@?#]+/?)"
_SOURCE: Final = r"(?!\w+://[^/]*@)[\s\S]*"
_HASH: Final = r"[0-9a-fA-F]{64}"
_PUBLIC_KEY: Final = r"[A-Za-z0-9+/]{43}="  # 32 bytes


@dataclass(frozen=True, slots=True)
class Key:
    """A key. A text must match ``pattern`` as a whole; a number lies between ``least`` and ``most``; a list has such texts."""

    name: str
    means: str
    kind: type = str
    pattern: str = r"[\s\S]*"
    must: str = "be a text in quotes"
    least: int = 0
    most: int = 0
    of_it: bool = False  # no user can set it, so that [locked] and [default] are the same for it

    def accepts(self, value: object) -> bool:
        """Whether a value can be meant."""
        if self.kind is int:
            return isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most
        if self.kind is list:
            return isinstance(value, list) and all(isinstance(v, str) and self._fits(v) for v in value)
        if self.kind is bool:
            return isinstance(value, bool)
        return isinstance(value, str) and self._fits(value)

    def _fits(self, text: str) -> bool:
        return re.fullmatch(self.pattern, text.strip()) is not None


def _choice(*words: str) -> tuple[str, str]:
    return f"({'|'.join(words)})", f"be one of {', '.join(words)}"


THEMES: Final = ("system", "light", "dark", "contrast", "contrast-dark")
TEXT_SIZES: Final = ("80", "90", "100", "110", "125", "150", "175", "200")  # percent of the system's
_THEME, _THEME_MUST = _choice(*THEMES)
_SIZE, _SIZE_MUST = _choice(*TEXT_SIZES)
LEVELS: Final = ("debug", "info", "warning", "error")
_LEVEL, _LEVEL_MUST = _choice(*LEVELS)

# [locked] and [default]
SETTINGS: Final[tuple[Key, ...]] = (
    Key("url", "The Jira site that tickets go to, such as https://your-company.atlassian.net."),
    Key("email", "Who signs in at the site. Best left to the agents."),
    Key("agent", "The name under replies. Best left to the agents."),
    Key("playbook", "A playbook.toml or its folder on this computer. For one that is fetched see [playbook]."),
    Key("theme", "The window's colours.", pattern=_THEME, must=_THEME_MUST),
    Key(
        "text_size", "The size of all text, in percent of the system's.", pattern=_SIZE, must=f"{_SIZE_MUST}, in quotes"
    ),
    Key(
        "project",
        "The project that tickets are made in, instead of the playbook's.",
        pattern=r"(|[A-Z][A-Z0-9_]+)",
        must="be a project key in capital letters, such as PTO",
        of_it=True,
    ),
    Key(
        "proxy",
        'The proxy for every connection, such as http://proxy.example:3128; "none" for no proxy at all. Without it the system\'s holds.',
        pattern=f"(|{_PROXY})",
        must='look like http://proxy.example:3128, without a sign-in in it, or be "none"',
        of_it=True,
    ),
    Key("ca_file", "A file with certificates (PEM) that are trusted besides the system's.", of_it=True),
    Key("log_level", "How much the logs say.", pattern=_LEVEL, must=_LEVEL_MUST, of_it=True),
    Key(
        "countdown",
        "Seconds between File and the sending, in which a call can be taken back, instead of the playbook's.",
        kind=int,
        must=f"be a whole number from 0 to {COUNTDOWN_MOST}",
        most=COUNTDOWN_MOST,
        of_it=True,
    ),
)
RETENTION: Final = (
    Key(
        "keep_days",
        "After so many days calls that are over, and drafts nobody went on with, are removed.",
        kind=int,
        must=f"be a whole number from 1 to {KEEP_DAYS_MOST}",
        least=1,
        most=KEEP_DAYS_MOST,
    ),
)
PLAYBOOK: Final = (
    Key(
        "source",
        "Where the playbook is fetched from: an https address or a file of a share that ends in .zip, or a folder of a share.",
        pattern=_SOURCE,
        must="be a text in quotes, without a sign-in in it",
    ),
    Key(
        "sha256",
        "The SHA-256 of the .zip. No other is used.",
        pattern=f"(|{_HASH})",
        must="be 64 letters and digits, as `ptodesk playbook pack` prints them",
    ),
    Key(
        "public_keys",
        "Whoever signs playbooks. A .zip without the signature of one of them (in a file beside it, .zip.sig) is not used.",
        kind=list,
        pattern=_PUBLIC_KEY,
        must='be a list of keys in quotes, ["..."], as `ptodesk playbook keys` prints them',
    ),
)
UPDATES: Final = (
    Key("off", "Accepted for completeness: the program has no updater.", kind=bool, must="be true or false"),
)

SECTIONS: Final[dict[str, tuple[Key, ...]]] = {
    "locked": SETTINGS,
    "default": SETTINGS,
    "retention": RETENTION,
    "playbook": PLAYBOOK,
    "updates": UPDATES,
}
OF_IT: Final = tuple(key.name for key in SETTINGS if key.of_it)
