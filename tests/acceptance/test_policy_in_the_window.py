"""What IT has set stands in the window as set; a policy that cannot be read is said there, and nothing goes where IT may not want it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from ptodesk_gui.application.real_place import RealPlace
from ptodesk_gui.application.rollout import Rollout
from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.practice.faults import cut_before
from ptodesk_gui.sop.progress import PlanProgress, PlanState, StepState
from ptodesk_gui.ui.settings import SettingsDialog
from ptodesk_gui.workstation import policy
from ptodesk_gui.workstation.credentials import Credentials
from ptodesk_gui.workstation.settings import write_settings
from tests.acceptance.agent import SAMPLE, Agent, Desk
from tests.acceptance.conftest import OpenWindow
from tests.acceptance.waiting import OPEN_PAIR


@pytest.fixture
def site(folder: Path) -> Iterator[PracticeDesk]:
    with PracticeDesk(folder) as served:
        yield served


@pytest.fixture
def policy_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "policy.toml"
    monkeypatch.setattr(policy, "policy_path", lambda: file)
    return file


def signed_in(site: PracticeDesk) -> RealPlace:
    """The agent's own settings and token, as they were before IT came."""
    write_settings({"url": site.url, "email": site.account.email, "agent": "Dana Reyes"})
    credentials = Credentials()
    credentials.keep(site.account.email, site.account.token)
    return RealPlace(credentials)


def dialog(agent: Agent) -> SettingsDialog:
    assert agent.app.settling is not None
    return agent.app.settling.dialog


def box(agent: Agent, name: str) -> QLineEdit:
    return next(b for b in dialog(agent).findChildren(QLineEdit) if b.accessibleName() == name)


def words(agent: Agent) -> str:
    return "\n".join(label.text() for label in dialog(agent).findChildren(QLabel) if label.isVisibleTo(dialog(agent)))


def test_what_it_has_locked_is_greyed_and_said_to_a_screen_reader_too(
    open_window: OpenWindow, site: PracticeDesk, policy_file: Path
) -> None:
    policy_file.write_text(
        f'[locked]\nurl = "{site.url}"\nproxy = "none"\ncountdown = 0\n[retention]\nkeep_days = 30\n', "utf-8"
    )
    write_settings({"agent": "Dana Reyes"}, policy=policy.Policy())
    agent = open_window(RealPlace(Credentials()))
    field = box(agent, "Site address")
    assert (field.isEnabled(), field.text()) == (False, site.url)
    assert field.accessibleDescription() == "Set by your administrator"
    assert box(agent, "Email you sign in with").accessibleDescription() == ""
    for said in ("Proxy: none", "Wait after File: 0 seconds", "What is over is kept for: 30 days"):
        assert said in words(agent)


def test_with_a_policy_that_cannot_be_read_calls_are_kept_and_go_nowhere(
    open_window: OpenWindow, site: PracticeDesk, policy_file: Path
) -> None:
    place = signed_in(site)
    policy_file.write_text('[locked]\nurl = "https://desk.example\n', "utf-8")
    agent = open_window(place)
    assert "line 2 cannot be read" in agent.strip
    assert "line 2 cannot be read" in words(agent)
    agent.type_call(SAMPLE)
    agent.end_call()
    before = len(site.requests)
    agent.chord("Ctrl+Return")
    agent.wait(lambda: "not known which site IT has set" in agent.shown + agent.strip, "The refusal")
    assert agent.plans == {}
    assert agent.app.call.entry.values
    assert [request.method for request in site.requests[before:]] == []


def has_failed(plan: PlanProgress) -> bool:
    """Whether it waits for a step that did not reach the site, and all else that can be done is done."""
    left = [step for step in plan.steps if step.state is not StepState.DONE]
    return (
        bool(left) and any(step.reason for step in left) and all(step.state is not StepState.SENDING for step in left)
    )


