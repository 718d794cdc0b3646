"""A playbook that almost is one: it is refused with its faults and their places, or calls go on with it, without a raw variable."""

import re
import tomllib
from datetime import date
from pathlib import Path
from random import Random

import tomlkit
from hypothesis import given

from ptodesk_gui.sop.case import Case
from ptodesk_gui.sop.case_check import read_case
from ptodesk_gui.sop.faults import PlaybookFaults
from ptodesk_gui.sop.flows import make_plan
from ptodesk_gui.sop.plan import Plan
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.playbook_check import check_playbook
from ptodesk_gui.sop.steps import CreateTicket, EditTicket, InternalComment, PublicReply
from ptodesk_gui.workstation.playbook_files import packaged_playbook
from tests.fuzz.shares import SEEDS, share
from tests.fuzz.test_mutated_cases import CASES
from tests.mutations import changed_json, changed_text

TODAYS = (date(2026, 3, 14), date(2026, 6, 1))
VARIABLE = re.compile(r"\$\{?[A-Za-z_]")
READ: list[Case] = [read_case(case) for case in CASES]
FOLDER: Path = packaged_playbook()
TOML = (FOLDER / "playbook.toml").read_text("utf-8")
REPLIES = {file.stem: file.read_text("utf-8").rstrip("\n") for file in sorted((FOLDER / "replies").glob("*.txt"))}


def mutated(seed: int) -> tuple[str, dict[str, str]]:
    """The playbook that came with the program, with something changed in a value, in how it is written, or in a reply."""
    chance = Random(seed)  # noqa: S311 - the same every time
    times, toml, replies = chance.choice((1, 1, 2, 4)), TOML, dict(REPLIES)
    match chance.randrange(3):
        case 0:
            toml = changed_text(TOML, chance, times)
        case 1:
            toml = _written(changed_json(tomllib.loads(TOML), chance, times)) or TOML
        case _:
            which = chance.choice(sorted(replies))
            replies[which] = changed_text(replies[which], chance, times)
            if chance.random() < 0.2:
                replies[f"{which}x"] = replies.pop(chance.choice(sorted(replies)))
    return toml, replies


def _written(values: object) -> str:
    """The values as TOML; empty for what TOML cannot say."""
    try:
        return tomlkit.dumps(values)  # type: ignore[arg-type]
    except (TypeError, ValueError, AttributeError, KeyError):
        return ""


def said(plan: Plan) -> list[str]:
    """Everything of a plan that somebody will read."""
    found = [step.body for step in plan.steps if isinstance(step, PublicReply | InternalComment)]
    found += [step.summary for step in plan.steps if isinstance(step, CreateTicket)]
    return found + [
        step.summary for step in plan.steps if isinstance(step, EditTicket) and isinstance(step.summary, str)
    ]


@share(0.2)
@given(SEEDS)
def test_a_mutated_playbook_is_refused_with_its_places_or_can_be_followed(seed: int) -> None:
    book, lines = checked(*mutated(seed))
    if book is not None:
        can_be_followed(book)
    else:
        assert lines
        assert all(line.strip() and "\n" not in line for line in lines)


def checked(toml: str, replies: dict[str, str]) -> tuple[Playbook | None, list[str]]:
    """The playbook, or every fault of it."""
    try:
        return check_playbook(toml, replies), []
    except PlaybookFaults as wrong:
        return None, list(wrong.lines)


def can_be_followed(book: Playbook) -> None:
    for case in READ:
        for today in TODAYS:
            for text in said(make_plan(case, book, today)):
                assert text.strip()
                assert not VARIABLE.search(text)


def test_the_playbook_itself_can_be_followed() -> None:
    can_be_followed(check_playbook(TOML, REPLIES))
