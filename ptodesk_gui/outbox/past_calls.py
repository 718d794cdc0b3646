"""Past calls by name, email, address or ticket key, although nothing of that can be read in the file.

Beginnings of words are kept as values that only the store's key makes (a blind index): a question is looked up by its
own, and what is found is opened and compared. Every function works within the caller's transaction.
"""

import json
import math
from collections.abc import Iterator
from typing import Final

from ptodesk_gui.outbox import tables
from ptodesk_gui.outbox.record import PlanRow, known_tickets
from ptodesk_gui.outbox.sealing import Seal, SealedConnection, UnsealError
from ptodesk_gui.sop import finding
from ptodesk_gui.sop.finding import FoundBy
from ptodesk_gui.sop.progress import PastCall

Within = tuple[float, float]  # from when until when a call was queued, in seconds since the epoch
ALWAYS: Final[Within] = (-math.inf, math.inf)
_PLACE: Final = "found_by.facts"
_COUNTED: Final = 5000  # a beginning that is that frequent is not counted further
_MANY: Final = 2**62
_STRETCH: Final = 4096  # ids of plans that are looked through first
_SEEK: Final = 30  # one look for one id takes as long as reading so many in their order


def note(db: SealedConnection, plan: PlanRow) -> None:
    """Have a plan's call found by what is in it and by the keys of its tickets as they are known now."""
    facts = finding.found_by(plan.title, [row.step for row in plan.steps], known_tickets(plan.steps).values())
    old = _facts(db, plan.plan_id)
    if facts == old:
        return
    new, gone = finding.beginnings(facts.words), finding.beginnings(old.words if old else ())
    _drop(db, plan.plan_id, gone - new)
    db.executemany(
        "INSERT OR IGNORE INTO terms VALUES (?, ?)", [(db.seal.blind(word), plan.plan_id) for word in new - gone]
    )
    sealed = sealed_facts(db.seal, plan.plan_id, facts)
    db.execute("INSERT OR REPLACE INTO found_by VALUES (?, ?)", (plan.plan_id, sealed))


def forget(db: SealedConnection, plan_id: int) -> None:
    """Let nothing of a call be found any more."""
    facts = _facts(db, plan_id)
    if facts is not None:
        _drop(db, plan_id, finding.beginnings(facts.words))
        db.execute("DELETE FROM found_by WHERE plan_id = ?", (plan_id,))


def find(db: SealedConnection, words: str, limit: int, within: Within = ALWAYS) -> tuple[PastCall, ...]:
    """The newest calls that have all of these words, at most ``limit`` of them; none for no words."""
    found = _find(db, finding.asked_for(words), limit, within)
    if not found and any(mark in words for mark in "-@"):
        found = _find(db, finding.asked_for(words, whole=False), limit, within)
    return found


def latest(db: SealedConnection, limit: int, within: Within = ALWAYS) -> tuple[PastCall, ...]:
    """The newest calls, at most ``limit`` of them."""
    query = "SELECT plan_id FROM plans WHERE created >= ? AND created < ? ORDER BY plan_id DESC LIMIT ?"
    return tuple(_past_call(db, plan_id) for (plan_id,) in db.execute(query, (*within, limit)).fetchall())


def missing(db: SealedConnection, before: int, most: int) -> list[int]:
    """The newest plans with an id below ``before`` that cannot be found yet."""
    query = (
        "SELECT plan_id FROM plans WHERE plan_id < ? AND NOT EXISTS"
        " (SELECT 1 FROM found_by WHERE found_by.plan_id = plans.plan_id) ORDER BY plan_id DESC LIMIT ?"
    )
    return [plan_id for (plan_id,) in db.execute(query, (before, most))]


