"""What the window shows of a call, stage by stage, and what it never shows."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.sop.advice import call_view
from ptodesk_gui.sop.case import Channel
from ptodesk_gui.sop.entry import NO, OWN, YES, Entry, Field
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.view import CallView, FieldWord, Item, Notice, Rendering, Weight
from ptodesk_gui.workstation.playbook_files import load_playbook

TODAY = date(2026, 3, 14)
M2_WITHIN = "2/1/2026"  # day 41
M2_PAST = "12/29/2025"  # day 75

CALLER = {Field.FIRST_NAME: "Jane", Field.LAST_NAME: "Doe", Field.EMAIL: "jane@example.com"}
INSTALLER = {Field.INSTALLER: "Sunny Roofs", Field.REP_FIRST_NAME: "Sam", Field.REP_EMAIL: "sam@example.com"}
LITTLETON = {Field.CITY: "littleton ", Field.STATE: "Colorado"}
CONCERN = {Field.CONCERN: "Asks when PTO is expected."}
WHOLE = CALLER | INSTALLER | CONCERN | {Field.M2: M2_WITHIN}


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return load_playbook()


def entry(values: dict[Field, str], agent: str = "Dana Reyes") -> Entry:
    return Entry("call-1", agent, {which.value: text for which, text in values.items()})


def seen(values: dict[Field, str], playbook: Playbook, today: date = TODAY) -> CallView:
    return call_view(entry(values), playbook, today)


def plain(words: Rendering) -> str:
    """The words with each blank in angle brackets."""
    return "".join(part.text if part.blank_field is None else f"<{part.text}>" for part in words.parts)


def said(view: CallView) -> list[tuple[str, str, str]]:
    return [(saying.id, saying.rule, plain(saying.words)) for saying in view.say]


def notice(view: CallView, which: str) -> Notice | None:
    return next((shown for shown in view.notices if shown.id == which), None)


def blocking(view: CallView) -> dict[str, str]:
    return {problem.field: problem.text for problem in view.problems if problem.blocks}


# --- the stages of a call ---------------------------------------------------------------------------------------------


def test_at_the_start_nothing_is_said_and_the_missing_m2_date_raises_no_alarm__C12(playbook: Playbook) -> None:
    view = seen({}, playbook)
    assert view.say == ()
    assert view.notices == ()
    assert view.grace.headline == "Not started: no M2 date yet"
    assert "not approved" not in view.grace.sentence, "nobody has said so"
    assert view.next_item is Item.CALLER
    assert not view.ready_to_file


def test_once_the_job_page_is_read_the_missing_m2_date_is_told__C12(playbook: Playbook) -> None:
    shown = notice(seen({Field.JOB_URL: "https://engine.example/jobs/1"}, playbook), "m2_missing")
    assert shown is not None
    assert (shown.rule, shown.field) == ("C12", Field.M2)


def test_with_the_m2_date_alone_the_first_response_is_filled__C8(playbook: Playbook) -> None:
    view = seen({Field.M2: M2_WITHIN}, playbook)
    first = "I see your system was fully installed in February. Your first payment will not be due until 60 days after February."
    assert said(view) == [("say_within", "C8", first)]
    assert "installer will be asked for an update" in view.say[0].besides
    assert view.grace.headline == "Day 41 of 60"
    assert view.grace.sentence == "19 days left: first payment due April 2, 2026."


def test_before_the_installer_is_known_the_second_response_shows_a_blank__C9(playbook: Playbook) -> None:
    view = seen({Field.M2: M2_PAST}, playbook)
    assert [saying.id for saying in view.say] == ["say_past"]
    (blank,) = view.say[0].words.blanks
    assert (blank.text, blank.blank_field) == ("installer", Field.INSTALLER)
    with pytest.raises(ValueError, match="installer"):
        _ = view.say[0].words.text
    assert "billing process cannot be halted" in view.say[0].besides


def test_the_blank_is_filled_with_the_installer_as_it_is_written__N1(playbook: Playbook) -> None:
    view = seen({Field.M2: M2_PAST, Field.INSTALLER: "TOP  ELECTRIC, LLC."}, playbook)
    assert "Your installer, Top Electric, is responsible" in view.say[0].words.text


@pytest.mark.parametrize("m2", ["", M2_WITHIN, M2_PAST])
def test_still_asking_about_double_billing_adds_the_third_response__C10(playbook: Playbook, m2: str) -> None:
    view = seen({Field.M2: m2, Field.DOUBLE_BILLING: YES}, playbook)
    assert view.say[-1].id == "say_double_billing"
    assert len(view.say) == (2 if m2 else 1)


@pytest.mark.parametrize(("day", "response"), [(59, "say_within"), (60, "say_within"), (61, "say_past")])
def test_the_response_changes_on_day_61__C11(playbook: Playbook, day: int, response: str) -> None:
    m2 = TODAY - timedelta(days=day)
    view = seen({Field.M2: m2.isoformat()}, playbook)
    assert [saying.id for saying in view.say] == [response]
    assert (notice(view, "due_today") is not None) == (day == 60)


def test_when_all_is_known_the_call_can_be_filed(playbook: Playbook) -> None:
    view = seen(WHOLE, playbook)
    assert view.ready_to_file
    assert not blocking(view)
    assert view.homeowner_reply.chosen == "homeowner_within"
    assert view.installer_reply.chosen == "installer_within"
    assert view.homeowner_reply.chosen_option is not None
    assert view.homeowner_reply.chosen_option.words.text.startswith("Hello Jane Doe\n")


# --- what keeps a call from being filed -------------------------------------------------------------------------------


@pytest.mark.parametrize("which", [Field.FIRST_NAME, Field.LAST_NAME, Field.INSTALLER])
def test_without_a_name_the_call_waits_and_says_for_which_field__M2_N3(playbook: Playbook, which: Field) -> None:
    view = seen(WHOLE | {which: " "}, playbook)
    assert not view.ready_to_file
    assert list(blocking(view)) == [which]


@pytest.mark.parametrize("agent", ["", "x" * 121])
def test_without_the_agents_name_the_call_waits__N3(playbook: Playbook, agent: str) -> None:
    view = call_view(entry(WHOLE, agent), playbook, TODAY)
    assert not view.ready_to_file
    assert list(blocking(view)) == ["agent"]


@pytest.mark.parametrize(
    ("which", "text"),
    [
        (Field.EMAIL, "jane@"),
        (Field.REP_EMAIL, "sam@gmail,com"),
        (Field.JOB_URL, "javascript:alert(1)"),
        (Field.M1, "2/30"),
        (Field.CONCERN, "x" * 5_001),
        (Field.CITY, "x" * 256),
        (Field.FIRST_NAME, "x" * 121),
        (Field.INSPECTION, "unheard of"),
    ],
)
def test_what_cannot_be_read_is_not_left_out_unnoticed__M2(playbook: Playbook, which: Field, text: str) -> None:
    typed = entry(WHOLE | {which: text})
    view = call_view(typed, playbook, TODAY)
    assert not view.ready_to_file
    assert view.field_words[which].weight is Weight.ERROR
    assert list(blocking(view)) == [which]
    assert view.field_words[which].text in blocking(view)[which]
    assert view.problems[0].blocks  # what must be mended stands first
    assert typed.text(which) == text


def test_a_warning_does_not_keep_a_call_from_being_filed(playbook: Playbook) -> None:
    view = seen(WHOLE | {Field.EMAIL: "jane@gmial.com", Field.ZIP: "8012", Field.STATE: "ZZ"}, playbook)
    assert view.ready_to_file
    assert {view.field_words[which].weight for which in (Field.EMAIL, Field.ZIP, Field.STATE)} == {Weight.WARNING}


def test_own_words_that_are_not_written_yet_keep_the_call_from_being_filed(playbook: Playbook) -> None:
    view = seen(WHOLE | {Field.HOMEOWNER_REPLY: OWN}, playbook)
    assert list(blocking(view)) == [Field.HOMEOWNER_REPLY]
    assert view.homeowner_reply.chosen == OWN
    assert not view.ready_to_file


def test_billing_words_for_the_installer_wait_for_a_confirmation__I5(playbook: Playbook) -> None:
    told = WHOLE | {Field.INSTALLER_CONCERN: "Is double billed."}
    view = seen(told, playbook)
    assert list(blocking(view)) == [Field.INSTALLER_CONCERN]
    shown = notice(view, "disclosure")
    assert shown is not None
    assert shown.field == Field.INSTALLER_CONCERN
    confirmed = seen(told | {Field.DISCLOSURE_CONFIRMED: YES}, playbook)
    assert confirmed.ready_to_file
    assert notice(confirmed, "disclosure") is None
    assert [flag.id for flag in confirmed.plan.flags] == ["disclosure"], "a plan goes on telling it"


# --- dates that cannot be, and facts that contradict each other -------------------------------------------------------


@pytest.mark.parametrize(
    ("dates", "at"),
    [
        ({Field.M2: "3/15/2026"}, Field.M2),
        ({Field.M1: "2/2/2026", Field.M2: "2/1/2026"}, Field.M2),
        ({Field.M2: "2/1/2026", Field.M3: "1/31/2026"}, Field.M3),
    ],
)
def test_dates_that_cannot_be_are_errors_and_nothing_is_computed_from_them__C14(
    playbook: Playbook, dates: dict[Field, str], at: Field
) -> None:
    view = seen(WHOLE | dates, playbook)
    assert view.field_words[at].weight is Weight.ERROR
    assert list(blocking(view)) == [at]
    assert (view.grace.due, view.grace.day, view.say) == (None, None, ())
    assert view.homeowner_reply.chosen is None
    assert not view.ready_to_file
    if at is Field.M2:
        assert view.grace.sentence == view.field_words[at].text


def test_m3_after_today_is_a_warning(playbook: Playbook) -> None:
    view = seen(WHOLE | {Field.M3: "3/20/2026"}, playbook)
    assert view.field_words[Field.M3].weight is Weight.WARNING
    assert view.ready_to_file


def test_m3_without_m2_is_pointed_out__C13(playbook: Playbook) -> None:
    view = seen(WHOLE | {Field.M2: "", Field.M3: "3/1/2026"}, playbook)
    assert view.field_words[Field.M2] == FieldWord(
        Weight.WARNING, "M3 is approved, so M2 must have been: look for its date on the job page."
    )
    assert notice(view, "m3_approved") is not None
    assert notice(view, "contradiction.job.m2") is not None


@pytest.mark.parametrize(("m2", "strange"), [("3/14/2025", False), ("3/13/2025", True), ("2/1/2020", True)])
def test_an_m2_date_of_years_ago_is_pointed_out_and_still_read__C7(playbook: Playbook, m2: str, strange: bool) -> None:
    view = seen(WHOLE | {Field.M2: m2}, playbook)
    assert (view.field_words[Field.M2].weight is Weight.WARNING) == strange
    assert view.grace.status == "past"
    assert view.ready_to_file


@pytest.mark.parametrize(
    "gap",
    [
        {Field.INSPECTION: "failed"},
        {Field.INSPECTION: "not_scheduled"},
        {Field.INSPECTION: "pending"},
        {Field.NOTE_FAILED: YES},
    ],
)
@pytest.mark.parametrize("reply", ["homeowner_self_help", "homeowner_within"])
def test_a_reply_that_says_only_pto_is_missing_does_not_go_with_an_open_inspection__H5(
    playbook: Playbook, gap: dict[Field, str], reply: str
) -> None:
    view = seen(WHOLE | gap | {Field.HOMEOWNER_REPLY: reply}, playbook)
    pointed_out = notice(view, "contradiction.homeowner_reply") is not None
    assert pointed_out == (reply == "homeowner_self_help")
    assert (Field.HOMEOWNER_REPLY in view.field_words) == pointed_out


def test_self_help_chosen_by_the_company_does_not_go_with_a_failed_inspection_either__H4(playbook: Playbook) -> None:
    view = seen(WHOLE | {Field.INSTALLER: "Blue Hammer", Field.INSPECTION: "failed"}, playbook)
    assert view.homeowner_reply.chosen == "homeowner_self_help"
    assert notice(view, "contradiction.homeowner_reply") is not None
    assert notice(view, "inspection_failed") is not None


def test_an_inspection_that_passed_does_not_go_with_a_note_that_it_failed__C4(playbook: Playbook) -> None:
    view = seen({Field.INSPECTION: "passed", Field.NOTE_FAILED: YES}, playbook)
    assert view.field_words[Field.INSPECTION].weight is Weight.WARNING


# --- flags and replies ------------------------------------------------------------------------------------------------


def test_littleton_with_top_electric_is_flagged_with_what_follows__C2_I7(playbook: Playbook) -> None:
    view = seen(WHOLE | LITTLETON | {Field.INSTALLER: "top_electric"}, playbook)
    assert {"littleton_top_electric", "no_installer_ticket"} <= {shown.id for shown in view.notices}
    assert view.homeowner_reply.chosen == "homeowner_littleton"
    assert view.homeowner_reply.why == "Top Electric in Littleton. (H4)"
    assert view.installer_reply.chosen is None
    assert view.installer_reply.options == ()
    assert (
        view.installer_reply.why == "Top Electric gets no installer ticket: Jessica Hauger is mentioned instead. (I7)"
    )


def test_a_representative_is_not_asked_for_where_no_installer_ticket_is_made__I7(playbook: Playbook) -> None:
    words = {item.item: item for item in seen({Field.INSTALLER: "Top Electric"}, playbook).checklist}
    assert words[Item.INSTALLER].words == "Top Electric"


def test_blue_hammer_is_flagged_and_gets_the_self_help_reply__C3_H4(playbook: Playbook) -> None:
    view = seen(WHOLE | {Field.INSTALLER: "blue hammer inc"}, playbook)
    assert notice(view, "self_help_installer") is not None
    assert view.homeowner_reply.why == "The homeowners of Blue Hammer get it. (H4)"


def test_all_replies_can_be_picked_and_each_says_whether_it_fits__H5(playbook: Playbook) -> None:
    view = seen(WHOLE, playbook)
    shown = {option.id: (option.fits, option.why) for option in view.homeowner_reply.options}
    assert shown["homeowner_within"] == (True, "")
    assert shown["homeowner_others"] == (True, "")
    assert shown["homeowner_past"] == (False, "It is for more than 60 days after M2.")
    assert not shown["homeowner_littleton"][0]
    assert not shown["homeowner_self_help"][0]
    assert all(why for fits, why in shown.values() if not fits)
    assert {option.id for option in view.installer_reply.options} >= {
        "installer_within",
        "installer_past",
        "installer_update",
    }


def test_a_reply_the_agent_picked_is_chosen_and_says_so__H5(playbook: Playbook) -> None:
    view = seen(WHOLE | {Field.HOMEOWNER_REPLY: "homeowner_past"}, playbook)
    assert view.homeowner_reply.chosen == "homeowner_past"
    assert view.homeowner_reply.by_agent
    assert view.homeowner_reply.why == "You picked it. It is for more than 60 days after M2."
    assert view.ready_to_file


def test_without_an_m2_date_no_reply_is_chosen_and_none_that_fits_names_a_month__C12(playbook: Playbook) -> None:
    view = seen(WHOLE | {Field.M2: ""}, playbook)
    assert view.homeowner_reply.chosen is None
    assert view.homeowner_reply.why.endswith("until you pick a reply or write one. (C12)")
    for option in view.homeowner_reply.options:
        assert not (option.fits and playbook.texts[option.id].needs_m2)
    assert view.installer_reply.chosen == "installer_within"
    assert view.ready_to_file


def test_previews_show_blanks_for_what_is_not_known(playbook: Playbook) -> None:
    view = seen({Field.M2: M2_WITHIN}, playbook)
    chosen = view.homeowner_reply.chosen_option
    assert chosen is not None
    assert [(blank.text, blank.blank_field) for blank in chosen.words.blanks] == [
        ("homeowner's name", Field.FIRST_NAME),
        ("installer", Field.INSTALLER),
    ]


def test_the_installer_concern_is_neutral_until_the_agent_writes_one__I5(playbook: Playbook) -> None:
    assert seen(WHOLE, playbook).installer_concern == playbook.installer_concern
    assert seen(WHOLE | {Field.INSTALLER_CONCERN: "PTO status"}, playbook).installer_concern == "PTO status"


def test_a_pasted_concern_is_pointed_out__T8(playbook: Playbook) -> None:
    shown = notice(seen(WHOLE | {Field.CONCERN_PASTED: YES}, playbook), "copied_concern")
    assert shown is not None
    assert (shown.rule, shown.field) == ("T8", Field.CONCERN)


def test_dates_are_read_with_the_day_that_is_passed_in__C15(playbook: Playbook) -> None:
    typed = {Field.M2: "12/29"}
    assert seen(typed, playbook, date(2026, 3, 14)).grace.m2 == date(2025, 12, 29)
    assert seen(typed, playbook, date(2026, 12, 30)).grace.m2 == date(2026, 12, 29)
    assert "December 2025" in plain(seen(typed, playbook, date(2026, 1, 5)).say[0].words)


# --- other ways in ----------------------------------------------------------------------------------------------------


def test_nothing_is_to_be_said_about_an_email__C8(playbook: Playbook) -> None:
    mail = {Field.CHANNEL: Channel.HOMEOWNER_EMAIL.value, Field.SOURCE_KEY: "EBH-12"}
    view = seen(WHOLE | mail, playbook)
    assert view.say == ()
    assert view.ready_to_file


def test_an_open_ticket_turns_the_replies_and_taking_it_back_turns_them_back__O5(playbook: Playbook) -> None:
    opened = entry(WHOLE | {Field.OPEN_HOMEOWNER: "PTO-3"})
    view = call_view(opened, playbook, TODAY)
    assert view.homeowner_reply.chosen == "homeowner_again"
    assert view.homeowner_reply.why == "There is an open ticket. (O5)"
    assert call_view(opened.with_value(Field.OPEN_HOMEOWNER, ""), playbook, TODAY) == seen(WHOLE, playbook)


def test_names_may_be_missing_while_a_partners_job_is_not_found__H9(playbook: Playbook) -> None:
    ticket = {Field.CHANNEL: "omnidian", Field.SOURCE_KEY: "EBH-12", Field.SOURCE_REQUEST: "PTO", Field.JOB_FOUND: NO}
    view = seen(ticket, playbook)
    assert view.ready_to_file
    assert view.homeowner_reply.chosen is None


def test_what_is_slow_to_load_is_not_loaded_with_the_advice() -> None:
    code = "import sys, ptodesk_gui.sop.advice, ptodesk_gui.sop.review; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert "ptodesk_gui.sop.advice" in loaded
    assert not {"pydantic", "email_validator", "jira", "requests", "keyring", "PySide6"} & set(loaded)


# --- whatever is typed ------------------------------------------------------------------------------------------------

anything = st.one_of(
    st.sampled_from(
        ["", YES, NO, OWN, "3/5", "2/30", "12/1/26", "failed", "Top Electric", "Littleton", "CO", "jane@", "omnidian"]
    ),
    st.sampled_from(["homeowner_past", "installer_again", "$installer ${agent}", "PTO-1", "x" * 6_000]),
    st.text(max_size=30),
)


@given(values=st.dictionaries(st.sampled_from(list(Field)), anything), day=st.dates(date(2000, 1, 1), date(2099, 1, 1)))
def test_no_typed_text_raises_and_a_call_that_cannot_be_filed_says_why__M2(
    playbook: Playbook, values: dict[Field, str], day: date
) -> None:
    typed = entry(values)
    before = replace(typed, values=dict(typed.values))
    view = call_view(typed, playbook, day)
    assert typed == before
    assert view == call_view(typed, playbook, day)
    assert view.ready_to_file == (not blocking(view) and bool(view.plan.steps))
    assert view.ready_to_file or blocking(view)
    for which, word in view.field_words.items():
        if word.weight is Weight.ERROR:
            assert any(path in (which, which.removesuffix(".text")) for path in blocking(view))
    if view.grace.m2 is None:
        for saying in view.say:
            assert not playbook.texts[saying.id].needs_m2


@given(values=st.dictionaries(st.sampled_from(list(Field)), anything))
def test_every_blank_names_a_field_to_fill(playbook: Playbook, values: dict[Field, str]) -> None:
    view = seen(values, playbook)
    inputs = {which.value for which in Field} | {"agent"}
    replies = [option.words for side in (view.homeowner_reply, view.installer_reply) for option in side.options]
    for words in [saying.words for saying in view.say] + replies:
        for blank in words.blanks:
            assert blank.blank_field in inputs
            assert blank.text
