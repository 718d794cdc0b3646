"""A program of its own for tests of the start: the real window, which tells on stdout what happens to it.

``python -m tests.acceptance.started [--answer S] [--type TEXT] [--end HOW] [argument of ptodesk-gui ...]``. Lines: ``open`` once later
starts can reach it, ``found`` with what there was at the start, ``said`` with what the strip says then and what there is to copy,
``filed`` with the state of every plan it tells of, ``forward`` with what is typed when it was asked to come forward.
``--end segfault`` or ``--end fatal``: what it typed is kept, then it ends from one instant to the next.
"""

import builtins
import contextlib
import faulthandler
import json
import sys
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer, qFatal
from PySide6.QtWidgets import QWidget

from ptodesk_gui.__main__ import main
from ptodesk_gui.app import App
from ptodesk_gui.application import handover, presence
from ptodesk_gui.application.keyboard import Keyboard
from ptodesk_gui.application.program import Program
from ptodesk_gui.sop.entry import Field

LONG = 300.0  # seconds: no slow machine is to look like a window that hangs
ELSEWHERE: list[str] = []
ENDS: dict[str, Callable[[], None]] = {
    "segfault": faulthandler._sigsegv,  # type: ignore[attr-defined]
    "fatal": lambda: qFatal("QSample::end: Jane Witness"),
}


def tell(what: str, **more: object) -> None:
    sys.stdout.write(json.dumps({"what": what, **more}) + "\n")
    sys.stdout.flush()


def loads_elsewhere() -> list[str]:
    """What of Qt is named in modules that are loaded by another thread than the window's, from now on."""
    found: list[str] = []
    load = builtins.__orig_import__  # type: ignore[attr-defined]

    def watched(name: str, *how: Any, **more: Any) -> object:
        if name.startswith("PySide6") and threading.current_thread() is not threading.main_thread():
            found.append(f"{name} {how[2:3]} in {threading.current_thread().name}")
        return load(name, *how, **more)

    # PySide has put an import of its own there, and the program takes it back: this one stays.
    builtins.__import__ = builtins.__orig_import__ = watched  # type: ignore[attr-defined]
    return found


def take(arguments: list[str], name: str) -> str | None:
    """The value of an option of this module, taken out of the arguments."""
    if name not in arguments:
        return None
    at = arguments.index(name)
    value = arguments[at + 1]
    del arguments[at : at + 2]
    return value


def ready(program: Program, app: App, text: str | None, end: str | None) -> None:
    """Everything is open: type, tell, end."""
    watch = program._watching
    assert watch is not None
    if text is not None:
        Keyboard(app).fill(Field.FIRST_NAME, text)
    tell("said", strip=program._window._strip.text, report=watch._shown.report, elsewhere=ELSEWHERE)
    if end is not None:
        app.calling.drafts.flush()
        app.backstage.disk.submit(lambda: None, lambda _: ENDS[end]())


def watch(text: str | None, end: str | None) -> None:
    """Have the window tell, and type."""
    begin, open_reception, forward = Program.begin, handover.Reception.open, presence.come_forward

    def begun(program: Program) -> App:
        app = begin(program)

        def come(window: QWidget) -> None:
            window.showMinimized()
            forward(window)
            state = {"minimized": window.isMinimized(), "active": window.isActiveWindow()}
            tell(
                "forward",
                **state,
                strip=program._window._strip.text,
                typed=app.call.entry.text(Field.FIRST_NAME),
                focus=app.call.focus,
            )

        presence.come_forward = come
        stage = app.backstage
        stage.found.connect(lambda f: tell("found", notice=f.notice, drafts=[d.payload["values"] for d in f.drafts]))
        stage.progressed.connect(lambda plan: tell("filed", state=plan.state))
        stage.opened.connect(lambda: QTimer.singleShot(0, lambda: ready(program, app, text, end)))
        return app

    def opened(reception: handover.Reception) -> bool:
        done = open_reception(reception)
        tell("open" if done else "deaf", elsewhere=ELSEWHERE)
        return done

    Program.begin = begun  # type: ignore[method-assign]
    handover.Reception.open = opened  # type: ignore[method-assign]


if __name__ == "__main__":
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # what is made to end here leaves no file of its memory
    ELSEWHERE = loads_elsewhere()
    given = sys.argv[1:]
    handover.ANSWER_SECONDS = float(take(given, "--answer") or LONG)  # type: ignore[misc]
    handover.START_SECONDS = LONG  # type: ignore[misc]
    watch(take(given, "--type"), take(given, "--end"))
    sys.exit(main(given))
