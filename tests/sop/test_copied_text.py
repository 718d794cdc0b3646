"""Whether a summary repeats twelve words in a row of the ticket it came with."""

from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.sop import disclosure
from ptodesk_gui.sop.disclosure import COPIED_RUN, shares_run

words = st.lists(st.sampled_from(["pto", "PTO,", "-", "is", "Is!", "off", "x"]), max_size=40).map(" ".join)


def slowly(text: str, source: str, run: int) -> bool:
    """The same, looked up word by word."""
    mine, theirs = (
        ["".join(filter(str.isalnum, word)).casefold() for word in each.split() if any(map(str.isalnum, word))]
        for each in (text, source)
    )
    return any(
        mine[i : i + run] == theirs[j : j + run]
        for i in range(len(mine) - run + 1)
        for j in range(len(theirs) - run + 1)
    )


@given(text=words, source=words, run=st.sampled_from([2, 5, COPIED_RUN]))
def test_a_shared_run_is_found_whatever_case_and_punctuation__T8(text: str, source: str, run: int) -> None:
    assert shares_run(text, source, run) == slowly(text, source, run)


def test_the_ticket_is_taken_apart_once_while_the_concern_is_typed__T8() -> None:
    source = " ".join(f"w{number}" for number in range(5_000))
    before = disclosure._source.cache_info().misses
    found = [
        shares_run(" ".join(f"w{number}" for number in range(100, 100 + count)), source) for count in range(10, 20)
    ]
    assert found == [count >= COPIED_RUN for count in range(10, 20)]
    assert disclosure._source.cache_info().misses == before + 1
