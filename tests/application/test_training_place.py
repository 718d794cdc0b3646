"""Practice mode for trainees, over real HTTP: every caller filed as the procedure asks is found so; waiting tickets; bad days."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ptodesk_gui.application.place import needs_of
from ptodesk_gui.application.training_place import NOT_EMPTIED, ONE_LEFT_OUT, Exercise, TrainingOptions, TrainingPlace
from ptodesk_gui.outbox.filer import Filer
from ptodesk_gui.outbox.store import Store
from ptodesk_gui.practice import BadDay
from ptodesk_gui.sop.callers import case_of
from ptodesk_gui.sop.case import Case
from ptodesk_gui.sop.flows import make_plan
from ptodesk_gui.sop.plan import Plan
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.progress import PlanProgress, PlanState
from ptodesk_gui.sop.steps import Remind
from ptodesk_gui.sop.training import Point, Verdict
from ptodesk_gui.workstation.caller_files import load_callers, packaged_callers
from ptodesk_gui.workstation.playbook_files import load_playbook
from ptodesk_gui.workstation.settings import Settings

TODAY = date(2026, 3, 14)
AGENT = "Sample Trainee"
PATIENCE = 120.0  # seconds until a plan must have been filed
CALLERS = [caller.id for caller in load_callers()[0]]


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return load_playbook()


@pytest.fixture(scope="module")
def furnished(playbook: Playbook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a desk with every caller's tickets on it."""
    folder = tmp_path_factory.mktemp("school") / "practice"
    place = TrainingPlace(folder, today=lambda: TODAY)
    place.open(needs_of(playbook), Settings())
    place.close()
    return folder


class School:
    """A place to practise at, opened, and its outbox."""

    def __init__(self, folder: Path, playbook: Playbook, options: TrainingOptions) -> None:
        self.playbook = playbook
        self.place = TrainingPlace(folder, options, today=lambda: TODAY)
        self.place.open(needs_of(playbook), Settings())
        self.store = Store(self.place.store_path)
        self._filed = 0

    def plan(self, case: Case) -> Plan:
        return make_plan(case, self.playbook, TODAY)

    def file(self, plan: Plan, name: str = "call") -> PlanProgress:
        """File the plan as the window would."""
        self._filed += 1
        plan_id = self.store.add_plan(f"{name} {self._filed}", self.place.site, "Sample", plan, {})
        filer = Filer(self.store, self.place.desk_for_site)
        try:
            assert filer.run_until_idle(PATIENCE, plan_id)
        finally:
            filer.stop(5.0)
        return filer.progress(plan_id)

    def true_case(self, exercise: Exercise) -> Case:
        return case_of(exercise.caller, exercise.today, AGENT, exercise.keys)

    def practise(self, caller: str) -> tuple[PlanProgress, tuple[Point, ...]]:
        """The whole caller, filed exactly as the procedure asks."""
        exercise = self.place.begin(caller)
        progress = self.file(self.plan(self.true_case(exercise)), caller)
        reminders = {str(s.step.ticket): s.step for s in progress.steps if isinstance(s.step, Remind)}
        return progress, self.place.compare(exercise, progress.tickets, AGENT, reminders)

    def close(self) -> None:
        self.store.close()
        self.place.close()


@pytest.fixture
def folder(furnished: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(furnished, tmp_path / "practice"))


@pytest.fixture
def school(folder: Path, playbook: Playbook) -> Iterator[School]:
    made = School(folder, playbook, TrainingOptions())
    yield made
    made.close()


def not_right(points: tuple[Point, ...]) -> list[Point]:
    return [point for point in points if point.verdict is not Verdict.RIGHT]


@pytest.mark.parametrize("caller", CALLERS)
def test_a_caller_filed_as_the_procedure_asks_is_found_so_on_the_desk(school: School, caller: str) -> None:
    progress, points = school.practise(caller)
    assert progress.state is PlanState.FILED
    assert [step.left_to_do for step in progress.steps if step.left_to_do] == []
    assert len(points) >= 5
    assert not_right(points) == []


def test_what_was_not_filed_at_all_is_missing(school: School) -> None:
    exercise = school.place.begin("10-phone-within")
    points = school.place.compare(exercise, {}, AGENT)
    assert [point.where for point in points if point.what == "The ticket"] == ["Homeowner ticket", "Installer ticket"]


def test_a_reminder_that_was_not_laid_down_is_missing__H9_H10(school: School) -> None:
    reminded = [caller for caller in school.place.callers if asks_to_come_back(school, caller.id)]
    assert reminded
    exercise = school.place.begin(reminded[0].id)
    progress = school.file(school.plan(school.true_case(exercise)))
    (missing,) = not_right(school.place.compare(exercise, progress.tickets, AGENT, {}))
    assert (missing.what, missing.filed) == ("Come back to", "None")
    assert missing.asked.startswith("After 24 hours")
    assert not_right(school.place.compare(exercise, progress.tickets, AGENT)) == [], "not looked at"


