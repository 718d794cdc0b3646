"""A program of its own for tests of the start: the real window, which tells on stdout what happens to it.

``python -m tests.acceptance.started [--answer S] [--type TEXT] [argument of ptodesk-gui ...]``. Lines: ``open`` once later starts can reach
it, ``second`` and what the strip says when it is not the only one, ``forward`` with what is typed when it was asked to come forward.
"""

import json
import sys

from PySide6.QtCore import QTimer

from ptodesk_gui.__main__ import main
from ptodesk_gui.app import App
from ptodesk_gui.application import handover, presence
from ptodesk_gui.application.keyboard import Keyboard
from ptodesk_gui.application.program import Program
from ptodesk_gui.sop.entry import Field

LONG = 300.0  # seconds: no slow machine is to look like a window that hangs


def tell(what: str, **more: object) -> None:
    sys.stdout.write(json.dumps({"what": what, **more}) + "\n")
    sys.stdout.flush()


def take(arguments: list[str], name: str) -> str | None:
    """The value of an option of this module, taken out of the arguments."""
    if name not in arguments:
        return None
    at = arguments.index(name)
    value = arguments[at + 1]
    del arguments[at : at + 2]
    return value


def watch(text: str | None) -> None:
    """Have the window tell, and type."""
    begin, open_reception = Program.begin, handover.Reception.open

    def begun(program: Program) -> App:
        app = begin(program)
        forward = presence.come_forward

        def come(window: object) -> None:
            program._window.showMinimized()
            forward(program._window)
            tell(
                "forward",
                minimized=program._window.isMinimized(),
                active=program._window.isActiveWindow(),
                typed=app.call.entry.text(Field.FIRST_NAME),
                focus=app.call.focus,
            )

        presence.come_forward = come  # type: ignore[assignment]
        if text is not None:
            app.backstage.opened.connect(
                lambda: QTimer.singleShot(0, lambda: Keyboard(app).fill(Field.FIRST_NAME, text))
            )
        app.backstage.found.connect(
            lambda found: tell("found", notice=found.notice, drafts=[d.payload["values"] for d in found.drafts])
        )
        return app

    def opened(reception: handover.Reception) -> bool:
        done = open_reception(reception)
        tell("open" if done else "deaf")
        return done

    Program.begin = begun  # type: ignore[method-assign]
    handover.Reception.open = opened  # type: ignore[method-assign]


if __name__ == "__main__":
    given = sys.argv[1:]
    handover.ANSWER_SECONDS = float(take(given, "--answer") or LONG)  # type: ignore[misc]
    handover.START_SECONDS = LONG  # type: ignore[misc]
    watch(take(given, "--type"))
    sys.exit(main(given))
