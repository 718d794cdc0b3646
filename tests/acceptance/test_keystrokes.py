"""How many key presses a whole call takes beyond the facts, by real key presses, as docs/keyboard.md says."""

from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.progress import PlanState
from scripts.keyboard_page import MOST, WAY, count, page
from tests.acceptance.agent import SAMPLE, Agent, Desk


def test_a_whole_call_takes_no_more_key_presses_than_the_page_says__H1_I1(agent: Agent, desk: Desk) -> None:
    assert {field for field, _ in WAY if field} == set(SAMPLE), "every fact is typed"
    pressed = 0
    for field, key in WAY:
        if field is not None:
            assert agent.app.call.focus == field, "the keyboard is there already"
            agent.write(SAMPLE[field])
        agent.chord(key)
        pressed += 1
        if key == "F9":
            agent.wait(lambda: agent.page == "review", "The review")
    agent.wait(lambda: agent.page == "receipt", "The receipt")
    plan = agent.filed()
    assert plan.state is PlanState.FILED
    assert desk.ticket(plan.tickets["homeowner"]).reporter == SAMPLE[Field.EMAIL]
    assert desk.ticket(plan.tickets["installer"]).reporter == SAMPLE[Field.REP_EMAIL]
    assert pressed == count() <= MOST


def test_every_key_of_the_window_is_on_the_page(agent: Agent) -> None:
    listed = {f"| {each.key} | {each.text} |" for each in agent.app.window._commands.listed}
    assert {row for row in listed if row not in page()} == set()