def asks_to_come_back(school: School, caller_id: str) -> bool:
    plan = school.plan(school.true_case(school.place.begin(caller_id)))
    return any(isinstance(step, Remind) for step in plan.steps)


def test_a_second_ticket_of_the_same_homeowner_is_a_ticket_too_many__T9(school: School) -> None:
    served = school.place.served
    assert served is not None
    served.switches.index_lag = 0.0
    exercise = school.place.begin("10-phone-within")
    plan = school.plan(school.true_case(exercise))
    school.file(plan)
    second = school.file(plan)
    points = not_right(school.place.compare(exercise, second.tickets, AGENT))
    assert [point.what for point in points] == ["A ticket too many", "A ticket too many"]
    assert any("PTO-" in point.filed for point in points)


def test_a_caller_practised_twice_calls_for_the_first_time_again(school: School) -> None:
    first, _ = school.practise("10-phone-within")
    second, points = school.practise("10-phone-within")
    assert first.tickets != second.tickets
    assert not_right(points) == []


def test_the_open_tickets_of_a_caller_are_new_ones_each_time(school: School) -> None:
    before = school.place.begin("19-phone-again").keys
    assert school.place.begin("19-phone-again").keys == before
    school.practise("19-phone-again")
    after = school.place.begin("19-phone-again").keys
    assert not set(before.values()) & set(after.values())


def test_waiting_tickets_are_kept_over_starts_unless_a_fresh_desk_is_asked_for(
    folder: Path, playbook: Playbook
) -> None:
    def keys(options: TrainingOptions, settings: Settings | None = None) -> dict[str, str]:
        place = TrainingPlace(folder, options, today=lambda: TODAY)
        place.open(needs_of(playbook), settings or Settings())
        try:
            return dict(place.begin("32-hubspot").keys)
        finally:
            place.close()

    kept = keys(TrainingOptions())
    assert keys(TrainingOptions()) == kept
    assert keys(TrainingOptions(), Settings(practice_fresh=True)) != kept
    assert keys(TrainingOptions(fresh=False), Settings(practice_fresh=True)) != kept  # the fresh one is kept now
    last = keys(TrainingOptions(fresh=True))
    assert keys(TrainingOptions(), Settings()) == last


def test_a_desk_that_another_window_serves_is_kept_and_that_is_said(school: School, folder: Path) -> None:
    second = TrainingPlace(folder, TrainingOptions(fresh=True), today=lambda: TODAY)
    second.open(needs_of(school.playbook), Settings())
    try:
        assert second.notice == NOT_EMPTIED
        assert second.begin("32-hubspot").keys == school.place.begin("32-hubspot").keys
    finally:
        second.close()


def test_a_caller_with_faults_is_left_out_and_that_is_said(folder: Path, playbook: Playbook, tmp_path: Path) -> None:
    own = Path(shutil.copytree(packaged_callers(), tmp_path / "callers"))
    (own / "10-phone-within.toml").write_text("title = 7\n", encoding="utf-8")
    place = TrainingPlace(folder, TrainingOptions(callers=own), today=lambda: TODAY)
    place.open(needs_of(playbook), Settings())
    try:
        assert place.notice == ONE_LEFT_OUT
        assert "10-phone-within" not in [caller.id for caller in place.callers]
        assert len(place.callers) == len(CALLERS) - 1
    finally:
        place.close()


@pytest.mark.parametrize("caller", ["10-phone-within", "35-account-servicing"])
def test_on_a_bad_day_a_whole_call_still_ends_exactly_once(folder: Path, playbook: Playbook, caller: str) -> None:
    day = BadDay(seed=11, slowest=0.1)
    school = School(folder, playbook, TrainingOptions(bad_day=day, settle_after=2.0))
    try:
        progress, points = school.practise(caller)
        served = school.place.served
        assert served is not None
        troubled = [seen for seen in served.requests if seen.status in (0, 429, 500)]
        assert len(troubled) >= 5
        assert progress.state is PlanState.FILED
        assert not_right(points) == []
    finally:
        school.close()


def test_a_bad_day_begins_and_ends_when_told_to(school: School) -> None:
    assert not school.place.bad_day
    school.place.set_bad_day(True)
    assert school.place.bad_day
    school.place.set_bad_day(False)
    assert not school.place.bad_day


def test_no_such_caller_is_an_error(school: School) -> None:
    with pytest.raises(KeyError):
        school.place.begin("99-nobody")


def test_the_plans_of_practice_are_signed_by_the_trainee(school: School) -> None:
    exercise = school.place.begin("10-phone-within")
    case = replace(school.true_case(exercise), agent="Somebody Else")
    filed = school.file(school.plan(case))
    (point,) = not_right(school.place.compare(exercise, filed.tickets, AGENT))[:1]
    assert point.note == "The right reply, filled in differently."
    assert (point.asked, point.filed) == (AGENT, "Somebody Else")
