"""The tour: sample calls through the real window against the practice desk, by key presses, with a picture of every stage."""

import sys
import urllib.request
from collections.abc import Callable
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError

from PySide6.QtWidgets import QApplication, QCheckBox, QTextBrowser, QWidget

from ptodesk_gui.app import App
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.keyboard import Keyboard, LostError
from ptodesk_gui.application.practice_place import PracticePlace
from ptodesk_gui.practice import Stock, StockTicket
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.progress import PlanProgress, PlanState
from ptodesk_gui.sop.steps import CreateTicket
from ptodesk_gui.ui.history.source_panel import NOT_FOUND
from ptodesk_gui.ui.main_window import CALL

SIZE = (1280, 800)
FETCH_SECONDS = 10.0
MOST_TABS = 12
LOOK_SECONDS, LOOKS = 2.0, 30
PAGE_SIZE = (860, 1100)


PARTNER = Stock(
    "partner",
    (
        StockTicket(
            role="source",
            project="SS",
            summary="Homeowner asks about PTO",
            text="Somebody called us about a system that is not active. We did not write down the name.",
            days_ago=2,
            reporter=("care@omnidian.com", "Omnidian (sample)"),
        ),
    ),
)


def tour(folder: Path, out: Path) -> None:
    """Walk the tour on a fresh practice desk in ``folder``; pictures and pages go to ``out``. Raises LostError, OSError."""
    out.mkdir(parents=True, exist_ok=True)
    place = PracticePlace(folder)
    app = App(place, Clock(), practice=True, countdown=0)
    try:
        app.window.resize(*SIZE)
        app.start()
        walk = _Walk(app, out)
        plan = walk.call()
        walk.open_history()
        walk.waiting_ticket(place)
        _print_tickets(plan)
        _keep_pages(plan, out, walk.pictures)
    finally:
        app.window.close()
        app.stop()
        app.window.deleteLater()


class _Walk:
    """A call, the same homeowner's second one, and a partner's ticket, stage by stage."""

    def __init__(self, app: App, out: Path) -> None:
        self._app = app
        self._hand = Keyboard(app)
        self._out = out
        self.pictures = 0

    def call(self) -> PlanProgress:
        """The whole call; how it was filed."""
        hand, app, today = self._hand, self._app, date.today()
        m2 = today - timedelta(days=41)
        hand.wait(lambda: app.call.view is not None and bool(app.call.entry.agent), "The procedure")
        self._picture("empty")
        for field, text in (
            (Field.FIRST_NAME, "Jane"),
            (Field.LAST_NAME, "Doe"),
            (Field.EMAIL, "jane@example.com"),
            (Field.STREET, "1 Main St"),
            (Field.CITY, "Denver"),
            (Field.STATE, "CO"),
            (Field.ZIP, "80201"),
        ):
            hand.fill(field, text)
        self._picture("caller-and-address")
        for field, text in (
            (Field.INSTALLER, "Sunny Roofs"),
            (Field.JOB_URL, "https://engine.example/jobs/1"),
            (Field.M1, _typed(m2 - timedelta(days=27))),
            (Field.M2, _typed(m2)),
        ):
            hand.fill(field, text)
        self._picture("sixty-days")
        hand.chord("F3")  # refused: the installer's representative is not known yet
        self._picture("copy-refused")
        hand.fill(Field.REP_FIRST_NAME, "Sam")
        hand.fill(Field.REP_EMAIL, "sam@example.com")
        hand.fill(Field.CONCERN, "System installed but not yet active; asks when PTO is expected.")
        self._picture("concern")
        hand.chord("F2")
        self._picture("reply-copied")
        hand.chord("F9")
        hand.wait(lambda: app.window.page == "review", "The review")
        self._picture("review")
        hand.chord("Ctrl+Return")
        hand.wait(lambda: app.window.page == "receipt", "The receipt")
        self._picture("filing")
        hand.wait(lambda: self._plan().state in (PlanState.FILED, PlanState.PERSON), "The end of filing")
        self._picture("receipt")
        hand.chord("Ctrl+Shift+O")
        self._picture("outbox")
        hand.chord("Ctrl+N")
        hand.wait(lambda: app.window.page == CALL, "The next call")
        if self._plan().state is not PlanState.FILED:
            raise LostError("The sample call was not all filed.")
        return self._plan()

    def open_history(self) -> None:
        """The same homeowner calls again: her open tickets are found and chosen (T9, O2)."""
        hand, app = self._hand, self._app
        hand.fill(Field.EMAIL, "jane@example.com")
        hand.wait(lambda: app.beside is not None and bool(app.beside.history.history.rows), "The open tickets")
        self._picture("open-tickets-found")
        hand.chord("Ctrl+H")
        self._picture("open-tickets")
        hand.chord("Return")
        self._picture("adds-to-an-open-ticket")
        hand.chord("Ctrl+N")

    def waiting_ticket(self, place: PracticePlace) -> None:
        """A partner's ticket is taken from the waiting list; what it is about is asked, and is come back to (H9)."""
        hand, app = self._hand, self._app
        if place.served is None or app.beside is None:
            raise LostError("The practice desk is not there.")
        place.served.stock([PARTNER])
        waiting = app.beside.tickets.list
        hand.chord("Ctrl+T")
        self._look_until(lambda: waiting.count() > 0, "The waiting ticket")
        self._picture("waiting-tickets")
        for key in ("Down", "Return"):
            hand.chord(key)
        hand.wait(lambda: app.window.page == CALL and bool(app.call.entry.text(Field.SOURCE_KEY)), "The ticket")
        hand.chord("F7")
        self._tab_to(NOT_FOUND)
        hand.chord("Space")
        self._picture("ticket-beside-the-form")
        hand.chord("F9")
        hand.wait(lambda: app.window.page == "review", "The review")
        hand.chord("Ctrl+Return")
        hand.wait(lambda: app.reminding is not None and bool(app.reminding.waiting), "The follow-up")
        hand.chord("Ctrl+Shift+O")
        self._picture("follow-ups")

    def _tab_to(self, words: str) -> None:
        """Go on with Tab to the box that says so."""
        for _ in range(MOST_TABS):
            focused = QApplication.focusWidget()
            if isinstance(focused, QCheckBox) and focused.text() == words:
                return
            self._hand.chord("Tab")
        raise LostError(f"The box {words} could not be reached by keyboard.")

    def _look_until(self, condition: Callable[[], bool], what: str) -> None:
        """Look again until the desk's search shows what is new."""
        for _ in range(LOOKS):
            try:
                self._hand.wait(condition, what, LOOK_SECONDS)
            except LostError:
                self._hand.chord("F5")
            else:
                return
        raise LostError(f"{what} did not come.")

    def _plan(self) -> PlanProgress:
        """The first plan, as far as the window knows it."""
        if self._app.filing is None or not self._app.filing.plans:
            raise LostError("The sample call is in no outbox.")
        return self._app.filing.plans[min(self._app.filing.plans)]

    def _picture(self, name: str) -> None:
        QApplication.processEvents()
        self.pictures += 1
        _save(self._app.window, self._out / f"{self.pictures:02d}-{name}.png")


