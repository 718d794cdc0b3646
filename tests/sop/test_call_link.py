"""Links that open a call: what is plain is filled in, anything else is refused as a whole, and nothing in a link is more than text."""

from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.sop import call_link
from ptodesk_gui.sop.call_link import LINK_MOST, CallLink, LinkRefused, read_link
from ptodesk_gui.sop.entry import Field

HEAD = "ptodesk://call?"


def refusal(link: str) -> str:
    with pytest.raises(LinkRefused) as refused:
        read_link(link)
    return str(refused.value)


def test_a_link_fills_in_what_it_says() -> None:
    said = {
        "name": "Jane Doe",
        "phone": "+1 303 555 0100",
        "email": "jane+solar@example.com",
        "address": "1 Main St, Littleton, CO 80120",
        "job": "https://engine.example/jobs/1?a=b&c=d",
        "ticket": "pto-12",
    }
    filled = {
        Field.FIRST_NAME: "Jane",
        Field.LAST_NAME: "Doe",
        Field.PHONE: "+1 303 555 0100",
        Field.EMAIL: "jane+solar@example.com",
        Field.STREET: "1 Main St",
        Field.CITY: "Littleton",
        Field.STATE: "CO",
        Field.ZIP: "80120",
        Field.JOB_URL: "https://engine.example/jobs/1?a=b&c=d",
    }
    for encoded in (urlencode(said, quote_via=quote), urlencode(said, quote_via=quote, safe="/:@+, ")):
        assert read_link(HEAD + encoded) == CallLink(filled, "PTO-12")


@pytest.mark.parametrize(
    "link", ["ptodesk://call", "ptodesk://call/", "PTODESK://CALL?", "ptodesk:call", f"{HEAD}name=&"]
)
def test_a_link_that_says_nothing_fills_in_nothing(link: str) -> None:
    assert read_link(link) == CallLink()


def test_a_plus_is_a_space_in_names_and_addresses_and_a_plus_in_phones_and_emails() -> None:
    values = read_link(f"{HEAD}name=Jane+Doe&phone=+13035550100&email=j+d@example.com").values
    assert values[Field.LAST_NAME] == "Doe"
    assert (values[Field.PHONE], values[Field.EMAIL]) == ("+13035550100", "j+d@example.com")


@pytest.mark.parametrize(
    ("link", "why"),
    [
        (HEAD + "name=" + "x" * LINK_MOST, call_link.TOO_LONG),
        ("http://call?name=Jane", call_link.OTHER),
        ("ptodesk://other?name=Jane", call_link.OTHER),
        ("ptodesk://call.example?name=Jane", call_link.OTHER),
        ("ptodesk://jane@call?name=Jane", call_link.OTHER),
        ("ptodesk://call/../settings?name=Jane", call_link.OTHER),
        ("ptodesk://call#name=Jane", call_link.OTHER),
        ("", call_link.OTHER),
        (HEAD + "Name=Jane", call_link.UNKNOWN),
        (HEAD + "concern=hello", call_link.UNKNOWN),
        (HEAD + "name=Jane;phone=1&token", call_link.UNKNOWN),
        (HEAD + "name=Jane&name=Joe", call_link.TWICE.format(key="name")),
        (HEAD + "name=%FF%FE", call_link.ENCODING.format(key="name")),
        (HEAD + "name=%4", call_link.ENCODING.format(key="name")),
        (HEAD + "name=%zz", call_link.ENCODING.format(key="name")),
        (HEAD + "name=%ED%A0%80", call_link.ENCODING.format(key="name")),
        (HEAD + "name=\udcff", call_link.ENCODING.format(key="name")),
        (HEAD + "phone=303%00555", call_link.CONTROL.format(key="phone")),
        (HEAD + "phone=303\x1b[2J", call_link.CONTROL.format(key="phone")),
        (HEAD + "name=" + "x" * 200, call_link.LONG_VALUE.format(key="name")),
        (HEAD + "job=http://engine.example/1", call_link.NO_JOB),
        (HEAD + "job=javascript:alert(1)", call_link.NO_JOB),
        (HEAD + "job=file:///etc/passwd", call_link.NO_JOB),
        (HEAD + "job=https://", call_link.NO_JOB),
        (HEAD + "ticket=12", call_link.NO_TICKET),
        (HEAD + "ticket=PTO-12%20OR%20project%20%3D%20X", call_link.NO_TICKET),
        (HEAD + "ticket=../PTO-12", call_link.NO_TICKET),
    ],
)
def test_a_bad_link_is_refused_as_a_whole_and_says_why(link: str, why: str) -> None:
    assert refusal(link) == why


@pytest.mark.parametrize(
    "text", ["<b>Jane</b>", '" OR project = PTO', "${homeowner}", "[~admin]", "{code}", "a\u2028b"]
)
def test_what_looks_like_markup_or_a_query_stays_text(text: str) -> None:
    values = read_link(HEAD + urlencode({"phone": text}, quote_via=quote)).values
    assert values[Field.PHONE] == text.replace("\u2028", " ")


def test_line_breaks_are_spaces_and_what_turns_text_round_is_left_out() -> None:
    values = read_link(HEAD + urlencode({"phone": " 303\r\n555\t\u202e0100 "}, quote_via=quote)).values
    assert values[Field.PHONE] == "303 555 0100"


_NASTY = st.sampled_from(
    ["%", "%00", "%0A", "&", "=", "+", "#", "?", "%C3", "\udc80", "\x00", "\u202e", "name=", "job=https://"]
)
_ANY = st.lists(st.one_of(st.text(max_size=8), _NASTY), max_size=12).map("".join)


@given(
    _ANY, st.sampled_from(["", "ptodesk:", "ptodesk://call?", "ptodesk://call?ticket=PTO-1&", "PTODESK:CALL?email="])
)
def test_no_link_does_more_than_fill_in_plain_lines_or_say_why_not(rest: str, head: str) -> None:
    try:
        link = read_link(head + rest)
    except LinkRefused:
        return
    for value in (*link.values.values(), link.ticket or "PTO-1"):
        assert value
        assert value == value.strip()
        assert len(value) <= LINK_MOST
        assert not any(char in "\n\r\t\x00\x1b\u2028\u202e" or "\ud800" <= char <= "\udfff" for char in value)
    assert link.values.get(Field.JOB_URL, "https://").lower().startswith("https://")
    assert (head + rest).lower().startswith("ptodesk:"), "it is one to this program"


@given(
    st.dictionaries(
        st.sampled_from(["phone", "email"]), st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=40)
    )
)
def test_what_is_encoded_as_links_are_comes_back(said: dict[str, str]) -> None:
    import unicodedata

    values = read_link(HEAD + urlencode(said, quote_via=quote)).values
    for key, field in (("phone", Field.PHONE), ("email", Field.EMAIL)):
        assert values.get(field, "") == unicodedata.normalize("NFC", said.get(key, ""))
