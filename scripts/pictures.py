"""make pictures: a picture of every state of the window, from sample calls against the practice desk.

``python -m scripts.pictures [KEPT [REST]]``. The same pictures every time: the clock is set, all data is made up.
"""

import argparse
import sys
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication, QListWidget, QWidget

from ptodesk_gui.app import App
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.keyboard import Keyboard, LostError
from ptodesk_gui.application.practice_place import PracticePlace
from ptodesk_gui.practice import PracticeDesk, faults
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.ledger import LedgerRow
from ptodesk_gui.sop.progress import PlanProgress, PlanState
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.main_window import CALL
from ptodesk_gui.ui.past import PastPage
from ptodesk_gui.ui.text_size import set_text_size
from ptodesk_gui.workstation.ledger_file import NAME as LEDGER_FILE
from ptodesk_gui.workstation.ledger_file import LedgerFile
from ptodesk_gui.workstation.playbook_files import packaged_playbook
from ptodesk_gui.workstation.settings import Settings
from scripts.camera import USUAL, Camera
from scripts.pictures_page import write_page

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "docs" / "pictures"
REST = ROOT / "artifacts" / "pictures"
TODAY = date(2026, 3, 16)
NOON = datetime(2026, 3, 16, 12, tzinfo=UTC).timestamp()
_COUNTDOWN = 10  # seconds
_LEDGER_DAYS = 14
_FRIDAY = 4
CREATE = "POST /rest/api/3/issue"

CALLER: Mapping[Field, str] = {
    Field.FIRST_NAME: "Jane",
    Field.LAST_NAME: "Doe",
    Field.EMAIL: "jane@example.com",
    Field.PHONE: "303 555 0100",
    Field.STREET: "1 Main St",
    Field.CITY: "Denver",
    Field.STATE: "CO",
    Field.ZIP: "80202",
}
JOB: Mapping[Field, str] = {
    Field.INSTALLER: "Sunny Roofs",
    Field.JOB_URL: "https://engine.example/jobs/1",
    Field.M1: "11/3/2025",
}
REST_OF_CALL: Mapping[Field, str] = {
    Field.REP_FIRST_NAME: "Sam",
    Field.REP_EMAIL: "sam@example.com",
    Field.CONCERN: "System installed but not yet active; asks when PTO is expected.",
}
WRONG: Mapping[Field, str] = {Field.EMAIL: "jane@example", Field.ZIP: "8020", Field.M2: "13/1/2026", Field.STATE: "Q"}


class Place(PracticePlace):
    """A practice desk whose clock is set."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        super().__init__(folder)
        self._now = clock.now

    def _new_desk(self, settings: Settings) -> PracticeDesk:
        return PracticeDesk(self._folder(), clock=self._now)

    def ledger(self) -> LedgerFile:
        """The agent's own figures, as far as there are any."""
        found = next(self._folder().rglob(LEDGER_FILE), None)
        if found is None:
            raise LostError("The calls are in no ledger.")
        return LedgerFile(found.parent)


