"""Past calls by name, email, address or ticket key, although nothing of that can be read in the file.

Beginnings of words are kept as values that only the store's key makes (a blind index): a question is looked up by its
own, and what is found is opened and compared. Every function works within the caller's transaction.
"""

import json
from collections.abc import Iterator
from typing import Final

from ptodesk_gui.outbox import tables
from ptodesk_gui.outbox.record import PlanRow, known_tickets
from ptodesk_gui.outbox.sealing import SealedConnection, UnsealError
from ptodesk_gui.sop import finding
from ptodesk_gui.sop.finding import FoundBy
from ptodesk_gui.sop.progress import PastCall

_PLACE: Final = "found_by.facts"
_COUNTED: Final = 1000  # a beginning that is that frequent is not counted further


def note(db: SealedConnection, plan: PlanRow) -> None:
    """Have a plan's call found by what is in it and by the keys of its tickets as they are known now."""
    facts = finding.found_by(plan.title, [row.step for row in plan.steps], known_tickets(plan.steps).values())
    old = _facts(db, plan.plan_id, plan.call_id)
    if facts == old:
        return
    new, gone = finding.beginnings(facts.words), finding.beginnings(old.words if old else ())
    _drop(db, plan.plan_id, gone - new)
    db.executemany(
        "INSERT OR IGNORE INTO terms VALUES (?, ?)", [(db.seal.blind(word), plan.plan_id) for word in new - gone]
    )
    text = json.dumps([facts.address, facts.emails, facts.keys, facts.words], ensure_ascii=False)
    sealed = db.seal.sealed(_PLACE, plan.call_id, text)
    db.execute("INSERT OR REPLACE INTO found_by VALUES (?, ?)", (plan.plan_id, sealed))


def forget(db: SealedConnection, plan_id: int, call_id: str) -> None:
    """Let nothing of a call be found any more."""
    facts = _facts(db, plan_id, call_id)
    if facts is not None:
        _drop(db, plan_id, finding.beginnings(facts.words))
        db.execute("DELETE FROM found_by WHERE plan_id = ?", (plan_id,))


def find(db: SealedConnection, words: str, limit: int) -> tuple[PastCall, ...]:
    """The newest calls that have all of these words, at most ``limit`` of them; none for no words."""
    found = _find(db, finding.asked_for(words), limit)
    if not found and "-" in words:
        found = _find(db, finding.asked_for(words, keys=False), limit)
    return found


def missing(db: SealedConnection, before: int, most: int) -> list[int]:
    """The newest plans with an id below ``before`` that cannot be found yet."""
    query = (
        "SELECT plan_id FROM plans WHERE plan_id < ? AND NOT EXISTS"
        " (SELECT 1 FROM found_by WHERE found_by.plan_id = plans.plan_id) ORDER BY plan_id DESC LIMIT ?"
    )
    return [plan_id for (plan_id,) in db.execute(query, (before, most))]


def _find(db: SealedConnection, asked: tuple[str, ...], limit: int) -> tuple[PastCall, ...]:
    calls: list[PastCall] = []
    if not asked:
        return ()
    for plan_id in _candidates(db, {db.seal.blind(finding.beginning_of(word)) for word in asked}):
        if len(calls) >= limit:
            break
        call_id, site, title, created, is_open = db.execute(
            "SELECT call_id, site, title, created, open FROM plans WHERE plan_id = ?", (plan_id,)
        ).fetchone()
        facts = _facts(db, plan_id, call_id)
        if facts is not None and finding.answers(facts.words, asked):
            words = db.seal.opened("plans.title", call_id, title)
            calls.append(PastCall(plan_id, words, created, not is_open, site, facts.address, facts.emails, facts.keys))
    return tuple(calls)


def _candidates(db: SealedConnection, terms: set[bytes]) -> Iterator[int]:
    """The plans that have all the terms, the newest first: walked along the rarest."""
    rarest, *others = sorted(terms, key=lambda term: _frequency(db, term))
    also = " AND EXISTS (SELECT 1 FROM terms AS other WHERE other.term = ? AND other.plan_id = terms.plan_id)"
    query = f"SELECT plan_id FROM terms WHERE term = ?{also * len(others)} ORDER BY plan_id DESC"  # noqa: S608
    for (plan_id,) in db.execute(query, (rarest, *others)):
        yield plan_id


def _frequency(db: SealedConnection, term: bytes) -> int:
    query = "SELECT count(*) FROM (SELECT 1 FROM terms WHERE term = ? LIMIT ?)"
    (count,) = db.execute(query, (term, _COUNTED)).fetchone()
    return int(count)


def _facts(db: SealedConnection, plan_id: int, call_id: str) -> FoundBy | None:
    found = db.execute("SELECT facts FROM found_by WHERE plan_id = ?", (plan_id,)).fetchone()
    if found is None:
        return None
    try:
        address, emails, keys, words = json.loads(db.seal.opened(_PLACE, call_id, found[0]))
    except UnsealError:  # it costs the search this call, and is written anew with the call's next change
        return None
    return FoundBy(address, tuple(emails), tuple(keys), tuple(words))


def _drop(db: SealedConnection, plan_id: int, words: frozenset[str]) -> None:
    db.executemany("DELETE FROM terms WHERE term = ? AND plan_id = ?", [(db.seal.blind(w), plan_id) for w in words])


def note_plan(db: SealedConnection, plan_id: int) -> None:
    """The same as ``note``, for a plan on disk. Raises KeyError when there is none of that id."""
    note(db, tables.read_plan(db, plan_id))
