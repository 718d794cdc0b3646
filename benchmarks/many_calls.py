"""A store with as many filed calls as are asked for: each a real plan under another name, written in bulk. All of it is sample data.

Only of the newest calls the steps can be opened, as many as a window shows; those of the others are copies of them, which
have their size and are never looked at.
"""

import json
import random
import secrets
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from ptodesk_gui.outbox import tables
from ptodesk_gui.outbox.keys import Keys
from ptodesk_gui.outbox.opening import connected
from ptodesk_gui.outbox.past_calls import sealed_facts
from ptodesk_gui.outbox.sealing import Seal, SealedConnection
from ptodesk_gui.outbox.store import Store
from ptodesk_gui.sop import finding
from ptodesk_gui.sop.case import Address, Case, Channel, Homeowner, Inspection, Installer, Job
from ptodesk_gui.sop.finding import FoundBy
from ptodesk_gui.sop.flows import make_plan
from ptodesk_gui.sop.review import plan_title
from ptodesk_gui.sop.steps import step_to_dict
from ptodesk_gui.workstation.playbook_files import load_playbook

SITE = "https://desk.example"
BEGAN = 1_700_000_000.0  # seconds since the epoch
OPENED = 300  # calls whose steps can be opened
APART = 600.0  # seconds from one call to the next
_SYLLABLES = [
    "an",
    "be",
    "cor",
    "da",
    "el",
    "fin",
    "gar",
    "hol",
    "in",
    "jo",
    "ka",
    "lan",
    "mar",
    "nor",
    "os",
    "pel",
    "qui",
    "ros",
    "sam",
    "tor",
    "ul",
    "ver",
    "wil",
    "xan",
    "yor",
    "zed",
]


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom one of the calls was about, and the keys of its tickets."""

    first_name: str
    last_name: str
    email: str
    street: str
    city: str
    zip: str
    installer: str
    keys: tuple[str, str]


def callers(count: int, seed: int) -> Iterator[Caller]:
    """Callers whose names, streets and places come up as unevenly as real ones; the same for the same seed."""
    rng = random.Random(seed)
    first, last, streets = (_made_up(rng, n) for n in (400, 3000, 800))
    cities, installers = _made_up(rng, 150), [f"{name} Solar" for name in _made_up(rng, 60)]
    for number in range(count):
        one, two = _often(rng, first), _often(rng, last)
        yield Caller(
            one,
            two,
            f"{one}.{two}{rng.randint(1, 99)}@{rng.choice(('example.com', 'example.org', 'mail.example'))}".lower(),
            f"{rng.randint(1, 9999)} {_often(rng, streets)} St",
            _often(rng, cities),
            f"{rng.randint(501, 99950):05}",
            _often(rng, installers),
            (f"PTO-{2 * number + 1}", f"PTO-{2 * number + 2}"),
        )


def build(path: Path, count: int, seed: int = 1) -> list[Caller]:
    """Make the store; who called, the oldest first."""
    with closing(Store(path)):
        pass
    with closing(connected(path, 10.0)) as db:
        (name,) = db.execute("SELECT id FROM store").fetchone()
        key = Keys(path).find(name)
        if not isinstance(key, bytes):
            raise RuntimeError(key.reason)
        db.seal = Seal(name, key)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -200000"):
            db.execute(f"PRAGMA {pragma}")
        everybody = list(callers(count, seed))
        db.execute("BEGIN")
        _fill(db, everybody)
        db.execute("COMMIT")
    with closing(Store(path)):  # as a program leaves it
        pass
    return everybody


def _fill(db: SealedConnection, everybody: list[Caller]) -> None:
    template = _Template()
    words_in = lru_cache(100_000)(finding.words_in)

    @lru_cache(100_000)
    def terms_of(word: str) -> tuple[bytes, ...]:
        return tuple(map(db.seal.blind, finding.beginnings((word,))))

    db.execute("CREATE TEMP TABLE heap (term BLOB, plan_id INTEGER)")
    for plan_id, caller in enumerate(everybody, 1):
        call_id, now = f"{plan_id:032x}", BEGAN + plan_id * APART
        sealed = [db.seal.sealed(f"plans.{name}", call_id, text) for name, text in template.plan(caller)]
        db.execute("INSERT INTO plans VALUES (?, ?, ?, ?, ?, ?, 0, NULL)", (plan_id, call_id, SITE, *sealed, now))
        facts = template.facts(caller, words_in)
        db.execute("INSERT INTO found_by VALUES (?, ?)", (plan_id, sealed_facts(db.seal, plan_id, facts)))
        terms = {term for word in facts.words for term in terms_of(word)}
        db.executemany("INSERT INTO heap VALUES (?, ?)", [(term, plan_id) for term in terms])
    db.execute("INSERT INTO terms SELECT term, plan_id FROM heap ORDER BY term, plan_id")
    db.execute("INSERT INTO ages SELECT plan_id, 0 FROM plans")
    _fill_steps(db, everybody, template)


def _fill_steps(db: SealedConnection, everybody: list[Caller], template: "_Template") -> None:
    insert = f"INSERT INTO steps VALUES ({', '.join('?' * len(tables.COLUMNS))})"
    opened = len(everybody) - min(len(everybody), OPENED)
    for plan_id, caller in enumerate(everybody[opened:], opened + 1):
        db.executemany(insert, template.steps(db.seal, plan_id, caller, BEGAN + plan_id * APART))
    copied = [
        {"plan_id": "plans.plan_id", "step_key": "printf('%016x%016x', plans.plan_id, steps.position)"}.get(
            column, f"steps.{column}"
        )
        for column in tables.COLUMNS
    ]
    db.execute(
        f"INSERT INTO steps SELECT {', '.join(copied)} FROM plans"
        " JOIN steps ON steps.plan_id = ? + plans.plan_id % ? WHERE plans.plan_id <= ?",
        (opened + 1, len(everybody) - opened, opened),
    )


class _Template:
    """A phone call's plan, with its caller's words left to be put in."""

    _CALLER = Caller("Xfirst", "Xlast", "xemail@example.com", "1 Xstreet St", "Xcity", "00501", "Xinstaller", ("", ""))

    def __init__(self) -> None:
        x = self._CALLER
        case = Case(
            channel=Channel.PHONE,
            agent="Dana Reyes",
            homeowner=Homeowner(x.first_name, x.last_name, x.email),
            address=Address(x.street, x.city, "CO", x.zip),
            installer=Installer(x.installer, "Sam", "sam@installer.example"),
            job=Job(True, "https://engine.example/jobs/1", date(2026, 1, 5), date(2026, 2, 1), None),
            inspection=Inspection.PASSED,
            concern="System installed but not yet active; asks when PTO is expected.",
        )
        self._title = plan_title(case)
        self._steps = [
            (step.id, json.dumps(step_to_dict(step, whole=True), ensure_ascii=False))
            for step in make_plan(case, load_playbook(), date(2026, 3, 14)).steps
        ]

    def plan(self, caller: Caller) -> tuple[tuple[str, str], tuple[str, str]]:
        """Title and properties."""
        return ("title", self._in_words_of(caller, self._title)), ("properties", '{"ptodesk.playbook": {"version": 1}}')

    def steps(self, seal: Seal, plan_id: int, caller: Caller, now: float) -> Iterator[tuple[object, ...]]:
        """The rows of its steps, all of them done."""
        for position, (id_, text) in enumerate(self._steps):
            key = secrets.token_hex(16)
            ticket = caller.keys[id_.startswith("installer")]
            values = {
                "plan_id": plan_id,
                "position": position,
                "step_id": id_,
                "step": seal.sealed("steps.step", key, self._in_words_of(caller, text)),
                "step_key": key,
                "state": "done",
                "ticket": ticket,
                "url": f"{SITE}/browse/{ticket}",
                "attempts": 1,
                "first_attempt": now,
                "last_attempt": now,
                "since": now,
                "scope": "step",
                "not_before": None,
                **dict.fromkeys(("reason", "cure", "left_to_do"), ""),
                **dict.fromkeys(("reporter_missing", "looks", "for_person"), 0),
            }
            yield tuple(values[column] for column in tables.COLUMNS)

    def facts(self, caller: Caller, words_in: Callable[[str], tuple[str, ...]]) -> FoundBy:
        """What the call is found by, as it would be read from its steps."""
        address = f"{caller.street}, {caller.city}, CO {caller.zip}"
        emails = (caller.email, "sam@installer.example")
        number, _, street = caller.street.partition(" ")
        names = (caller.first_name, caller.last_name, caller.installer, "Sam", street, caller.city, "CO")
        words = [word for text in (*names, *caller.email.split("@"), emails[1]) for word in words_in(text)]
        words += [number, caller.zip]
        numbers = [key.rpartition("-")[2] for key in caller.keys]
        every = dict.fromkeys((*map(str.casefold, caller.keys), *emails, *words, *numbers))
        return FoundBy(address, emails, caller.keys, tuple(every))

    def _in_words_of(self, caller: Caller, text: str) -> str:
        x = self._CALLER
        for mark, word in (
            (x.email, caller.email),
            (x.first_name, caller.first_name),
            (x.last_name, caller.last_name),
            (x.street, caller.street),
            (x.city, caller.city),
            (x.zip, caller.zip),
            (x.installer, caller.installer),
        ):
            text = text.replace(mark, word)
        return text


def _made_up(rng: random.Random, count: int) -> list[str]:
    """So many words that are nobody's name."""
    words: dict[str, None] = {}
    while len(words) < count:
        words["".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4))).capitalize()] = None
    return list(words)


def _often(rng: random.Random, words: list[str]) -> str:
    """One of the words, the first ones more often than the last: of 3,000 the first comes up in 1.8 % of the calls."""
    return words[int(len(words) * rng.random() ** 2)]
