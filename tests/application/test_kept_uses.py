"""What was copied and said is kept with the call as it was, and what cannot be read of it stops nobody."""

import json
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.application.kept_uses import uses_as_text, uses_from_text
from ptodesk_gui.sop.entry import OWN
from ptodesk_gui.sop.replies import TEXT_IDS
from ptodesk_gui.sop.stale import Use, Used

USES = st.builds(
    Use,
    what=st.sampled_from(Used),
    id=st.sampled_from((*TEXT_IDS, OWN)),
    rule=st.text(max_size=4),
    text=st.text(max_size=40),
    facts=st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=4),
    states=st.lists(st.text(max_size=8), max_size=3).map(tuple),
    fitted=st.booleans(),
)
ONE = Use(Used.SAID, "say_within", "C8", "words", {"job.m2": "2026-02-01"}, ("job.m2",))


@given(st.lists(USES, max_size=4))
def test_what_was_used_comes_back_as_it_was(uses: Iterable[Use]) -> None:
    assert uses_from_text(uses_as_text(uses)) == tuple(uses)


def test_nothing_used_is_nothing_kept() -> None:
    assert uses_as_text(()) == ""
    assert uses_from_text("") == ()


@pytest.mark.parametrize("text", ["{", "7", "{}", "[1, null]", '[{"what": "said"}]', '[{"what": "sung", "id": "own"}]'])
def test_what_cannot_be_read_is_left_out(text: str) -> None:
    assert uses_from_text(text) == ()


def test_a_text_that_this_version_does_not_know_is_left_out_and_the_rest_is_kept() -> None:
    kept = json.loads(uses_as_text((ONE, ONE)))
    kept[0]["id"] = "say_something_new"
    assert uses_from_text(json.dumps(kept)) == (ONE,)