def _find(db: SealedConnection, asked: tuple[str, ...], limit: int, within: Within) -> tuple[PastCall, ...]:
    calls: list[PastCall] = []
    if not asked:
        return ()
    for plan_id in _candidates(db, {db.seal.blind(finding.beginning_of(word)) for word in asked}):
        if len(calls) >= limit:
            break
        if finding.answers(_read(db, plan_id)[0], asked):
            call = _past_call(db, plan_id)
            if within[0] <= call.created < within[1]:
                calls.append(call)
    return tuple(calls)


def _past_call(db: SealedConnection, plan_id: int) -> PastCall:
    query = "SELECT call_id, site, title, created, open FROM plans WHERE plan_id = ?"
    call_id, site, title, created, is_open = db.execute(query, (plan_id,)).fetchone()
    words = db.seal.opened("plans.title", call_id, title)
    facts = _facts(db, plan_id) or FoundBy("", (), (), ())
    return PastCall(plan_id, words, created, not is_open, site, facts.address, facts.emails, facts.keys)


def _candidates(db: SealedConnection, terms: set[bytes]) -> Iterator[int]:
    """The plans that have all the terms, the newest first: a stretch of ids at a time, each longer than the one before."""
    often = {term: _frequency(db, term) for term in terms}
    rarest, *others = sorted(terms, key=often.__getitem__)
    (high,) = db.execute("SELECT coalesce(max(plan_id), 0) FROM plans").fetchone()
    length = _STRETCH
    while high > 0:
        low = max(0, high - length)
        found = _ids(db, rarest, low, high)
        for term in others:
            if len(found) * _SEEK < min(high - low, often[term]):
                found = {plan_id for plan_id in found if _ids(db, term, plan_id - 1, plan_id)}
            elif found:
                found &= _ids(db, term, low, high)
        yield from sorted(found, reverse=True)
        high, length = low, length * 4


def _ids(db: SealedConnection, term: bytes, above: int, up_to: int) -> set[int]:
    query = "SELECT plan_id FROM terms WHERE term = ? AND plan_id > ? AND plan_id <= ?"
    return {plan_id for (plan_id,) in db.execute(query, (term, above, up_to))}


def _frequency(db: SealedConnection, term: bytes) -> int:
    query = "SELECT count(*) FROM (SELECT 1 FROM terms WHERE term = ? LIMIT ?)"
    (count,) = db.execute(query, (term, _COUNTED)).fetchone()
    return int(count) if count < _COUNTED else _MANY


def _facts(db: SealedConnection, plan_id: int) -> FoundBy | None:
    words, rest = _read(db, plan_id)
    if not rest:
        return None
    address, emails, keys = json.loads(rest)
    return FoundBy(address, tuple(emails), tuple(keys), tuple(words.split()))


def sealed_facts(seal: Seal, plan_id: int, facts: FoundBy) -> bytes | str:
    """What a call is found by as it is kept: its words first, so that they are compared without reading the rest."""
    rest = json.dumps([facts.address, facts.emails, facts.keys], ensure_ascii=False)
    return seal.sealed(_PLACE, str(plan_id), f"{' '.join(facts.words)}\n{rest}")


def _read(db: SealedConnection, plan_id: int) -> tuple[str, str]:
    """The words and the rest; nothing when it does not open: that costs the search this call, until its next change."""
    found = db.execute("SELECT facts FROM found_by WHERE plan_id = ?", (plan_id,)).fetchone()
    if found is None:
        return "", ""
    try:
        words, _, rest = db.seal.opened(_PLACE, str(plan_id), found[0]).partition("\n")
    except UnsealError:
        return "", ""
    return words, rest


def _drop(db: SealedConnection, plan_id: int, words: frozenset[str]) -> None:
    db.executemany("DELETE FROM terms WHERE term = ? AND plan_id = ?", [(db.seal.blind(w), plan_id) for w in words])


def note_plan(db: SealedConnection, plan_id: int) -> None:
    """The same as ``note``, for a plan on disk. Raises KeyError when there is none of that id."""
    note(db, tables.read_plan(db, plan_id))
