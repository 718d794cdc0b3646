"""A report of an error says its kind and its places, and nothing of what it was about."""

import errno
import importlib
import sys
from collections.abc import Callable

import pytest

from ptodesk_gui import __version__
from ptodesk_gui.desk.address import AddressError, site_address
from ptodesk_gui.desk.errors import Kind, TroubleError, TroubleFacts
from ptodesk_gui.outbox.faults import StoreError
from ptodesk_gui.workstation import report

WITNESS = "Jane Witness, 1 Main St, ATATT3x0123456789"


def told(raises: Callable[[], object]) -> str:
    try:
        raises()
    except BaseException as error:
        return report.described(type(error), error, error.__traceback__)
    raise AssertionError("nothing was raised")


def holding(value: str) -> None:
    """Fails with the value in its message, its locals and its argument."""
    copied = {value: value}
    raise ValueError(f"cannot read {copied}")


def test_it_names_kind_module_line_and_function_and_no_value() -> None:
    text = told(lambda: holding(WITNESS))
    assert text.startswith("ValueError\n")
    assert "test_report:" in text
    assert " in holding" in text
    assert "Witness" not in text
    assert "/" not in text, "no folder of this computer"


def test_what_caused_it_is_told_in_the_same_way() -> None:
    def twice() -> None:
        try:
            holding(WITNESS)
        except ValueError as error:
            raise KeyError(WITNESS) from error

    text = told(twice)
    assert text.startswith("KeyError\n")
    assert "because of ValueError" in text
    assert "Witness" not in text


def test_a_circle_of_causes_has_an_end() -> None:
    def circle() -> None:
        first, second = ValueError(WITNESS), KeyError(WITNESS)
        first.__cause__, second.__cause__ = second, first
        raise first

    assert told(circle).count("because of") == 1


@pytest.mark.parametrize(
    "error",
    [
        UnicodeDecodeError("utf-8", WITNESS.encode(), 0, 1, WITNESS),
        FileNotFoundError(errno.ENOENT, WITNESS, WITNESS),
        ExceptionGroup(WITNESS, [ValueError(WITNESS)]),
        TroubleError(TroubleFacts(Kind.STATUS, status=400, messages=(WITNESS,))),
        AssertionError({"name": WITNESS}),
    ],
)
def test_no_kind_of_error_gives_its_words_away(error: BaseException) -> None:
    def fail() -> None:
        raise error

    assert "Witness" not in told(fail)


def test_the_number_of_an_error_of_the_system_is_told() -> None:
    def fail() -> None:
        raise OSError(errno.ENOSPC, WITNESS)

    assert told(fail).startswith("OSError (ENOSPC)")


def test_a_sentence_of_ours_that_holds_nothing_is_told() -> None:
    def full() -> None:
        raise StoreError("The disk is full.", "Make room on it.")

    assert "The disk is full. Make room on it." in told(full)
    assert "must begin with https" in told(lambda: site_address("http://witness.example"))


@pytest.mark.parametrize("name", sorted(report.PLAIN_SENTENCES))
def test_the_sentences_that_are_told_are_those_of_errors_that_there_are(name: str) -> None:
    module, _, kind = name.rpartition(".")
    assert issubclass(getattr(importlib.import_module(module), kind), Exception)


def test_the_sentences_that_are_told_never_name_the_address_they_are_about() -> None:
    for typed in (
        "http://witness.example",
        "https://witness:x@desk.example",
        "https://desk.example:witness",
        "witness",
    ):
        with pytest.raises(AddressError) as caught:
            site_address(typed)
        assert "witness" not in str(caught.value)


def test_an_error_that_cannot_be_printed_is_told_of_all_the_same() -> None:
    class BrokenError(Exception):
        def __str__(self) -> str:
            raise RuntimeError(WITNESS)

    def fail() -> None:
        raise BrokenError

    assert "BrokenError" in told(fail)


def test_an_endless_recursion_is_told_in_few_lines() -> None:
    def deeper() -> None:
        deeper()

    text = told(deeper)
    assert "RecursionError" in text
    assert "more ..." in text
    assert text.count("\n") < 2 * report.MOST_PLACES


def test_what_runs_is_said_with_versions() -> None:
    text = report.about("Qt 6 on offscreen")
    assert text.startswith(f"ptodesk {__version__}, Python {sys.version_info.major}.")
    assert "requests " in text
    assert text.endswith("Qt 6 on offscreen")
