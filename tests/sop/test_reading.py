"""Reading an entry: facts, words, and that nothing typed is lost."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.sop.case import (
    Address,
    Case,
    Channel,
    Homeowner,
    Inspection,
    Installer,
    Job,
    Note,
    OwnWords,
    SourceTicket,
)
from ptodesk_gui.sop.entry import OWN, YES, Entry, Field
from ptodesk_gui.sop.reading import PRONOUNS, agent_name, entry_from_case, read_entry
from ptodesk_gui.sop.replies import HOMEOWNER_REPLIES, INSTALLER_REPLIES
from ptodesk_gui.sop.typed import STATES, long_text, one_line
from ptodesk_gui.sop.view import FieldWord, Weight

TODAY = date(2026, 11, 21)


def entry(values: dict[Field, str]) -> Entry:
    return Entry("call-1", "Dana Reyes", {which.value: text for which, text in values.items()})


def fact(which: Field, text: str) -> object:
    """What the case holds for one typed field."""
    found: object = read_entry(entry({which: text}), TODAY).case
    for name in which.value.split("."):
        found = getattr(found, name)
    return found


def word(which: Field, text: str) -> FieldWord | None:
    return read_entry(entry({which: text}), TODAY).words.get(which)


def weight(which: Field, text: str) -> Weight | None:
    said = word(which, text)
    return None if said is None else said.weight


def test_an_empty_entry_is_a_phone_call_of_which_nothing_is_known() -> None:
    reading = read_entry(Entry("call-1", "Dana Reyes"), TODAY)
    assert reading.case == Case(Channel.PHONE, "Dana Reyes")
    assert reading.words == {}


@pytest.mark.parametrize(
    ("typed", "fact_"),
    [
        ("  Jane  ", "Jane"),
        ("Mary  Jane", "Mary Jane"),
        ("Top\nElectric", "Top Electric"),
        ("Top\r\n Electric\r\n", "Top Electric"),
        ("Top\tElectric", "Top Electric"),
        ("Top\u2028Electric", "Top Electric"),
        ("Top\u00a0Electric", "Top Electric"),
        ("{name} $agent [x]", "{name} $agent [x]"),
        ('O\'Hara "Jo" <b>', 'O\'Hara "Jo" <b>'),
        ("\u05d3\u05e0\u05d4", "\u05d3\u05e0\u05d4"),
        ("Zo\u00eb \U0001f469\u200d\U0001f680", "Zo\u00eb \U0001f469\u200d\U0001f680"),
    ],
)
def test_a_name_is_written_as_typed_without_outer_and_double_spaces__N1(typed: str, fact_: str) -> None:
    assert fact(Field.INSTALLER, typed) == fact_
    assert word(Field.INSTALLER, typed) is None


@pytest.mark.parametrize("blank", ["\u200d\u200d", "\u00ad", "\u200e", "\u3164", "\u2800", "\ufe0f"])
def test_a_text_of_which_nothing_can_be_seen_is_none__N3(blank: str) -> None:
    for which in (Field.FIRST_NAME, Field.INSTALLER, Field.CONCERN):
        assert fact(which, blank) == ""
        assert weight(which, blank) is Weight.WARNING
    assert agent_name(blank)[0] == ""


@pytest.mark.parametrize(
    "unseen", ["\u202e", "\u202a", "\u2066", "\u2069", "\x00", "\x1b", "\u200b", "\ufeff", "\ud83d", "\x7f"]
)
def test_unseen_characters_are_left_out_of_the_fact_with_a_warning(unseen: str) -> None:
    for which in (Field.FIRST_NAME, Field.CONCERN):
        assert fact(which, f"Ja{unseen}ne") == "Jane"
        assert weight(which, f"Ja{unseen}ne") is Weight.WARNING


def test_a_name_may_have_120_characters_and_no_more() -> None:
    assert fact(Field.LAST_NAME, "x" * 120) == "x" * 120
    assert fact(Field.LAST_NAME, "x" * 121) == ""
    said = word(Field.LAST_NAME, "x" * 121)
    assert said == FieldWord(Weight.ERROR, "121 characters, 120 is the most. Shorten it.")


def test_a_concern_may_have_5000_characters_and_no_more() -> None:
    assert fact(Field.CONCERN, "x" * 5_000) == "x" * 5_000
    assert fact(Field.CONCERN, "x" * 5_234) == ""
    said = word(Field.CONCERN, "x" * 5_234)
    assert said == FieldWord(Weight.ERROR, "5,234 characters, 5,000 is the most. Shorten it by 234.")


def test_a_concern_keeps_its_lines_and_its_spaces() -> None:
    assert fact(Field.CONCERN, "\none\r\n\r\ntwo   words\u2028three\tfour \n") == "one\n\ntwo   words\nthree four"


@pytest.mark.parametrize("text", ["80120", "80120-1234", "801201234", " 80120 "])
def test_a_zip_has_five_or_nine_digits(text: str) -> None:
    assert fact(Field.ZIP, text) == text.strip()
    assert word(Field.ZIP, text) is None


@pytest.mark.parametrize("text", ["8012", "801201", "CO 80120", "ABCDE", "80120-12"])
def test_a_zip_that_is_none_is_kept_with_a_word(text: str) -> None:
    assert fact(Field.ZIP, text) == text
    assert weight(Field.ZIP, text) is Weight.WARNING


@pytest.mark.parametrize("text", ["CO", "co", " Co ", "Colorado", "NEW YORK", "new  york", "DC", *STATES.values()])
def test_a_state_is_known_by_letters_or_name_in_any_case__N2(text: str) -> None:
    assert fact(Field.STATE, text) == " ".join(text.split())
    assert word(Field.STATE, text) is None


@pytest.mark.parametrize("text", ["C", "ZZ", "Ontario", "Kolorado"])
def test_an_unknown_state_is_kept_with_a_warning(text: str) -> None:
    assert fact(Field.STATE, text) == text
    assert weight(Field.STATE, text) is Weight.WARNING


@pytest.mark.parametrize(
    "text", ["https://engine.example/jobs/1", "http://127.0.0.1:8080/j?a=1#b", "HTTPS://ENGINE.EXAMPLE/"]
)
def test_a_job_page_is_a_web_address(text: str) -> None:
    assert fact(Field.JOB_URL, text) == text
    assert word(Field.JOB_URL, text) is None


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "engine.example/jobs/1",
        "ftp://engine.example/",
        "https://",
        "https:///jobs",
        "https://[broken/",
        "https://a b.example/",
        "data:text/html,x",
        "https://engine.example/" + "x" * 2_000,
    ],
)
def test_any_other_address_of_the_job_is_an_error(text: str) -> None:
    assert fact(Field.JOB_URL, text) == ""
    assert weight(Field.JOB_URL, text) is Weight.ERROR


@pytest.mark.parametrize(
    ("text", "said"),
    [("555-0100", None), ("(303) 555-0100 ext 4", None), ("555", Weight.WARNING), ("call me", Weight.WARNING)],
)
def test_a_phone_number_is_free_and_gets_a_word_below_seven_digits(text: str, said: Weight | None) -> None:
    assert fact(Field.PHONE, text) == text
    assert weight(Field.PHONE, text) is said


@pytest.mark.parametrize(
    "text", ["PTO-12", "pto-12", "https://help.example/browse/PTO-12", "https://help.example/browse/PTO-12?focus=1"]
)
def test_a_ticket_is_named_by_its_key_or_its_address(text: str) -> None:
    assert fact(Field.OPEN_HOMEOWNER, "") is None
    assert read_entry(entry({Field.OPEN_HOMEOWNER: text}), TODAY).case.open_homeowner_ticket == "PTO-12"
    assert read_entry(entry({Field.SOURCE_KEY: text}), TODAY).case.source_ticket == SourceTicket("PTO-12")


@pytest.mark.parametrize("text", ["PTO", "12", "PTO-0", "PTO 12", 'PTO-12" OR 1=1'])
def test_what_is_no_ticket_key_is_an_error(text: str) -> None:
    reading = read_entry(entry({Field.OPEN_INSTALLER: text}), TODAY)
    assert reading.case.open_installer_ticket is None
    assert reading.words[Field.OPEN_INSTALLER].weight is Weight.ERROR


@pytest.mark.parametrize(
    "which", [Field.INSPECTION, Field.CHANNEL, Field.PRONOUN, Field.HOMEOWNER_REPLY, Field.INSTALLER_REPLY]
)
def test_a_choice_of_a_newer_version_is_an_error_and_unknown(which: Field) -> None:
    reading = read_entry(entry({which: "something new"}), TODAY)
    assert reading.case == Case(Channel.PHONE, "Dana Reyes")
    assert reading.words[which].weight is Weight.ERROR


def test_dates_are_facts_and_unreadable_ones_are_unknown() -> None:
    reading = read_entry(entry({Field.M1: "2/30", Field.M2: "3/5", Field.M3: "today"}), TODAY)
    assert reading.case.job == Job(m1=None, m2=date(2026, 3, 5), m3=TODAY)
    assert [reading.words[which].weight for which in (Field.M1, Field.M2, Field.M3)] == ["error", "hint", "hint"]


def test_own_words_not_written_yet_are_an_error_and_not_the_approved_reply() -> None:
    reading = read_entry(entry({Field.HOMEOWNER_REPLY: OWN}), TODAY)
    assert reading.case.homeowner_reply == OwnWords("")
    assert reading.words[Field.HOMEOWNER_REPLY_TEXT].weight is Weight.ERROR


def test_own_words_typed_and_then_set_aside_for_another_reply_stay_in_the_entry() -> None:
    typed = entry({Field.INSTALLER_REPLY: "installer_update", Field.INSTALLER_REPLY_TEXT: "Mine"})
    assert read_entry(typed, TODAY).case.installer_reply == "installer_update"
    assert typed.text(Field.INSTALLER_REPLY_TEXT) == "Mine"


def test_the_agents_name_is_a_name__N3() -> None:
    assert read_entry(Entry("c", " Dana \n Reyes "), TODAY).case.agent == "Dana Reyes"
    assert agent_name("x" * 121)[1] is not None


def texts() -> st.SearchStrategy[str]:
    """Texts as people and clipboards make them, and as nobody does."""
    anything = st.characters(codec=None, exclude_categories=())
    return st.one_of(
        st.sampled_from(
            ["", YES, OWN, "3/5", "2/30", "passed", "jane@gmial.com", "PTO-1", "https://a.example", "x" * 6_000]
        ),
        st.text(st.one_of(anything, st.sampled_from("\u202e\u200b\n\r\t\x00\ud800{}$<>\"'"))),
    )


@given(
    values=st.dictionaries(st.one_of(st.sampled_from([f.value for f in Field]), st.text(max_size=8)), texts()),
    agent=texts(),
)
def test_nothing_typed_raises_or_is_lost__M2(values: dict[str, str], agent: str) -> None:
    typed = Entry("call-1", agent, dict(values))
    reading = read_entry(typed, TODAY)
    assert typed == Entry("call-1", agent, values)
    for which, said in reading.words.items():
        assert values.get(which) or which in (Field.HOMEOWNER_REPLY_TEXT, Field.INSTALLER_REPLY_TEXT)
        assert said.text.strip().endswith((".", "?")) or said.weight is Weight.HINT


@given(values=st.dictionaries(st.sampled_from(list(Field)), texts()))
def test_no_fact_has_an_unseen_character(values: dict[Field, str]) -> None:
    def strings(value: object) -> Iterable[str]:
        if isinstance(value, str):
            yield value
        elif hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                yield from strings(getattr(value, name))

    case = read_entry(entry(values), TODAY).case
    for text in strings(case):
        assert text == text.strip()
        assert not set(text) & set("\x00\u202e\u200b\r\t\ud800")


clean_names = st.text(max_size=60).map(lambda text: one_line(text)[0])
clean_lines = clean_names
clean_texts = st.text(max_size=300).map(lambda text: long_text(text)[0])
emails = st.sampled_from(["", "jane@example.com", "Sam.Lee+pto@Sunny.example", "j\u00e9@example.com"])
days = st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31))
keys = st.none() | st.from_regex(r"[A-Z]{2,5}-[1-9][0-9]{0,5}", fullmatch=True)
own_words = clean_texts.map(OwnWords)
cases = st.builds(
    Case,
    channel=st.sampled_from(Channel),
    agent=clean_names,
    homeowner=st.builds(Homeowner, clean_names, clean_names, emails, clean_lines, st.sampled_from(PRONOUNS)),
    address=st.builds(Address, clean_lines, clean_lines, clean_lines, clean_lines),
    installer=st.builds(Installer, clean_names, clean_names, emails),
    job=st.builds(Job, st.booleans(), st.sampled_from(["", "https://engine.example/jobs/1"]), days, days, days),
    inspection=st.sampled_from(Inspection),
    notes=st.sets(st.sampled_from(Note)).map(lambda notes: tuple(note for note in Note if note in notes)),
    concern=clean_texts,
    installer_concern=clean_texts,
    still_asking_about_double_billing=st.booleans(),
    new_information=clean_texts,
    source_ticket=st.none()
    | st.builds(SourceTicket, keys.filter(bool), st.sampled_from(["", "EBH"]), clean_lines, clean_texts),
    open_homeowner_ticket=keys,
    open_installer_ticket=keys,
    homeowner_reply=st.none() | st.sampled_from(HOMEOWNER_REPLIES) | own_words,
    installer_reply=st.none() | st.sampled_from(INSTALLER_REPLIES) | own_words,
    disclosure_confirmed=st.booleans(),
    partner_cannot_identify_job=st.booleans(),
)


@given(case=cases, today=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_case_typed_out_reads_as_the_same_case(case: Case, today: date) -> None:
    assert read_entry(entry_from_case(case, "call-1"), today).case == case


def test_a_case_typed_out_has_its_dates_as_an_agent_types_them() -> None:
    case = Case(Channel.PHONE, "Dana Reyes", job=Job(m2=date(2026, 3, 5)))
    typed = entry_from_case(case, "call-1")
    assert (typed.call_id, typed.agent, dict(typed.values)) == ("call-1", "Dana Reyes", {"job.m2": "3/5/2026"})
    assert entry_from_case(replace(case, job=Job()), "c").values == {}