def _save(widget: QWidget, file: Path) -> None:
    if not widget.grab().save(str(file)):
        raise LostError(f"The picture {file.name} could not be written to {file.parent}.")


def _typed(day: date) -> str:
    """A date as an agent types it."""
    return f"{day.month}/{day.day}/{day.year}"


def _print_tickets(plan: PlanProgress) -> None:
    for step in plan.steps:
        if isinstance(step.step, CreateTicket):
            sys.stdout.write(f"{step.ticket}  {step.step.summary}\n")


def _keep_pages(plan: PlanProgress, out: Path, before: int) -> None:
    """What a person sees of each ticket on the desk, as text and as a picture, numbered on from the pictures before."""
    for number, (role, url) in enumerate(plan.browse_urls.items(), before + 1):
        with urllib.request.urlopen(url, timeout=FETCH_SECONDS) as answer:  # noqa: S310 - the practice desk, on loopback
            html = answer.read().decode("utf-8")
        name = f"{number:02d}-ticket-{plan.tickets[role]}"
        (out / f"{name}.txt").write_text(_text_of(html), encoding="utf-8")
        page = QTextBrowser()
        page.resize(*PAGE_SIZE)
        page.setHtml(html)
        _save(page, out / f"{name}.png")


class _Text(HTMLParser):
    """The words of a page, a line for each block."""

    BLOCKS = frozenset({"p", "div", "tr", "h1", "h2", "h3", "li", "article", "section", "br", "pre", "table"})

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._skipping = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Style sheets are no words."""
        self._skipping = tag in ("style", "script", "title")
        if tag in self.BLOCKS:
            self.words.append("\n")
        elif tag in ("td", "th"):
            self.words.append("  ")

    def handle_endtag(self, tag: str) -> None:
        """The end of a style sheet."""
        self._skipping = False

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self._skipping:
            self.words.append(data)


def _text_of(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    lines = (line.strip() for line in "".join(parser.words).splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def run_tour(out: Path) -> int:
    """The tour as a command: 0 when it went well, else 1 and one sentence on stderr."""
    try:
        with TemporaryDirectory(prefix="ptodesk-tour-", ignore_cleanup_errors=True) as folder:
            tour(Path(folder), out)
    except (LostError, URLError, OSError) as error:
        sys.stderr.write(f"The tour did not reach its end: {error}\n")
        return 1
    sys.stdout.write(f"Pictures of every stage: {out.resolve()}\n")
    return 0
