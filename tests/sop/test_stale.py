"""What was copied or said and is out of date by now, with the fact that changed. All people are sample data."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.sop.advice import call_view
from ptodesk_gui.sop.case import Channel
from ptodesk_gui.sop.entry import OWN, YES, Entry, Field
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.stale import Use, Used, as_notices, copied, remember, said, stale
from ptodesk_gui.sop.tickets import SiteTicket
from ptodesk_gui.sop.view import CallView
from ptodesk_gui.sop.waiting import waiting_rows

TODAY = date(2026, 3, 14)
WHOLE = {
    Field.FIRST_NAME: "Jane",
    Field.LAST_NAME: "Doe",
    Field.EMAIL: "jane@example.com",
    Field.INSTALLER: "Sunny Roofs",
    Field.REP_FIRST_NAME: "Sam",
    Field.REP_EMAIL: "sam@example.com",
    Field.M2: "2/1/2026",
    Field.CONCERN: "Asks when PTO is expected.",
}
HOME, REP, SAID = Used.HOMEOWNER_REPLY, Used.INSTALLER_REPLY, Used.SAID


def seen(playbook: Playbook, today: date = TODAY, **changed: str) -> CallView:
    values = {which.value: text for which, text in WHOLE.items()} | {
        Field[name].value: text for name, text in changed.items()
    }
    return call_view(Entry("call-1", "Dana Reyes", values), playbook, today)


def use(playbook: Playbook, what: Used, view: CallView, saying: str = "say_within") -> Use:
    found = said(view, saying, playbook) if what is SAID else copied(view, what, playbook)
    assert found is not None
    return found


def marks(
    playbook: Playbook, what: Used, before: dict[str, str], after: dict[str, str], saying: str = "say_within"
) -> dict[str, str]:
    """The marks' sentences by field, when the facts went from one to the other."""
    then = seen(playbook, **before)
    return {mark.field: mark.text for mark in stale([use(playbook, what, then, saying)], seen(playbook, **after))}


# --- a reply ----------------------------------------------------------------------------------------------------------


def test_a_reply_whose_month_changed_is_out_of_date_and_names_the_date__C15_H4(playbook: Playbook) -> None:
    assert marks(playbook, HOME, {}, {"M2": "1/20/2026"}) == {
        Field.M2: "The reply to the homeowner that you copied (“Within the grace period”) is out of date: "
        "the M2 date was 2/1/2026, and is 1/20/2026 by now."
    }


def test_a_change_that_the_text_does_not_show_is_no_change__C15(playbook: Playbook) -> None:
    assert marks(playbook, HOME, {}, {"M2": "2/3/2026"}) == {}  # February either way
    assert marks(playbook, HOME, {}, {"M2": "Feb 1, 2026", "STREET": "9 Elm St", "PHONE": "555 010 0100"}) == {}


def test_when_another_reply_is_the_one_that_is_said_as_well__H4(playbook: Playbook) -> None:
    said_ = marks(playbook, HOME, {}, {"M2": "12/1/2025", "CITY": "Denver"})
    assert list(said_) == [Field.M2]  # the city has nothing to do with it
    assert said_[Field.M2].endswith("is 12/1/2025 by now. The reply now is “Past the grace period”.")


@pytest.mark.parametrize(
    ("what", "after", "field"),
    [
        (HOME, {"LAST_NAME": "Dow"}, Field.LAST_NAME),
        (HOME, {"INSTALLER": "Rooftop Power"}, Field.INSTALLER),
        (HOME, {"INSTALLER": "Blue Hammer"}, Field.INSTALLER),
        (HOME, {"M2": ""}, Field.M2),
        (HOME, {"M2": "2/30"}, Field.M2),
        (HOME, {"OPEN_HOMEOWNER": "PTO-3"}, Field.OPEN_HOMEOWNER),
        (HOME, {"HOMEOWNER_REPLY": "homeowner_others"}, Field.HOMEOWNER_REPLY),
        (HOME, {"HOMEOWNER_REPLY": OWN, "HOMEOWNER_REPLY_TEXT": "Hello"}, Field.HOMEOWNER_REPLY),
        (REP, {"REP_FIRST_NAME": "Kim"}, Field.REP_FIRST_NAME),
        (REP, {"INSTALLER_CONCERN": "the status of PTO"}, Field.INSTALLER_CONCERN),
        (REP, {"M2": "12/1/2025"}, Field.M2),
        (REP, {"INSTALLER": "Top Electric"}, Field.INSTALLER),
        (REP, {"OPEN_INSTALLER": "PTO-4"}, Field.OPEN_INSTALLER),
    ],
)
def test_the_fact_that_changed_is_named__H4_I4_I7_O5_O6(
    playbook: Playbook, what: Used, after: dict[str, str], field: Field
) -> None:
    assert list(marks(playbook, what, {}, after)) == [field]


