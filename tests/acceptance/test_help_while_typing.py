"""Help while typing, in the real window: city and state by the ZIP code, a mended email by one key."""

from PySide6.QtCore import Qt

from ptodesk_gui.sop.entry import Field
from tests.acceptance.agent import SAMPLE, Agent


def typed(agent: Agent, field: Field) -> str:
    return agent.app.call.entry.text(field)


def word(agent: Agent, field: Field) -> str:
    """The word beside a field, as accessibility tools are told it."""
    return agent.app.window.call_page.checklist.inputs.by_field[field].accessibleDescription()


def test_a_company_that_was_called_about_before_is_completed__N1(agent: Agent) -> None:
    agent.type_call(SAMPLE)
    agent.end_and_file()
    agent.chord("Ctrl+N")
    agent.fill(Field.INSTALLER, "sunny")
    agent.press(Qt.Key.Key_Down)
    assert typed(agent, Field.INSTALLER) == "Sunny Roofs"


def test_a_zip_code_fills_in_city_and_state_and_an_email_is_mended_by_one_key(agent: Agent) -> None:
    agent.wait(lambda: agent.app.backstage.known is not None, "The list of ZIP codes")
    agent.fill(Field.STATE, "Colorado")
    agent.fill(Field.ZIP, "80120")
    assert (typed(agent, Field.CITY), typed(agent, Field.STATE)) == ("Littleton", "Colorado")
    assert word(agent, Field.CITY) == "From the ZIP code"
    agent.fill(Field.CITY, "Boulder")
    assert word(agent, Field.ZIP) == "80120 is Littleton, CO, not Boulder: check the ZIP code and the city."
    agent.fill(Field.EMAIL, "jane@gmial.com")
    agent.press(Qt.Key.Key_Down)
    assert typed(agent, Field.EMAIL) == "jane@gmail.com"
