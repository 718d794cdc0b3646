"""Which replies stand in the list: those for where the case stands, the fitting ones first, and always what the agent picked (H5)."""

from datetime import date

from ptodesk_gui.sop.advice import call_view
from ptodesk_gui.sop.entry import Entry, Field
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.view import CallView

TODAY = date(2026, 3, 14)
KNOWN = {Field.FIRST_NAME: "Jane", Field.LAST_NAME: "Doe", Field.INSTALLER: "Sunny Roofs", Field.M2: "2/1/2026"}


def view(playbook: Playbook, values: dict[Field, str]) -> CallView:
    entry = Entry("call-1", "Dana Reyes", {which.value: text for which, text in values.items()})
    return call_view(entry, playbook, TODAY)


def homeowner(playbook: Playbook, **more: str) -> list[str]:
    values = KNOWN | {Field[name]: text for name, text in more.items()}
    return [option.id for option in view(playbook, values).homeowner_reply.options]


def test_a_reply_for_another_situation_is_not_in_the_list__O5_H7(playbook: Playbook) -> None:
    plain = homeowner(playbook)
    assert not {"homeowner_again", "homeowner_ask_job"} & set(plain)
    assert "homeowner_again" in homeowner(playbook, OPEN_HOMEOWNER="PTO-5")
    hubspot = {"CHANNEL": "hubspot", "SOURCE_KEY": "EBH-1", "JOB_FOUND": "no"}
    assert "homeowner_ask_job" in homeowner(playbook, **hubspot)


def test_what_the_agent_picked_stays_in_the_list_wherever_the_case_stands__H5(playbook: Playbook) -> None:
    assert "homeowner_again" in homeowner(playbook, HOMEOWNER_REPLY="homeowner_again")
    assert "homeowner_ask_job" in homeowner(playbook, HOMEOWNER_REPLY="homeowner_ask_job")


def test_the_installers_open_ticket_brings_its_reply_into_the_list__O6(playbook: Playbook) -> None:
    def ids(values: dict[Field, str]) -> list[str]:
        return [option.id for option in view(playbook, KNOWN | values).installer_reply.options]

    assert "installer_again" not in ids({})
    assert ids({Field.OPEN_HOMEOWNER: "PTO-5", Field.OPEN_INSTALLER: "PTO-6"})[0] == "installer_again"


def test_replies_that_fit_come_first_and_a_pick_moves_none__H4_H5(playbook: Playbook) -> None:
    for m2 in ("2/1/2026", "12/1/2025", ""):
        values = KNOWN | {Field.M2: m2}
        options = view(playbook, values).homeowner_reply.options
        fitting = [option.fits for option in options]
        assert fitting == sorted(fitting, reverse=True)
        for option in options:
            picked = view(playbook, values | {Field.HOMEOWNER_REPLY: option.id}).homeowner_reply
            assert [each.id for each in picked.options] == [each.id for each in options]