def test_several_facts_that_changed_are_all_named__N3(playbook: Playbook) -> None:
    found = marks(playbook, HOME, {}, {"FIRST_NAME": "Janet", "LAST_NAME": "Dow"})
    assert list(found) == [Field.FIRST_NAME, Field.LAST_NAME]


def test_littleton_found_out_late_is_named__C2_H4(playbook: Playbook) -> None:
    found = marks(
        playbook, HOME, {"INSTALLER": "Top Electric"}, {"INSTALLER": "Top Electric", "CITY": "Littleton", "STATE": "CO"}
    )
    assert list(found) == [Field.CITY, Field.STATE]
    assert (
        "the city was not known, and is Littleton by now. The reply now is “Littleton and Top Electric”."
        in found[Field.CITY]
    )


def test_a_reply_that_does_not_fit_any_more_says_why__H5(playbook: Playbook) -> None:
    picked = {"HOMEOWNER_REPLY": "homeowner_self_help", "INSPECTION": "passed"}
    found = marks(playbook, HOME, picked, picked | {"INSPECTION": "failed"})
    assert list(found) == [Field.INSPECTION]
    assert "the inspection was passed, and is failed by now." in found[Field.INSPECTION]
    assert "only the utility's PTO is missing" in found[Field.INSPECTION]
    noted = marks(playbook, HOME, picked, picked | {"NOTE_NOT_SUBMITTED": YES})
    assert list(noted) == [Field.NOTE_NOT_SUBMITTED]
    assert "note that PTO was not submitted was added" in noted[Field.NOTE_NOT_SUBMITTED]


def test_a_first_reply_picked_before_an_open_ticket_was_chosen_is_named__O5(playbook: Playbook) -> None:
    picked = {"HOMEOWNER_REPLY": "homeowner_within"}
    assert list(marks(playbook, HOME, picked, picked | {"OPEN_HOMEOWNER": "PTO-3"})) == [Field.OPEN_HOMEOWNER]


def test_a_reply_that_never_fitted_is_not_out_of_date_for_that__H5(playbook: Playbook) -> None:
    picked = {"HOMEOWNER_REPLY": "homeowner_past"}
    assert marks(playbook, HOME, picked, picked | {"CITY": "Denver"}) == {}


def test_own_words_are_out_of_date_once_they_are_rewritten__H5(playbook: Playbook) -> None:
    own = {"HOMEOWNER_REPLY": OWN, "HOMEOWNER_REPLY_TEXT": "Hello Jane"}
    assert marks(playbook, HOME, own, own | {"M2": "12/1/2025"}) == {}
    assert list(marks(playbook, HOME, own, own | {"HOMEOWNER_REPLY_TEXT": "Hello Jane!"})) == [
        Field.HOMEOWNER_REPLY_TEXT
    ]


def test_taking_the_change_back_takes_the_mark_back__M2(playbook: Playbook) -> None:
    kept = [use(playbook, HOME, seen(playbook))]
    assert stale(kept, seen(playbook, M2="12/1/2025"))
    assert stale(kept, seen(playbook)) == ()


def test_a_reply_with_a_blank_could_not_be_copied__H4(playbook: Playbook) -> None:
    assert copied(seen(playbook, INSTALLER=""), HOME, playbook) is None
    assert copied(seen(playbook, M2=""), HOME, playbook) is None
    assert copied(seen(playbook, INSTALLER="Top Electric"), REP, playbook) is None


def test_after_midnight_the_day_is_what_changed__C11(playbook: Playbook) -> None:
    then = seen(playbook, date(2026, 4, 2))  # day 60
    (mark,) = stale([use(playbook, HOME, then)], seen(playbook, date(2026, 4, 3)))
    assert mark.field == ""
    assert "the day or the playbook has changed" in mark.text
    assert mark.text.endswith("The reply now is “Past the grace period”.")


# --- a sentence said --------------------------------------------------------------------------------------------------


def test_what_was_said_about_the_first_payment_is_out_of_date_when_the_date_was_wrong__C8_C9(
    playbook: Playbook,
) -> None:
    assert marks(playbook, SAID, {}, {"M2": "12/1/2025"}) == {
        Field.M2: "What you said (“Within the grace period”) is out of date: the M2 date was 2/1/2026, and is 12/1/2025 "
        "by now. Now to say: “Past the grace period”."
    }
    assert list(marks(playbook, SAID, {}, {"M2": "1/20/2026"})) == [Field.M2]
    assert list(marks(playbook, SAID, {}, {"M2": ""})) == [Field.M2]
    assert marks(playbook, SAID, {}, {"M2": "2/3/2026"}) == {}