class Walk:
    """Sample calls, state by state."""

    def __init__(self, app: App, place: Place, camera: Camera, percent: int) -> None:
        self._app = app
        self._place = place
        self._hand = Keyboard(app)
        self._camera = camera
        self._percent = percent
        self.steady = 0.0  # what the clock of the call shows
        self.still: float | None = None  # the time at which the clock stands; None: it goes

    def all(self) -> None:
        """Every state."""
        self._begin()
        self._call()
        self._other_calls()
        self._after_the_call()
        self._trouble()
        self._beside()
        self._windows()
        self._several()
        self._settings()

    @property
    def desk(self) -> PracticeDesk:
        """The practice desk."""
        if self._place.served is None:
            raise LostError("The practice desk is not there.")
        return self._place.served

    def _begin(self) -> None:
        opened: list[None] = []
        self._app.backstage.opened.connect(lambda: opened.append(None))
        self._app.window.resize(*USUAL[0])
        self._app.start()
        self._hand.wait(lambda: bool(opened) and self._app.call.view is not None, "The window with all behind it")
        set_text_size(self._camera.application, self._percent)
        self._take("empty", main=True)

    def _call(self) -> None:
        self._type(CALLER)
        self.steady = 47.0
        self._take("caller")
        self._type({**JOB, Field.M2: _typed(TODAY - timedelta(days=41))})
        self.steady = 132.0
        self._take("within", main=True)
        self._type(REST_OF_CALL)
        self._hand.chord("F2")
        self._take("copied")

    def _other_calls(self) -> None:
        for name, days in (("past", 83), ("due-today", 60)):
            self._type({Field.M2: _typed(TODAY - timedelta(days=days))})
            self._take(name, main=name == "past")
        self._type({Field.M2: ""})
        self._take("no-m2")
        self._type(
            {Field.M2: _typed(TODAY - timedelta(days=41)), Field.CITY: "Littleton", Field.INSTALLER: "Top Electric"}
        )
        self._take("flags", main=True)
        self._type({Field.CITY: "Denver", Field.INSTALLER: "Sunny Roofs"})
        self._type(WRONG)
        self._hand.go_to(Field.M2)
        self._take("faults")
        self._hand.chord("F9")
        self._wait_for("review")
        self._take("problems")
        self._hand.chord("Escape")
        self._type({**CALLER, Field.M2: _typed(TODAY - timedelta(days=41))})

    def _after_the_call(self) -> None:
        self._hand.chord("F9")
        self._wait_for("review")
        self._take("review", main=True)
        self._countdown()
        gate = threading.Event()
        self.desk.fault(CREATE, faults.held(gate), nth=2)
        self._file()
        self._hand.wait(lambda: "PTO-1" in self._plan.tickets.values(), "The first ticket")
        self._take("filing")
        gate.set()
        self._hand.wait(lambda: self._plan.state is PlanState.FILED, "The end of filing")
        self._take("receipt", main=True)

    def _countdown(self) -> None:
        """For some seconds after File the call can be gone back to; the clock stands, so that they are the same in every picture."""
        filing = self._app.filing
        if filing is None:
            raise LostError("There is no outbox.")
        self.still = self._app.clock.now()
        filing.countdown = _COUNTDOWN
        self._file()
        back = self._app.window.action("call.back")
        self._hand.wait(lambda: self._plan.undo_until is not None, "The countdown")
        self._app.tick()
        self._camera.take("countdown")
        back.trigger()
        self._wait_for("review")
        filing.countdown, self.still = 0, None

    def _several(self) -> None:
        """Calls on hold, one that waits, and the narrow window beside the softphone."""
        for first, last, seconds in (("Ana", "Sample", 0.0), ("Ben", "Sample", 75.0), ("Joe", "Roe", 190.0)):
            self._hand.chord("Ctrl+N")
            self._wait_for(CALL)
            self._type(
                {**CALLER, Field.FIRST_NAME: first, Field.LAST_NAME: last, Field.EMAIL: f"{first.lower()}@example.com"}
            )
            self.steady += seconds
        self._take("on-hold")
        self._app.open_link("ptodesk://call?name=Kim%20Sample&phone=303%20555%200101")
        self._take("caller-waits")
        self._type({**JOB, Field.M2: _typed(TODAY - timedelta(days=41))})
        self._hand.chord("F11")
        self._camera.take_as_it_is("compact")
        self._hand.chord("F11")

    def _trouble(self) -> None:
        """A step that is refused, and a desk that cannot be reached."""
        self._again("Alex", "Roe")
        refusal = '{"errorMessages": [], "errors": {"reporter": "The reporter specified is not a user."}}'
        self.desk.fault(CREATE, faults.answer(400, refusal), times=None)
        self._file()
        self._hand.wait(lambda: self._plan.state is PlanState.PERSON, "The refusal")
        self._take("refused")
        self._again("Kim", "Poe")
        self.desk.clear_faults()
        self.desk.fault(lambda method, path: path.startswith("/rest/"), faults.cut_before(), times=None)
        self._file()
        self._hand.wait(lambda: any(step.reason for step in self._plan.steps), "That the desk cannot be reached")
        self._take("queued-offline")
        self._hand.chord("Ctrl+Shift+O")
        self._take("outbox")
        self.desk.clear_faults()

    def _beside(self) -> None:
        """The same homeowner calls again: her open tickets are found (T9)."""
        self._hand.chord("Ctrl+N")
        self._wait_for(CALL)
        self._type({Field.EMAIL: "jane@example.com"})
        self._hand.wait(lambda: bool(self._app.beside and self._app.beside.history.history.rows), "The open tickets")
        self._take("open-tickets-found")
        self._hand.chord("Ctrl+H")
        self._take("history")
        self._hand.chord("Escape")
        self._hand.chord("Ctrl+T")
        self._take("waiting-tickets")
        self._hand.chord("Escape")

    def _windows(self) -> None:
        self._hand.chord("Ctrl+F")
        self._wait_for("past")
        found = self._app.window.findChildren(PastPage)[0].findChildren(QListWidget)
        self._hand.wait(lambda: any(each.count() for each in found), "The past calls")
        self._take("past-calls")
        self._hand.chord("Escape")
        self._figures()
        self._hand.chord("Ctrl+Shift+L")
        self._wait_for("ledger")
        self._take("ledger")
        self._hand.chord("Escape")
        self._hand.chord("F1")
        self._take("keys")
        self._hand.chord("Escape")
        self._hand.chord("Ctrl+Shift+P")
        self._take("playbook")
        self._hand.chord("Escape")

    def _figures(self) -> None:
        """Two weeks of made-up calls in the place of those of the walk, which took no time."""
        ledger = self._place.ledger()
        ledger.remove_before(TODAY + timedelta(days=1))
        for back in range(_LEDGER_DAYS):
            day = TODAY - timedelta(days=back)
            for call in range(0 if day.weekday() > _FRIDAY else 6 + back * 5 % 4):
                review = 12.0 + call * 7 % 30
                row = LedgerRow(
                    day,
                    call=150.0 + (37 * call + 53 * back) % 240,
                    review=review,
                    wrap_up=review + 20 + (13 * call + 5 * back) % 50,
                    desk=3.0 + call * 5 % 9,
                    corrections=int(call % 4 == 0),
                )
                ledger.add(f"sample-{back}-{call}", row)

    def _settings(self) -> None:
        if self._app.settling is not None:
            self._app.settling.open()
            self._camera.take_apart("settings", self._app.settling.dialog)
            self._app.settling.dialog.close()

    @property
    def _plan(self) -> PlanProgress:
        plans = self._app.filing.plans if self._app.filing is not None else {}
        if not plans:
            raise LostError("The sample call is in no outbox.")
        return plans[max(plans)]

    def _again(self, first: str, last: str) -> None:
        """Another homeowner's call, up to the review."""
        self._hand.chord("Ctrl+N")
        self._wait_for(CALL)
        self._type({**CALLER, **JOB, **REST_OF_CALL, Field.M2: _typed(TODAY - timedelta(days=41))})
        self._type({Field.FIRST_NAME: first, Field.LAST_NAME: last, Field.EMAIL: f"{first.lower()}@example.com"})
        self._hand.chord("F9")
        self._wait_for("review")

    def _file(self) -> None:
        before = len(self._app.filing.plans) if self._app.filing is not None else 0
        self._hand.chord("Ctrl+Return")
        self._hand.wait(lambda: self._app.filing is not None and len(self._app.filing.plans) > before, "The plan")
        self._wait_for("receipt")

    def _wait_for(self, page: str) -> None:
        self._hand.wait(lambda: self._app.window.page == page, f"The page {page}")

    def _type(self, values: Mapping[Field, str]) -> None:
        """Type, quicker than by keys: the inputs say the same."""
        for field, text in values.items():
            self._app.window.call_page.checklist.inputs.fill(field, text)

    def _take(self, name: str, *, main: bool = False) -> None:
        self._app.calling.drafts.flush()
        self._hand.wait(lambda: not self._app.calling.drafts.why, "The disk")
        self._app.tick()
        self._camera.take(name, main=main)


