"""The approved texts are the documents' own, to the letter; only their blanks are filled."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.replies import BLANKS, TEXT_IDS, BadTextError, UnfilledError, compile_text, render

Plan = Callable[..., dict[str, Any]]
OLD, NEW = "000_137eaa1282337539.txt", "001_89b41c7edb09a956.txt"


@dataclass(frozen=True)
class Passage:
    """Where a text stands: from the first of these words that follows ``after``, up to ``end``; and what fills its blanks."""

    document: str
    start: str
    end: str
    blanks: dict[str, str]
    after: str = ""


HOMEOWNER = {
    "[Insert homeowner name]": "Jane Doe",
    "[insert installer name]": "Sunny Roofs",
    "[Month of M2 year of M2]": "February 2026",
    "[month 60 days from M2 month]": "April",
    "[Your name]": "Dana Reyes",
}
REP = {
    "[Insert rep’s name]": "Sam",
    "[insert homeowner’s name]": "Jane Doe",
    "[insert homeowner’s concern here]": "the date of PTO",
    "[Your name]": "Dana Reyes",
}
WITHIN, PAST = "a. If the homeowner is within 60 days:", "b. If the homeowner is past 60 days:"

PASSAGES = {
    "say_within": Passage(OLD, "I see your system was", '"', {"[month of install]": "February"}),
    "say_past": Passage(OLD, "I see your system is", '"', {"[insert installer name here]": "Sunny Roofs"}),
    "say_double_billing": Passage(OLD, "We will escalate", "”", {}),
    "homeowner_littleton": Passage(OLD, "We’re following up", '"', {"x/x/xx": "2/1/26"}),
    "homeowner_self_help": Passage(OLD, "Hi (customer name)", "\n\nDO NOT", {"(customer name)": "Jane Doe"}),
    "homeowner_others": Passage(
        OLD, "Hi (customer name)", "\n\nInstaller Communications", {"(customer name)": "Jane Doe"}, "All others"
    ),
    "homeowner_within": Passage(NEW, "Hello", "”", HOMEOWNER, WITHIN),
    "homeowner_past": Passage(NEW, "Hello", "”", HOMEOWNER, PAST),
    "installer_within": Passage(NEW, "Hello", "”", REP, "For the installer ticket"),
    "installer_past": Passage(NEW, "Hello [Insert rep", "”", REP, "provide an update on the next steps"),
    "installer_update": Passage(
        OLD,
        "Hi (Installer name)",
        "\n\nWe should not",
        {"(Installer name)": "Sam", "(Homeowner name)": "Jane Doe", "him/her": "her"},
    ),
    "partner_thanks": Passage(NEW, "Hello\nThank you for", "”", {"[Your name]": "Dana Reyes"}),
}
VALUES = {
    "homeowner": "Jane Doe",
    "installer": "Sunny Roofs",
    "rep": "Sam",
    "agent": "Dana Reyes",
    "pronoun": "her",
    "subject_pronoun": "she",
    "concern": "the date of PTO",
    "address": "1 Main St",
    "request": "asks about PTO",
    "install_month": "February",
    "m2_month_year": "February 2026",
    "m2_date": "2/1/26",
    "due_month": "April",
}


def approved(passage: Passage, folder: Path) -> str:
    """The passage as the document has it, its blanks filled."""
    text = (folder / "sop" / passage.document).read_text(encoding="utf-8")
    text = text[text.index(passage.after) :]
    text = text[text.index(passage.start) :]
    text = text[: text.index(passage.end)]
    for blank, value in passage.blanks.items():
        text = text.replace(blank, value)
    return text


@pytest.mark.parametrize("text_id", PASSAGES)
def test_the_text_is_the_documents_to_the_letter(playbook: Playbook, shared_dir: Path, text_id: str) -> None:
    wanted = approved(PASSAGES[text_id], shared_dir)
    assert "[" not in wanted
    assert playbook.texts[text_id].fill(VALUES) == wanted


def test_texts_without_wording_in_the_documents_are_the_rest(playbook: Playbook) -> None:
    assert set(TEXT_IDS) - set(PASSAGES) == {
        "homeowner_again",
        "homeowner_ask_job",
        "installer_again",
        "partner_ask_job",
        "partner_cannot_process",
    }
    assert set(playbook.texts) == set(TEXT_IDS)


@pytest.mark.parametrize(
    ("text_id", "asked"),
    [
        ("homeowner_again", ["new concern", "installer", "contact you as soon as possible", "update"]),
        ("installer_again", ["once again", "new concern", "contact the homeowner", "questions", "update"]),
        ("homeowner_ask_job", ["name", "address of the job"]),
        ("partner_ask_job", ["name", "phone number or email", "address"]),
        ("partner_cannot_process", ["not able to find the job", "information provided", "cannot process"]),
    ],
)
def test_our_own_texts_say_what_the_documents_describe__O5_O6_H7_H9_H10(
    playbook: Playbook, text_id: str, asked: list[str]
) -> None:
    text = playbook.texts[text_id].fill(VALUES)
    assert [words for words in asked if words not in text] == []
    assert text.startswith("Hello")
    assert text.endswith("\nDana Reyes")


def test_no_text_keeps_a_blank(playbook: Playbook) -> None:
    for text in playbook.texts.values():
        filled = text.fill(VALUES)
        assert not re.search(r"\$|\[|\(customer|\((?:home|inst)|x/x", filled), text.id


def test_a_text_with_something_unknown_is_never_finished(playbook: Playbook) -> None:
    text = playbook.texts["homeowner_within"]
    for name in text.variables:
        known = {**VALUES, name: ""}
        with pytest.raises(UnfilledError) as unfilled:
            text.fill(known)
        assert unfilled.value.names == (name,)
        rendering = render(text, known)
        assert not rendering.complete
        assert {part.blank_field for part in rendering.blanks} == {BLANKS[name].field}
        with pytest.raises(ValueError, match="not filled yet"):
            rendering.text  # noqa: B018 - the property is what raises


@given(st.dictionaries(st.sampled_from(sorted(VALUES)), st.text(min_size=1, max_size=60), min_size=13, max_size=13))
def test_values_are_inserted_once_whatever_signs_are_in_them(playbook: Playbook, values: dict[str, str]) -> None:
    for text in playbook.texts.values():
        filled = text.fill(values)
        assert filled == render(text, values).text
        assert len(filled) == sum(len(plain) + (len(values[name]) if name else 0) for plain, name in text.pieces)


@pytest.mark.parametrize(
    "name", ["$homeowner", "${agent}", "$", "$$", "{0}", "%s", "\\g<0>", "أحمد‏", "👩‍🔧", "</p><b>", "[~accountid:x]"]
)
def test_names_with_signs_are_only_names__N3(plan: Plan, name: str) -> None:
    steps = plan(homeowner={"first_name": name, "last_name": name}, agent=name)["by_id"]
    assert steps["homeowner.create"]["summary"] == f"Homeowner Concern Received – {name} {name} – Sunny Roofs"
    assert steps["homeowner.reply"]["body"].startswith(f"Hello {name} {name}\n")
    assert steps["homeowner.reply"]["body"].endswith(f"\nThank you,\n{name}")
    assert steps["homeowner.details"]["body"].startswith(f"Homeowner Name: {name} {name} (jane@example.com)\n")


def test_a_plain_dollar_sign_is_written_twice() -> None:
    text = compile_text("x", "costs $$5 for ${homeowner}s$$")
    assert text.fill({"homeowner": "$$"}) == "costs $5 for $$s$"
    assert compile_text("x", text.source) == text


@pytest.mark.parametrize("source", ["a\nb $5", "a\n$", "\n${home owner}", "\n${homeowner"])
def test_a_dollar_that_begins_no_variable_is_found(source: str) -> None:
    with pytest.raises(BadTextError) as bad:
        compile_text("x", source)
    assert bad.value.line == 2


def test_littletons_reply_names_the_day_of_m2__H4(plan: Plan) -> None:
    body = plan(
        address={"city": "Littleton", "state": "CO"}, installer={"name": "top electric"}, today=date(2026, 3, 1)
    )["by_id"]["homeowner.reply"]["body"]
    assert "(our records show this date as 2/1/26)" in body
