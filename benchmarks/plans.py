"""Plans a second: 10,000 random cases through the procedure, in one process."""

import random
import statistics
import time
from collections.abc import Iterator
from datetime import date, timedelta

from benchmarks.measure import Section
from ptodesk_gui.sop.case import (
    Address,
    Case,
    Channel,
    Homeowner,
    Inspection,
    Installer,
    Job,
    Note,
    SourceTicket,
)
from ptodesk_gui.sop.flows import make_plan
from ptodesk_gui.sop.plan import plan_to_dict
from ptodesk_gui.workstation.playbook_files import load_playbook

CASES = 10_000
TODAY = date(2026, 3, 14)
AIM = 5_000

_FIRST = ["Jane", "Ola", "Mary Ann", "Zoë", "Ng"]
_LAST = ["Doe", "O'Neil", "Sample-Jones", ""]
_CITIES = [("Littleton", "CO", "80120"), ("Denver", "CO", "80202"), ("Austin", "TX", "78701"), ("", "", "")]
_INSTALLERS = ["Sunny Roofs", "Top Electric", "TOP_ELECTRIC, LLC.", "Stronger", "Shield", "LA Solar", "Blue Hammer", ""]
_CONCERNS = ["System installed but not yet active; asks when PTO is expected.", "Asks why the loan is billed.", ""]


def random_cases(count: int, seed: int) -> Iterator[Case]:
    """Cases of every channel, complete and not, the same for the same seed."""
    rng = random.Random(seed)
    for number in range(count):
        channel = rng.choice(list(Channel))
        m2 = rng.choice([None, TODAY - timedelta(days=rng.randint(0, 150))])
        street = f"{rng.randint(1, 999)} Main St"
        installer = rng.choice(_INSTALLERS)
        has_history = rng.random() < 0.3
        yield Case(
            channel=channel,
            agent="Dana Reyes",
            homeowner=Homeowner(rng.choice(_FIRST), rng.choice(_LAST), rng.choice([f"h{number}@example.com", ""])),
            address=Address(street, *rng.choice(_CITIES)),
            installer=Installer(installer, rng.choice(["Sam", ""]), rng.choice(["sam@example.com", ""])),
            job=Job(
                rng.random() < 0.8,
                f"https://engine.example/jobs/{number}",
                m2 - timedelta(days=20) if m2 else None,
                m2,
                m2 + timedelta(days=40) if m2 and rng.random() < 0.1 else None,
            ),
            inspection=rng.choice(list(Inspection)),
            notes=tuple(rng.sample(list(Note), rng.randint(0, 2))),
            concern=rng.choice(_CONCERNS),
            still_asking_about_double_billing=rng.random() < 0.2,
            new_information=rng.choice(["", "The inspector came by."]),
            source_ticket=None
            if channel is Channel.PHONE
            else SourceTicket(
                f"EBH-{number}", "EBH", "homeowner asks about PTO", "When is my system going to be turned on?"
            ),
            open_homeowner_ticket=f"PTO-{number}" if has_history else None,
            open_installer_ticket=f"PTO-{number + 1}" if has_history else None,
            disclosure_confirmed=rng.random() < 0.5,
        )


def run() -> Section:
    """Make every plan, five times over; the first time does not count."""
    playbook = load_playbook()
    cases = list(random_cases(CASES, seed=1))
    bare: list[tuple[float, float]] = []
    printed: list[tuple[float, float]] = []
    for turn in range(6):
        started = time.perf_counter(), time.process_time()
        plans = [make_plan(case, playbook, TODAY) for case in cases]
        made = _a_second(started)
        for plan in plans:
            plan_to_dict(plan)
        if turn:
            bare.append(made)
            printed.append(_a_second(started))
    steps = sum(len(plan.steps) for plan in plans)
    return Section(
        "Plans a second",
        f"{CASES:,} random cases of every channel, {steps / CASES:.1f} steps a plan on average, one process; median of five turns.",
        [
            ["what", "plans a second", "plans a second of processor time", "aim"],
            ["plans", *_medians(bare), f"{AIM:,}"],
            ["plans as JSON values, as `ptodesk plan` prints them", *_medians(printed), ""],
        ],
    )


def _a_second(started: tuple[float, float]) -> tuple[float, float]:
    return CASES / (time.perf_counter() - started[0]), CASES / (time.process_time() - started[1])


def _medians(figures: list[tuple[float, float]]) -> list[str]:
    return [f"{statistics.median(f):,.0f}" for f in zip(*figures, strict=True)]
