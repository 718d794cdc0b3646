"""Views of a call as plain records, one per stage, so that the window is tried without the procedure behind it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ptodesk_gui.sop.case import Case, Channel
from ptodesk_gui.sop.entry import Entry, Field
from ptodesk_gui.sop.grace import grace_period
from ptodesk_gui.sop.plan import ChosenReply, Plan
from ptodesk_gui.sop.view import (
    CallView,
    ChecklistItem,
    FieldWord,
    GraceView,
    Item,
    ItemState,
    Notice,
    Part,
    Rendering,
    ReplyChoice,
    ReplyOption,
    Saying,
    Weight,
)
from ptodesk_gui.ui.call import CallPage

TODAY = date(2026, 3, 14)
NAMES = {
    Field.FIRST_NAME: "Jane",
    Field.LAST_NAME: "Doe",
    Field.EMAIL: "jane@example.com",
    Field.PHONE: "303 555 0100",
    Field.STREET: "1 Main St",
    Field.CITY: "Littleton",
    Field.STATE: "CO",
    Field.ZIP: "80120",
    Field.INSTALLER: "Sunny Roofs",
    Field.REP_FIRST_NAME: "Sam",
    Field.REP_EMAIL: "sam@example.com",
    Field.JOB_URL: "https://engine.example/jobs/1",
    Field.M1: "1/5",
    Field.M2: "2/1/26",
    Field.CONCERN: "System installed but not yet active; asks when PTO is expected.",
}
SAY_WITHIN = "I see your system was fully installed in {month of install}. Your first payment will not be due until 60 days after {month of install}."
SAY_PAST = (
    "I see your system is currently awaiting the permission to operate (or PTO) letter from the utility. This letter is "
    "required in order to activate your system without incurring fines from your utility. Your installer, {installer}, is "
    "responsible for submitting the PTO letter application with your utility. I will reach out to them on your behalf and "
    "instruct them to contact you with an update on the current status of the PTO letter acquisition and the next steps for "
    "your project."
)
SAY_DOUBLE = (
    "We will escalate this issue directly to your installer and request they take the necessary steps to expedite the "
    "process, so that we can get this resolved as soon as possible."
)
LETTER = (
    "Hello {homeowner}\n\nSample support has received your concern regarding your project.\n\nUpon retrieving your job's "
    "details, it appears that your system is currently awaiting the permission to operate (PTO) letter from your utility. "
    "Your installer, {installer}, is responsible for submitting the application for the PTO letter with your utility.\n\n"
    "We will reach out to your installer on your behalf and instruct them to contact you to address any questions.\n\n"
    "Thank you,\nDana Reyes"
)
BLANK_FIELDS = {
    "installer": "installer.name",
    "homeowner": "homeowner.first_name",
    "month of install": "job.m2",
    "rep": "installer.rep_first_name",
}


def rendering(text: str, **known: str) -> Rendering:
    """The text with ``{blanks}``; the known ones are filled. "month of install" is ``month``."""
    known = {"month of install": known.pop("month", ""), **known}
    parts: list[Part] = []
    for number, piece in enumerate(text.replace("}", "{").split("{")):
        if number % 2 == 0:
            parts.append(Part(piece))
        else:
            value = known.get(piece)
            parts.append(Part(value) if value else Part(piece, BLANK_FIELDS[piece]))
    return Rendering(tuple(parts))


def grace(m2: date | None, fault: str = "") -> GraceView:
    """The 60 days from an M2 date, as of TODAY."""
    g = grace_period(m2, TODAY, 60)
    if g.m2 is None or g.due is None or g.day is None or g.days_left is None:
        head = "Not started: the M2 date cannot be used" if fault else "Not started: M2 is not approved"
        sentence = fault or "No month of install and no due date may be named (C12)."
        return GraceView(g.status, TODAY, None, None, None, None, 60, head, sentence)
    due = f"{g.due:%B} {g.due.day}, {g.due.year}"
    if g.days_left > 0:
        words = f"Day {g.day} of 60", f"{g.days_left} days left: first payment due {due}."
    elif g.days_left == 0:
        words = f"Due today (day {g.day}): still within", f"First payment due today, {due}."
    else:
        words = f"Past: day {g.day}, {-g.days_left} days over", f"First payment was due {due}."
    return GraceView(g.status, TODAY, g.m2, g.due, g.day, g.days_left, 60, *words)


def items(done: int) -> tuple[ChecklistItem, ...]:
    """The first so many items done, the one after them partly, the rest open."""
    made = []
    for number, item in enumerate(Item):
        if number < done:
            made.append(ChecklistItem(item, ItemState.DONE, "known"))
        elif number == done:
            made.append(ChecklistItem(item, ItemState.PARTLY, "Jane; missing: email", "Missing: email"))
        elif item in (Item.INSPECTION, Item.CONTACT):
            words = "Not asked yet" if item is Item.INSPECTION else "Anything else?"
            made.append(ChecklistItem(item, ItemState.OPEN, words, words))
        else:
            made.append(
                ChecklistItem(
                    item,
                    ItemState.OPEN,
                    "Ask for: first name, last name, email",
                    "Ask for: first name, last name, email",
                )
            )
    return tuple(made)


def options(prefix: str, fitting: str, **known: str) -> tuple[ReplyOption, ...]:
    """Three replies of which one fits."""
    titles = {"within": "Within the 60 days", "past": "Past the 60 days", "others": "First payment is due before PTO"}
    return tuple(
        ReplyOption(
            f"{prefix}_{id_}",
            title,
            "H4",
            id_ == fitting,
            "" if id_ == fitting else "the homeowner is within the 60 days",
            rendering(LETTER, **known),
        )
        for id_, title in titles.items()
    )


def view(
    m2: date | None = None,
    *,
    done: int = 0,
    words: dict[Field, FieldWord] | None = None,
    notices: tuple[Notice, ...] = (),
    double_billing: bool = False,
    m2_fault: str = "",
    own: bool = False,
    **known: str,
) -> CallView:
    """A call with this M2 date and these filled blanks (installer, homeowner, rep)."""
    g = grace(m2, m2_fault)
    month = f"{m2:%B}" if m2 else ""
    say: list[Saying] = []
    if g.status == "within":
        say.append(
            Saying(
                "say_within",
                "C8",
                rendering(SAY_WITHIN, month=month),
                "Tell the homeowner that the installer will be asked for an update.",
            )
        )
    elif g.status == "past":
        besides = "Tell the homeowner that the billing process cannot be halted, and that the installer will be asked whether the process can be expedited."
        say.append(Saying("say_past", "C9", rendering(SAY_PAST, **known), besides))
    if double_billing:
        say.append(Saying("say_double_billing", "C10", rendering(SAY_DOUBLE)))
    fitting = "past" if g.status == "past" else "within"
    why = f"Chosen by the procedure: {fitting} the 60 days (H4)."
    chosen = "own" if own else (f"homeowner_{fitting}" if m2 else None)
    homeowner = ReplyChoice(
        chosen,
        own,
        why if m2 else "No M2 date: nothing is sent until you pick or write a reply (C12).",
        options("homeowner", fitting, **known),
    )
    installer = ReplyChoice(f"installer_{fitting}", False, why, options("installer", fitting, **known))
    shown = items(done)
    case = Case(Channel.PHONE, "Dana Reyes")
    nobody = ChosenReply(None, "", ())
    plan = Plan(grace_period(m2, TODAY, 60), (), (), (), nobody, nobody, ())
    return CallView(
        case=case,
        checklist=shown,
        field_words=words or {},
        grace=g,
        say=tuple(say),
        notices=notices,
        homeowner_reply=homeowner,
        installer_reply=installer,
        installer_concern="the status of the permission to operate (PTO) for their solar system",
        problems=(),
        plan=plan,
        next_item=next((s.item for s in shown if s.state is not ItemState.DONE), None),
        ready_to_file=done > 5,
    )


LITTLETON = (
    Notice(
        "littleton_top_electric",
        "C2",
        "Littleton and Top Electric: the utility delays PTO there. The homeowner gets the Littleton reply.",
        "address.city",
    ),
    Notice(
        "no_installer_ticket",
        "I7",
        "Top Electric: no installer ticket. Jessica Hauger is mentioned in the homeowner ticket instead.",
    ),
)
FAULTS = {
    Field.EMAIL: FieldWord(
        Weight.ERROR, "The email address is not valid. It must have exactly one @-sign. Did you mean jane@gmail.com?"
    ),
    Field.ZIP: FieldWord(Weight.WARNING, "This is no ZIP code: 5 or 9 digits, such as 80120 or 80120-1234."),
    Field.STATE: FieldWord(
        Weight.WARNING, "This is no US state: two letters or the whole name, such as CO or Colorado."
    ),
    Field.JOB_URL: FieldWord(
        Weight.ERROR, "This is no web address. Paste the whole address of the job page, beginning with https://."
    ),
    Field.M1: FieldWord(Weight.HINT, "January 5, 2026"),
    Field.M2: FieldWord(
        Weight.ERROR, "There is no month 13. The month comes first: 5/13. Type month/day/year, such as 3/5/2026."
    ),
}
HINTS = {Field.M1: FieldWord(Weight.HINT, "January 5, 2026"), Field.M2: FieldWord(Weight.HINT, "February 1, 2026")}


def stages() -> dict[str, CallView]:
    """The stages of a call that are looked at, by name."""
    faulty = view(done=2, words=FAULTS, m2_fault="There is no month 13. The month comes first: 5/13.")
    broken = tuple(
        replace(
            i,
            state=ItemState.FAULT,
            words="Cannot be used: M2 date, job link",
            wanted="Cannot be used: M2 date, job link",
        )
        if i.item is Item.JOB
        else i
        for i in faulty.checklist
    )
    within = TODAY - timedelta(days=41)
    return {
        "empty": view(),
        "halfway": view(within, done=2, words=HINTS, homeowner="Jane Doe"),
        "within": view(within, done=7, words=HINTS, homeowner="Jane Doe", installer="Sunny Roofs", rep="Sam"),
        "due_today": view(TODAY - timedelta(days=60), done=7, homeowner="Jane Doe", installer="Sunny Roofs"),
        "past": view(
            TODAY - timedelta(days=83), done=7, double_billing=True, homeowner="Jane Doe", installer="Sunny Roofs"
        ),
        "littleton": view(
            within, done=6, words=HINTS, notices=LITTLETON, homeowner="Jane Doe", installer="Top Electric"
        ),
        "faults": replace(faulty, checklist=broken),
        "own": view(within, done=7, own=True, homeowner="Jane Doe", installer="Sunny Roofs"),
    }


def filled(**changes: str) -> Entry:
    """An entry with sample data in its fields."""
    return Entry("call-1", "Dana Reyes", {field.value: text for field, text in NAMES.items()} | changes)


@pytest.fixture(scope="session")
def call_stages() -> dict[str, CallView]:
    """Views of a call, one per stage."""
    return stages()


@pytest.fixture(scope="session")
def make_view() -> Callable[..., CallView]:
    """Makes a view from an M2 date and known blanks."""
    return view


@pytest.fixture
def sample_entry() -> Entry:
    """An entry with sample data."""
    return filled()


@pytest.fixture
def themed(qapp: QApplication, project_dir: Path) -> Iterator[QApplication]:
    """The program's look, taken off again afterwards."""
    from ptodesk_gui.ui.theme import apply_theme

    style, palette = qapp.style().objectName(), qapp.palette()
    apply_theme(qapp, project_dir / "resources")
    yield qapp
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setStyle(style)


@pytest.fixture
def page(qtbot: QtBot, themed: QApplication) -> CallPage:
    """The call page as it stands in a window of 1280 by 800, with the keyboard."""
    made = CallPage()
    qtbot.addWidget(made)
    made.resize(1264, 720)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def edits(page: CallPage) -> list[tuple[str, str]]:
    """What the page says was typed."""
    said: list[tuple[str, str]] = []
    page.edited.connect(lambda path, value: said.append((path, value)))
    return said