def _typed(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year}"


def walk(camera_of: Callable[[QWidget], Camera], folder: Path, percent: int = theme.USUAL) -> list[str]:
    """Take every picture, with text of so many percent; the states, in order."""
    began = time.monotonic()
    walks: list[Walk] = []
    clock = Clock(
        now=lambda: walks[0].still if walks and walks[0].still else NOON + time.monotonic() - began,
        today=lambda: TODAY,
        steady=lambda: walks[0].steady if walks else 0.0,
    )
    place = Place(folder, clock)
    app = App(place, clock, practice=False, countdown=0)  # its seconds would be others in every picture
    try:
        camera = camera_of(app.window)
        walks.append(Walk(app, place, camera, percent))
        walks[0].all()
        return camera.taken
    finally:
        app.window.close()
        app.stop()
        app.window.deleteLater()
        app.deleteLater()


def main() -> int:
    """The command: 0 when all went well, else 1 and a sentence."""
    parser = argparse.ArgumentParser(prog="scripts.pictures", description=__doc__)
    parser.add_argument("kept", nargs="?", type=Path, default=KEPT)
    parser.add_argument("rest", nargs="?", type=Path, default=REST)
    parser.add_argument("--text", type=int, default=theme.USUAL, help="percent of the usual text size")
    asked = parser.parse_args()
    application = QApplication(["ptodesk", *theme.STYLE_ARGUMENTS])
    application.setCursorFlashTime(0)
    theme.apply_theme(application, packaged_playbook().parent, theme.LIGHT)
    try:
        with TemporaryDirectory(prefix="ptodesk-pictures-", ignore_cleanup_errors=True) as folder:
            taken = walk(lambda window: Camera(window, asked.kept, asked.rest), Path(folder), asked.text)
    except (LostError, OSError) as error:
        sys.stderr.write(f"The pictures are not all taken: {error}\n")
        return 1
    write_page(asked.kept, taken)
    sys.stdout.write(f"{len(taken)} states: {', '.join(taken)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
