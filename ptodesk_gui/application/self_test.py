"""``ptodesk-gui --self-test``: whether the program, as it was installed, has all that it needs. Changes nothing of the user's."""

import os
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TextIO

from ptodesk_gui import __version__
from ptodesk_gui.application import self_checks

CHECKS: Final[tuple[tuple[str, Callable[[Path], str]], ...]] = (
    ("Resources", self_checks.resources),
    ("Playbook", self_checks.playbook),
    ("Store", self_checks.store),
    ("Keyring", self_checks.keyring),
    ("Trust", self_checks.trust),
    ("Practice desk", self_checks.practice_desk),
    ("Window", self_checks.window),  # the last: Qt ends the process where a display does not answer
)


def self_test(say: Callable[[str], object], checks: tuple[tuple[str, Callable[[Path], str]], ...] = CHECKS) -> bool:
    """Say one line for each check; whether all went well."""
    say(f"ptodesk {__version__}, Python {sys.version.split()[0]}, {sys.platform}{', built' if _is_built() else ''}")
    good = True
    for name, check in checks:
        began = time.perf_counter()
        try:
            with TemporaryDirectory(prefix="ptodesk-self-test-", ignore_cleanup_errors=True) as folder:
                line = f"ok    {name}: {check(Path(folder))}"
        except self_checks.FailedError as error:
            good, line = False, f"FAIL  {name}: {error}"
        except Exception as error:  # whatever it is, it is what the package lacks
            good, line = False, f"FAIL  {name}: {type(error).__name__}: {error}"
        say(f"{line} ({time.perf_counter() - began:.1f} s)")
    say("All is well." if good else "Something is missing: install the program anew, or tell IT.")
    return good


def run_self_test(file: str) -> int:
    """The self-test as a command: exit code 0, or 1 when anything failed. The lines go to ``file``, if one is named."""
    if sys.platform == "linux" and not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    target: AbstractContextManager[TextIO] = (
        open(file, "w", encoding="utf-8") if file else nullcontext(sys.stdout)  # noqa: SIM115 - closed by the with
    )
    with target as out:

        def say(line: str) -> None:
            out.write(f"{line}\n")
            out.flush()

        return 0 if self_test(say) else 1


def _is_built() -> bool:
    return bool(getattr(sys, "frozen", False))
