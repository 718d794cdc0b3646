"""What the settings window shows and what it asks to be kept."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SettingsView:
    """The settings as they hold now. ``locked`` names those set by IT ("url", "email", "agent", "theme", "text_size"); ``also_set`` says
    what else IT has set, a line each; ``faults`` what is wrong with the policy or the settings' file, a sentence each.

    ``keyring_fault`` is a sentence when there is no keyring to keep the token in, else empty.
    """

    url: str = ""
    email: str = ""
    agent: str = ""
    locked: frozenset[str] = frozenset()
    also_set: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    token_stored: bool = False
    keyring_fault: str = ""
    practice: bool = False
    practice_fresh: bool = False  # every practice begins with a fresh desk
    theme: str = "system"  # of ``theme.THEMES``
    text_size: int = 100  # percent of the system's


@dataclass(frozen=True, slots=True)
class SettingsWanted:
    """What the agent asks to be kept. ``token`` is empty when the one that is stored stays; it is never printed."""

    url: str
    email: str
    agent: str
    token: str = field(default="", repr=False)
    practice_fresh: bool = False


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of the connection test. ``ok`` None: nothing wrong, worth knowing. ``cure``: what to do when it is wrong."""

    ok: bool | None
    text: str
    cure: str = ""
