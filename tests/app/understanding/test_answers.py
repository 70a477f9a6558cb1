from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.understanding.answers import read_choice

TYPED = ("1", " 1.", "1)", "(1)", "1 \n", "01", "no 1", "No.1", "#1", "number 1", "namba 1", "numéro 1", "1️⃣")
OTHER_DIGITS = ("१", "১", "١", "௧", "౧", "１", "①")


@pytest.mark.parametrize("text", TYPED + OTHER_DIGITS)
def test_a_number_alone_is_a_choice_however_it_is_typed(text: str) -> None:
    assert read_choice(text, 5) == 1


NO_CHOICE = ("", "no", "yes", "one", "1 2", "1/2", "1.5", "1st", "-1", "1 borehole", "we have 1 nurse")


@pytest.mark.parametrize("text", [*NO_CHOICE, "0", "6", "9" * 5000])
def test_anything_else_is_none(text: str) -> None:
    assert read_choice(text, 5) is None


def test_the_last_choice_is_read_and_the_next_is_not() -> None:
    assert (read_choice("12", 12), read_choice("13", 12)) == (12, None)


@given(st.text() | st.from_regex(r"[\d\s.()#]{0,8}"), st.integers(1, 99))
def test_whatever_is_read_is_one_of_the_choices(text: str, count: int) -> None:
    choice = read_choice(text, count)
    assert choice is None or 1 <= choice <= count


@given(st.integers(1, 99))
def test_every_choice_can_be_given(choice: int) -> None:
    assert read_choice(f" {choice}) ", 99) == choice
