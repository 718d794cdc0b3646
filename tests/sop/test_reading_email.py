"""Typed email addresses: what can be used, what looks like a slip, what cannot be used."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.sop.typed_email import email
from ptodesk_gui.sop.view import Weight


@pytest.mark.parametrize(
    "text",
    [
        "jane@example.com",
        "sam@sunny.example",
        "jane.doe+pto@mail.example.com",
        "jane@ymail.com",
        "jane@mail.com",
        "jane@example.co",
        "jané@example.com",
        "o'hara@example.com",
    ],
)
def test_an_address_that_can_be_used_is_the_fact_without_a_word(text: str) -> None:
    assert email(f"  {text}\n") == (text, None)


def test_an_address_is_kept_as_typed_capitals_and_all() -> None:
    assert email("Jane@Example.COM") == ("Jane@Example.COM", None)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("jane@gmial.com", "jane@gmail.com"),
        ("jane@gmal.com", "jane@gmail.com"),
        ("jane@gmaill.com", "jane@gmail.com"),
        ("jane@gmail.co", "jane@gmail.com"),
        ("jane@gmail.con", "jane@gmail.com"),
        ("jane@gmial.con", "jane@gmail.com"),
        ("jane@GMIAL.com", "jane@gmail.com"),
        ("jane@yaho.com", "jane@yahoo.com"),
        ("jane@hotmial.com", "jane@hotmail.com"),
        ("jane@outlok.com", "jane@outlook.com"),
        ("jane@comcast.ney", "jane@comcast.net"),
        ("jane@example.ogr", "jane@example.org"),
    ],
)
def test_a_likely_slip_is_used_as_typed_with_a_warning_that_names_what_was_meant(text: str, meant: str) -> None:
    fact, word = email(text)
    assert fact == text
    assert word is not None
    assert (word.weight, word.text) == (Weight.WARNING, f"Did you mean {meant}?")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("jane@gmail,com", "jane@gmail.com"),
        ("janegmail.com", "jane@gmail.com"),
        ("jane at gmail.com", "jane@gmail.com"),
        ("jane@gmail.com.", "jane@gmail.com"),
        ("jane@ gmail.com", "jane@gmail.com"),
        ("jane@gmial,com", "jane@gmail.com"),
        ("jane@example..com", "jane@example.com"),
        ("Jane Doe <jane@example.com>", "jane@example.com"),
        ("mailto:jane@example.com", "jane@example.com"),
    ],
)
def test_an_address_that_cannot_be_used_is_an_error_with_the_likely_one(text: str, meant: str) -> None:
    fact, word = email(text)
    assert fact == ""
    assert word is not None
    assert word.weight is Weight.ERROR
    assert word.text.startswith(f"Did you mean {meant}? ")


@pytest.mark.parametrize(
    "text", ["jane", "jane@", "@example.com", "jane@example", "a@b@c.com", "jane@example.com; joe@example.com"]
)
def test_an_address_without_a_likely_meaning_is_an_error_that_says_how_to_type_one(text: str) -> None:
    fact, word = email(text)
    assert fact == ""
    assert word is not None
    assert word.weight is Weight.ERROR
    assert word.text.endswith("Type it as name@example.com.")


def test_an_address_longer_than_any_real_one_is_an_error() -> None:
    fact, word = email("a" * 400 + "@example.com")
    assert fact == ""
    assert word is not None
    assert word.weight is Weight.ERROR


@given(st.one_of(st.text(), st.text("abc@.,<>: \n\u202e"), st.emails()))
def test_no_text_raises_and_only_usable_addresses_become_facts(text: str) -> None:
    fact, word = email(text)
    assert fact in ("", " ".join(text.split())) or (word is not None and "control characters" in word.text)
    if word is not None and word.weight is Weight.ERROR:
        assert fact == ""


def test_the_checking_library_is_not_loaded_for_an_empty_address() -> None:
    code = (
        "import sys; from datetime import date; from ptodesk_gui.sop.entry import Entry;"
        "from ptodesk_gui.sop.reading import read_entry, warm_up; read_entry(Entry('c'), date(2026, 11, 21));"
        "assert 'email_validator' not in sys.modules; warm_up(); assert 'email_validator' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
