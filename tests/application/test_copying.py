"""Only a finished reply reaches the clipboard, and nothing in it can become markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from ptodesk_gui.application.copying import Refusal, as_html, as_mime, reply_to_copy
from ptodesk_gui.sop.view import Part, Rendering, ReplyChoice, ReplyOption


def choice(*parts: Part, chosen: str | None = "homeowner_within") -> ReplyChoice:
    option = ReplyOption("homeowner_within", "Within 60 days", "H4", True, "", Rendering(parts))
    return ReplyChoice(chosen, False, "There is no M2 date.", (option,))


def test_a_finished_reply_is_given_out_whole() -> None:
    assert reply_to_copy(choice(Part("Hello "), Part("Jane"))) == "Hello Jane"


def test_a_blank_is_named_and_its_field_is_where_to_go() -> None:
    refusal = reply_to_copy(choice(Part("Hello "), Part("installer", "installer.name"), Part("M2 date", "job.m2")))
    assert refusal == Refusal("Nothing was copied: not known yet: installer, M2 date.", "installer.name")


def test_without_a_chosen_reply_the_reason_is_said__C12() -> None:
    refusal = reply_to_copy(choice(Part("Hello"), chosen=None))
    assert refusal == Refusal("Nothing was copied: no reply is chosen. There is no M2 date.")


def test_the_clipboard_gets_plain_text_and_html(qapp: object) -> None:
    mime = as_mime("Hello <Jane> & co\nline two\n\n  1. step")
    assert mime.text() == "Hello <Jane> & co\nline two\n\n  1. step"
    assert mime.html() == "<p>Hello &lt;Jane&gt; &amp; co<br>line two</p><p>&nbsp;&nbsp;1. step</p>"


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_no_name_becomes_markup_in_the_html(qapp: object, name: str) -> None:
    document = QTextDocument()
    document.setHtml(as_html(f"Hello {name}"))
    assert document.toPlainText() == f"Hello {name}"


@pytest.mark.parametrize("nasty", ["<script>alert(1)</script>", '<a href="https://bad.example">x</a>', "&amp;"])
def test_markup_arrives_as_it_was_typed(qapp: object, nasty: str) -> None:
    document = QTextDocument()
    document.setHtml(as_html(nasty))
    assert document.toPlainText() == nasty


def test_a_reply_about_billing_that_nobody_confirmed_is_not_copied__I5() -> None:
    from datetime import date

    from ptodesk_gui.application.copying import installer_reply_to_copy
    from ptodesk_gui.sop.advice import call_view
    from ptodesk_gui.sop.entry import YES, Entry, Field
    from ptodesk_gui.workstation.playbook_files import load_playbook

    typed = {
        Field.FIRST_NAME: "Jane",
        Field.LAST_NAME: "Doe",
        Field.INSTALLER: "Sunny Roofs",
        Field.REP_FIRST_NAME: "Sam",
        Field.REP_EMAIL: "sam@example.com",
        Field.M2: "2/1/2026",
        Field.INSTALLER_CONCERN: "they pay a loan",
    }
    entry = Entry("call", "Dana Sample", {which.value: text for which, text in typed.items()})
    playbook, today = load_playbook(), date(2026, 3, 14)
    refused = installer_reply_to_copy(call_view(entry, playbook, today))
    assert isinstance(refused, Refusal)
    assert refused.field == Field.INSTALLER_CONCERN
    confirmed = call_view(entry.with_value(Field.DISCLOSURE_CONFIRMED, YES), playbook, today)
    assert "they pay a loan" in str(installer_reply_to_copy(confirmed))
