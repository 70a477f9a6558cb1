"""References: the check character finds every wrong character, and people may write them as they like."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.intake import filing
from app.reports.reference import Reference, WrongReference, check_character, new_reference, read_reference
from tests.builders.reports import a_report

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
COUNTRIES = ("GH", "IN", "ID", "KE", "NG", "SN", "ZA")

bodies = st.text(alphabet=CROCKFORD, min_size=6, max_size=6)
countries = st.sampled_from(COUNTRIES)


def luhn_sum(code: str) -> int:
    """Luhn mod 32 over a whole code, from its last character: every second value is doubled, digits are added."""
    values = [CROCKFORD.index(character) for character in reversed(code)]
    plain, doubled = values[0::2], values[1::2]
    return sum(plain) + sum(divmod(2 * value, 32)[0] + divmod(2 * value, 32)[1] for value in doubled)


def check_by_trying(body: str) -> str:
    """The one character that makes the sum divisible: another way than the code's to the same rule."""
    (right,) = [character for character in CROCKFORD if luhn_sum(body + character) % 32 == 0]
    return right


@given(bodies)
def test_the_check_character_is_the_one_that_makes_the_luhn_sum_divisible(body: str) -> None:
    assert check_character(body) == check_by_trying(body)


@pytest.mark.parametrize(("body", "check"), [("000000", "0"), ("000001", "Y"), ("00000Z", "1"), ("ZZZZZZ", "6")])
def test_known_check_characters(body: str, check: str) -> None:
    """By hand. 1 doubled is 2, and 32 - 2 = 30 is Y. Z is 31, doubled 62 with the digits 1 and 30, 31 again, so 1
    is missing to 32; six of them make 186, and 6 is missing to 192."""
    assert check_character(body) == check_by_trying(body) == check


@given(countries, bodies, st.data())
def test_every_single_wrong_character_is_found(country: str, body: str, data: st.DataObject) -> None:
    code = body + check_character(body)
    for wrong in one_character_off(code):
        with pytest.raises(WrongReference):
            read_reference(f"{country}-{wrong}")


def one_character_off(code: str) -> Iterator[str]:
    for place, right in enumerate(code):
        for character in CROCKFORD:
            if character != right:
                yield code[:place] + character + code[place + 1 :]


@given(bodies)
def test_swapped_neighbours_are_found_unless_they_are_the_first_and_last_digit(body: str) -> None:
    """The one blind spot of every Luhn code: 0 beside the highest digit."""
    code = body + check_character(body)
    for place in range(6):
        left, right = code[place], code[place + 1]
        if left != right and {left, right} != {"0", "Z"}:
            with pytest.raises(WrongReference):
                read_reference("KE-" + code[:place] + right + left + code[place + 2 :])


@given(countries)
def test_a_new_reference_has_its_form_and_is_read_back(country: str) -> None:
    reference = new_reference(country)
    assert len(reference) == 10
    assert set(reference[3:]) <= set(CROCKFORD)
    assert read_reference(reference) == Reference(country, reference[3:])
    assert str(read_reference(reference)) == reference


MISREAD = {"0": "0oO", "1": "1iIlL"}
GAPS = st.sampled_from(["", " ", "-", " - ", "–", "‑", "  ", "\n"])


@st.composite
def as_people_write_it(draw: st.DrawFn) -> tuple[str, str]:
    """A reference, and a way somebody may write it."""
    reference = f"{draw(countries)}-{draw(bodies)}"
    reference += check_character(reference[3:])
    written = list(reference[:2])
    written += [draw(st.sampled_from(MISREAD.get(character, character))) for character in reference[3:]]
    cased = [draw(st.sampled_from([character.upper(), character.lower()])) for character in written]
    return reference, "".join(draw(GAPS) + character for character in cased) + draw(GAPS)


@given(as_people_write_it())
def test_any_case_any_separators_and_lookalikes_are_read(pair: tuple[str, str]) -> None:
    reference, written = pair
    assert str(read_reference(written)) == reference


@pytest.mark.parametrize("written", ["ke1o1oo1w", "KE-IOLOO1W", "ke lO-i0 0lw", "Ke.101001.W"])
def test_lookalikes_by_hand(written: str) -> None:
    assert str(read_reference(written)) == "KE-101001W"


@given(st.text(max_size=40))
def test_no_text_makes_reading_fail(text: str) -> None:
    try:
        found = read_reference(text)
    except WrongReference:
        return
    assert found is None or str(read_reference(str(found))) == str(found)


@pytest.mark.parametrize(
    "text",
    ["", "KE", "KE-", "KE-000000", "KE-00000000", "K1-0000000", "KÉ-0000000", "KE-000000U", "KE-00000ß", "0000000"],
)
def test_what_has_not_the_form_is_no_reference(text: str) -> None:
    assert read_reference(text) is None


def test_references_are_drawn_at_random_and_not_counted_up() -> None:
    drawn = [new_reference("KE") for _ in range(200)]
    assert len(set(drawn)) == 200
    for place in range(3, 9):
        assert len({reference[place] for reference in drawn}) > 20


def test_a_reference_that_is_taken_is_passed_over(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = [a_report().reference for _ in range(3)]
    free = new_reference("KE")
    offered = iter([*taken, free])
    monkeypatch.setattr(filing, "new_reference", lambda _country: next(offered))
    assert a_report().reference == free
