"""``ptodesk outbox export``: all that is nowhere else but on this computer, readable, from every store there is."""

import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ptodesk_gui.console import station as st

if TYPE_CHECKING:
    from ptodesk_gui.outbox.export import Exported, Reminder
    from ptodesk_gui.outbox.record import Draft
    from ptodesk_gui.sop.progress import PlanProgress, StepProgress

NOTHING: Final = "There is no outbox on this computer yet."
THERE_ALREADY: Final = "There is a file {file} already; name another one."
NOT_WRITTEN: Final = "The file {file} could not be written: {why}."
INCOMPLETE: Final = "Not all of it could be read; what is missing is named in the export."


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write it into a new file for you alone, instead of printing it.",
)
@click.pass_obj
def export(practice: bool, form: str, target: Path | None) -> None:
    """Print the calls that are not ended or not all filed, and the follow-ups, of this outbox and of every one set aside.

    Changes nothing, and works while the window is open.
    """
    with st.logged():
        stores = _stores(practice)
    if not stores:
        st.end(st.FILED, NOTHING)
    text = json.dumps([_as_json(store) for store in stores], ensure_ascii=False, indent=1) if form == "json" else ""
    _give((text or "\n".join(line for store in stores for line in _lines(store))).encode() + b"\n", target)
    if any(store.unreadable for store in stores):
        st.end(st.PERSON, INCOMPLETE)


def _stores(practice: bool) -> "list[Exported]":
    from ptodesk_gui.application.place import Guarded
    from ptodesk_gui.outbox.export import export as read
    from ptodesk_gui.outbox.keys import Keys

    place = st.place_of(practice=practice)
    try:
        keys = Keys(place.store_path, place.store_keys if isinstance(place, Guarded) else None)
        return read(place.store_path, keys, time.time())
    finally:
        place.close()


def _give(content: bytes, target: Path | None) -> None:
    if target is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    except FileExistsError:
        st.end(st.INVALID, THERE_ALREADY.format(file=target))
    except OSError as error:
        st.end(st.INVALID, NOT_WRITTEN.format(file=target, why=error.strerror))


# --- for people -------------------------------------------------------------------------------------------------------


def _lines(store: "Exported") -> Iterator[str]:
    counts = f"{len(store.drafts)} not ended, {len(store.plans)} not all filed, {len(store.follow_ups)} to come back to"
    yield f"# {store.file} ({'in use' if store.in_use else 'set aside'}): {counts}"
    yield from (f"! {sentence}" for sentence in store.unreadable)
    for draft in store.drafts:
        yield from _draft_lines(draft)
    for plan in store.plans:
        yield from _plan_lines(plan)
    if store.follow_ups:
        yield from ("", "## To come back to", *map(_follow_up_line, store.follow_ups))
    yield ""


def _draft_lines(draft: "Draft") -> Iterator[str]:
    from ptodesk_gui.application.call import entry_from_draft
    from ptodesk_gui.sop.entry_words import entry_lines

    yield from ("", f"## Call that was not ended, saved {_when(draft.saved)}")
    for name, value in entry_lines(entry_from_draft(draft.call_id, draft.payload)):
        yield from _indented(name, value)


def _plan_lines(plan: "PlanProgress") -> Iterator[str]:
    yield from ("", f"## Call {plan.plan_id}: {plan.title}")
    yield f"queued {_when(plan.created)} for {plan.site}, {plan.done} of {len(plan.steps)} steps done"
    if plan.tickets:
        yield f"tickets: {', '.join(f'{role} {key}' for role, key in plan.tickets.items())}"
    for number, step in enumerate(plan.steps, 1):
        yield from _step_lines(number, step)


def _step_lines(number: int, step: "StepProgress") -> Iterator[str]:
    from ptodesk_gui.sop.review import step_lines

    ticket = f", {step.ticket}" if step.ticket else ""
    yield f"{number}. {step.words} ({step.state.value}{ticket})"
    if why := " ".join(part for part in (step.reason, step.cure, step.left_to_do) if part):
        yield f"   {why}"
    for line in step_lines(step.step):
        yield from (f"   {part}" for part in _indented(line.label, line.text))


def _follow_up_line(one: "Reminder") -> str:
    due = "whenever an answer comes" if one.due is None else f"due {_when(one.due)}"
    return f"{one.ticket}: {one.text} ({due}; call {one.plan_id})"


def _indented(name: str, value: str) -> Sequence[str]:
    first, *rest = value.split("\n")
    return [f"{name}: {first}", *(f"    {line}" for line in rest)]


def _when(seconds: float) -> str:
    from ptodesk_gui.outbox.export import when

    return when(seconds)


# --- for programs -----------------------------------------------------------------------------------------------------


def _as_json(store: "Exported") -> dict[str, Any]:
    return {
        "file": store.file,
        "in_use": store.in_use,
        "drafts": [
            {"call": d.call_id, "saved": _iso(d.saved), "field": d.focus, **dict(d.payload)} for d in store.drafts
        ],
        "plans": [_plan_json(plan) for plan in store.plans],
        "follow_ups": [
            {"plan": f.plan_id, "ticket": f.ticket, "text": f.text, "due": _iso(f.due)} for f in store.follow_ups
        ],
        "unreadable": store.unreadable,
    }


def _plan_json(plan: "PlanProgress") -> dict[str, Any]:
    from ptodesk_gui.sop.steps import step_to_dict

    return {
        "plan": plan.plan_id,
        "call": plan.call_id,
        "title": plan.title,
        "site": plan.site,
        "queued": _iso(plan.created),
        "tickets": dict(plan.tickets),
        "steps": [
            {
                **step_to_dict(step.step),
                "words": step.words,
                "state": step.state.value,
                "made": step.ticket,
                "reason": step.reason,
                "cure": step.cure,
                "left_to_do": step.left_to_do,
            }
            for step in plan.steps
        ],
    }


def _iso(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds).astimezone().isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return None