def keys_on(site: PracticeDesk) -> list[str]:
    desk = Desk(site)
    try:
        return desk.keys()
    finally:
        desk.close()


def under_no_policy_yet(
    open_window: OpenWindow, site: PracticeDesk, policy_file: Path
) -> tuple[RealPlace, Agent, Rollout]:
    """A window at the site, and what looks at the policy from time to time."""
    place = signed_in(site)
    policy_file.write_text("", "utf-8")
    agent = open_window(place, countdown=0)
    rollout = agent.app.findChild(Rollout)
    assert rollout is not None
    agent.wait(lambda: rollout._look.isActive(), "The first look at the policy")
    return place, agent, rollout


def test_when_it_locks_another_site_in_mid_plan_nothing_of_the_plan_goes_there_and_it_goes_on_when_its_site_is_back(
    open_window: OpenWindow, site: PracticeDesk, policy_file: Path, furnished: Path, tmp_path: Path
) -> None:
    place, agent, rollout = under_no_policy_yet(open_window, site, policy_file)
    site.fault("POST /rest/api/3/issueLink", cut_before(), times=None)
    before = keys_on(site)
    agent.type_call(SAMPLE)
    agent.end_call()
    agent.chord("Ctrl+Return")
    agent.wait(lambda: [*map(has_failed, agent.plans.values())] == [True], "The plan, up to the link")
    with PracticeDesk(Path(shutil.copytree(furnished, tmp_path / "other"))) as other:
        theirs = keys_on(other)
        policy_file.write_text(f'[locked]\nurl = "{other.url}"\n', "utf-8")
        rollout._look.start(0)
        agent.wait(lambda: place.site == other.url, "The other site")
        agent.chord("Ctrl+Shift+O")
        agent.wait(lambda: "another site than the one in the settings" in agent.shown, "Why it does not go on")
        assert "where it is set by your administrator, tell IT" in agent.shown
        site.clear_faults()
        asked = len(site.requests)
        agent.press_button("Try again")
        agent.app.backstage.disk.submit(lambda: None, lambda _: policy_file.write_text("", "utf-8"))
        agent.wait(lambda: policy_file.read_text("utf-8") == "", "What follows from trying again")
        assert (keys_on(other), len(site.requests)) == (theirs, asked), "nobody was asked for anything"
        rollout._look.start(0)
        agent.wait(lambda: {p.state for p in agent.plans.values()} == {PlanState.FILED}, "The rest of the plan")
        assert keys_on(other) == theirs
    assert len(keys_on(site)) == len(before) + 2, "what was there when IT changed its mind was not made again"


def test_a_call_that_names_tickets_of_the_site_before_is_not_filed_to_another(
    open_window: OpenWindow, site: PracticeDesk, policy_file: Path, furnished: Path, tmp_path: Path
) -> None:
    """The key is somebody else's ticket there."""
    place, agent, rollout = under_no_policy_yet(open_window, site, policy_file)
    key = site.stock([OPEN_PAIR])[OPEN_PAIR.name]["homeowner"]
    agent.type_call(SAMPLE)
    agent.open_ticket(key)
    with PracticeDesk(Path(shutil.copytree(furnished, tmp_path / "other"))) as other:
        other.stock([OPEN_PAIR])
        policy_file.write_text(f'[locked]\nurl = "{other.url}"\n', "utf-8")
        rollout._look.start(0)
        agent.wait(lambda: place.site == other.url, "The other site")
        before = len(other.requests)
        agent.end_call()
        agent.chord("Ctrl+Return")
        agent.wait(lambda: "are of another site" in agent.strip, "Why it is not filed")
        assert (agent.page, agent.plans) == ("review", {})
        assert [seen.method for seen in other.requests[before:] if seen.method != "GET"] == []
        agent.open_ticket(key)  # chosen anew, on this site
        agent.end_call()
        agent.chord("Ctrl+Return")
        agent.wait(lambda: agent.page == "receipt", "The receipt")
