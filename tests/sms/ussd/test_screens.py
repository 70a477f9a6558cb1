"""What a screen holds, and how a list is laid out on several."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sms.ussd.paging import MOST_LINES, Keys, pages
from sms.ussd.screens import fits, shorten
from tests.sms.strategies import EXTENSION, FROM_GSM, OUTSIDE
from tests.sms.ussd.screen import assert_fits

KEYS = Keys("0 Back", "98 More", "00 Start")

texts = st.text(FROM_GSM + EXTENSION + OUTSIDE + "  ", max_size=120)
lists = st.lists(st.text("abcdefgh ẹ€", min_size=1, max_size=40), max_size=14)


@pytest.mark.parametrize(
    ("text", "is_short"),
    [
        ("a" * 182, True),
        ("a" * 183, False),
        ("€" * 91, True),
        ("€" * 91 + "a", False),
        ("ẹ" * 80, True),
        ("ẹ" * 81, False),
    ],
)
def test_a_screen_holds_182_septets_or_80_units(text: str, is_short: bool) -> None:
    assert fits(text) is is_short


@given(text=texts)
def test_what_fits_can_be_sent(text: str) -> None:
    assume(fits(text))
    assert_fits(text)


def test_a_text_is_shortened_by_whole_words() -> None:
    assert shorten("Recorded: KE-7F3K9QX keep it", lambda text: len(text) <= 24) == "Recorded: KE-7F3K9QX.."
    assert shorten("Recorded: KE-7F3K9QX keep it", lambda text: len(text) <= 18) == "Recorded.."
    assert shorten("Recorded: KE-7F3K9QX", lambda text: len(text) <= 3) == ""


@given(text=texts)
def test_a_shortened_text_fits_and_begins_as_the_text_does(text: str) -> None:
    short = shorten(text)
    assert fits(short)
    assert text.startswith(short.removesuffix(".."))


def test_five_lines_stand_on_a_screen_and_the_rest_on_others() -> None:
    first, second = pages("Choose", [f"{n} Line" for n in range(1, 8)], KEYS)
    assert first == "Choose\n1 Line\n2 Line\n3 Line\n4 Line\n5 Line\n0 Back\n98 More\n00 Start"
    assert second == "Choose\n6 Line\n7 Line\n0 Back\n00 Start"


def test_on_the_first_screen_of_all_there_is_no_way_back() -> None:
    first, second = pages("Choose", [f"{n} Line" for n in range(1, 8)], KEYS, is_top=True)
    assert first.splitlines()[-1] == "98 More"
    assert second.splitlines()[-2:] == ["0 Back", "00 Start"]


def test_a_list_of_nothing_is_its_title() -> None:
    assert pages("Nothing here", [], KEYS) == ("Nothing here\n0 Back\n00 Start",)


def test_a_title_gives_way_before_a_line_does() -> None:
    (only,) = pages("word " * 60, ["1 Send"], KEYS)
    assert only.startswith("word word")
    assert only.endswith("..\n1 Send\n0 Back\n00 Start")


@given(title=texts, lines=lists, is_top=st.booleans())
def test_every_screen_fits_and_every_line_that_fits_is_shown_once(
    title: str, lines: list[str], is_top: bool
) -> None:
    numbered = [f"{n} {line.strip() or 'x'}" for n, line in enumerate(lines, 10)]
    shown = pages(title.replace("\n", " "), numbered, KEYS, is_top)
    for text in shown:
        assert_fits(text)
    below = {"0 Back", "98 More", "00 Start"}
    found = [line for text in shown for line in text.split("\n") if line[:2].isdigit() and line not in below]
    assert [line for line in found if line in numbered] == numbered
    assert max(sum(line in numbered for line in text.split("\n")) for text in shown) <= MOST_LINES


@given(word=st.text("ab€ẹ", min_size=81, max_size=400))
def test_a_single_word_that_is_too_long_breaks_nothing(word: str) -> None:
    for text in pages(word, [word, "2 ok"], KEYS):
        assert_fits(text)