def test_an_installer_learned_after_the_sentence_was_said_is_no_change__C9(playbook: Playbook) -> None:
    past = {"M2": "12/1/2025"}
    assert marks(playbook, SAID, past | {"INSTALLER": ""}, past, "say_past") == {}
    assert list(marks(playbook, SAID, past, past | {"INSTALLER": "Rooftop Power"}, "say_past")) == [Field.INSTALLER]


def test_double_billing_said_once_is_said__C10(playbook: Playbook) -> None:
    asked = {"DOUBLE_BILLING": YES}
    assert marks(playbook, SAID, asked, {"M2": "12/1/2025"}, "say_double_billing") == {}


def test_what_is_not_there_to_be_said_was_not_said__C12(playbook: Playbook) -> None:
    assert said(seen(playbook, M2=""), "say_within", playbook) is None


# --- remembering ------------------------------------------------------------------------------------------------------


def test_copying_again_takes_the_place_of_the_copy_before__M2(playbook: Playbook) -> None:
    before, after = seen(playbook), seen(playbook, M2="12/1/2025")
    uses = remember(remember((), use(playbook, HOME, before)), use(playbook, SAID, before))
    assert len(stale(uses, after)) == 2
    uses = remember(uses, use(playbook, HOME, after))
    assert [mark.what for mark in stale(uses, after)] == ["said"]
    uses = remember(uses, use(playbook, SAID, after, "say_past"))
    assert [mark.what for mark in stale(uses, after)] == ["said"]  # the wrong sentence was said all the same
    assert remember(uses, None) == uses


def test_marks_are_notices_with_the_field_to_go_to__H4(playbook: Playbook) -> None:
    found = stale([use(playbook, HOME, seen(playbook))], seen(playbook, M2="12/1/2025"))
    (shown,) = as_notices(found)
    assert (shown.id, shown.rule, shown.field) == ("stale.homeowner_reply.job.m2", "H4", Field.M2)


@given(
    before=st.dictionaries(
        st.sampled_from(["M2", "CITY", "INSTALLER", "LAST_NAME", "INSPECTION", "HOMEOWNER_REPLY"]),
        st.sampled_from(
            ["", "2/1/2026", "12/1/2025", "Littleton", "Top Electric", "Blue Hammer", "failed", "homeowner_past"]
        ),
    ),
    after=st.dictionaries(
        st.sampled_from(["M2", "CITY", "INSTALLER", "OPEN_HOMEOWNER", "HOMEOWNER_REPLY", "STATE"]),
        st.sampled_from(["", "1/1/2026", "PTO-1", "Littleton", "Sunny Roofs", "CO", "homeowner_others"]),
    ),
)
def test_what_reads_otherwise_is_always_marked_and_what_reads_the_same_never__H4_I4(
    playbook: Playbook, before: dict[str, str], after: dict[str, str]
) -> None:
    then, now = seen(playbook, **before), seen(playbook, **(before | after))
    for what, choice_then, choice in (
        (HOME, then.homeowner_reply, now.homeowner_reply),
        (REP, then.installer_reply, now.installer_reply),
    ):
        used = copied(then, what, playbook)
        if used is None:
            continue
        option, old = choice.chosen_option, choice_then.chosen_option
        same = option is not None and old is not None and option.words == old.words and option.id == old.id
        found = stale([used], now)
        assert bool(found) == (not same or (used.fitted and not option.fits))  # type: ignore[union-attr]
        assert all(mark.text.startswith("The reply to the") for mark in found)
        assert stale([used], then) == ()


# --- tickets that wait ------------------------------------------------------------------------------------------------


def test_waiting_tickets_are_rows_with_age_and_channel__H11(playbook: Playbook) -> None:
    now = datetime(2026, 3, 14, tzinfo=UTC)
    plain = SiteTicket(
        "EBH-1", "EBH", "PTO?", created=now - timedelta(hours=5), reporter="Jane Doe", reporter_email="jane@example.com"
    )
    partner = replace(plain, key="EBH-2", reporter="", reporter_email="care@omnidian.com", created=None)
    titled = replace(plain, key="EBH-3", summary="HubSpot form", reporter_email="")
    rows = waiting_rows([plain, partner, titled], playbook, now)
    assert [(row.key, row.age, row.reporter, row.channel) for row in rows] == [
        ("EBH-1", "5 hours ago", "Jane Doe", None),
        ("EBH-2", "age not known", "care@omnidian.com", Channel.OMNIDIAN),
        ("EBH-3", "5 hours ago", "Jane Doe", Channel.HUBSPOT),
    ]
