"""What staff type is read exactly, or refused in plain words."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.directory import cofog
from app.followup.reading import read_address, read_amount, read_fiscal_year, read_unit, read_whole_number
from app.followup.refusals import Refused
from app.followup.rules import rules, statutory_deadline


@pytest.fixture(autouse=True)
def in_a_request(app_without_database: Flask) -> None:
    """Refusals are said in the page's language, so there has to be a page."""


@pytest.mark.parametrize(
    ("text", "scale", "amount"),
    [
        ("2,242,368", "1", "2242368"),
        ("2 242 368", "1", "2242368"),
        ("2\u202f242\u202f368", "1", "2242368"),
        ("22,42,368.50", "1", "2242368.50"),
        ("1,255", "10000000", "12550000000"),
        ("334.5", "1000000", "334500000"),
        ("0", "1", "0"),
        (" 96 ", "1", "96"),
        ("0.1", "1", "0.1"),
        ("0.125", "1", "0.125"),
        ("2,242.368", "1", "2242.368"),
    ],
)
def test_an_amount_is_read_to_the_last_digit(text: str, scale: str, amount: str) -> None:
    assert read_amount("amount", text, scale) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-5",
        "1.255,50",
        "1e9",
        "NaN",
        "12,34",
        "1,2345",
        "600.000",
        "1.255",
        "Infinity",
        "R334",
        "1.2.3",
        "9" * 25,
        "1,,000",
    ],
)
def test_what_is_no_clear_amount_is_refused_rather_than_guessed_at(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_amount("amount", text)
    assert refused.value.field == "amount"


@given(st.decimals(min_value=0, max_value=10**15, places=2), st.sampled_from([",", " ", "\u00a0"]))
def test_any_amount_comes_back_from_how_it_is_written(amount: Decimal, separator: str) -> None:
    written = f"{amount:,.2f}".replace(",", separator)
    assert read_amount("amount", written) == amount


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    for read in (read_amount, read_fiscal_year, read_unit, read_address):
        with suppress(Refused):
            assert read("field", text) is not None


@pytest.mark.parametrize(
    ("text", "unit"),
    [("ZAR", ("ZAR", True)), ("kes", ("KES", True)), ("kL", ("kL", False)), ("bags", ("bags", False))],
)
def test_a_unit_is_a_currency_or_a_physical_one(text: str, unit: tuple[str, bool]) -> None:
    assert read_unit("unit", text) == unit


@pytest.mark.parametrize("text", ["XQZ", "", " ", "a" * 21])
def test_a_currency_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_unit("unit", text)


@pytest.mark.parametrize(
    ("text", "year"), [("2024", "2024"), ("2022/23", "2022/23"), ("2022-2023", "2022/23"), ("1999/00", "1999/00")]
)
def test_a_fiscal_year_is_one_year_or_two_in_a_row(text: str, year: str) -> None:
    assert read_fiscal_year("fiscal_year", text) == year


@pytest.mark.parametrize("text", ["", "24", "2022/24", "2022/22", "last year", "20222023"])
def test_another_fiscal_year_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_fiscal_year("fiscal_year", text)


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "data:text/html,x", "treasury.gov.za", "http://", "https:///x"]
)
def test_an_address_is_one_of_the_web(text: str) -> None:
    with pytest.raises(Refused):
        read_address("source_url", text)
    assert read_address("source_url", "https://example.org/report.pdf") == "https://example.org/report.pdf"
    assert read_address("source_url", "") == ""


@pytest.mark.parametrize("text", ["101", "1.5", "-1", "many"])
def test_a_share_is_a_whole_number_up_to_a_hundred(text: str) -> None:
    with pytest.raises(Refused):
        read_whole_number("women_share", text, 100)
    assert read_whole_number("women_share", "", 100) is None
    assert read_whole_number("women_share", "65", 100) == 65


def test_cofog_has_its_188_codes_each_below_its_division() -> None:
    codes = list(cofog.functions())
    assert len(codes) == 188
    assert len({code[:2] for code in codes}) == 10
    assert all(code.rpartition(".")[0] in cofog.functions() for code in codes if "." in code)
    assert cofog.functions()["06.3.0"].name("fr") != cofog.functions()["06.3.0"].name("en")


@pytest.mark.parametrize("code", ["", "6.3.0", "11", "06.3.9", "06.3.0 "])
def test_another_code_is_none(code: str) -> None:
    assert not cofog.is_code(code)


def test_the_codes_of_the_entry_point_are_offered_first() -> None:
    offered = [code for code, _name in cofog.offered("en", ("06.3.0", "05.2.0", "99"))]
    assert offered[:3] == ["06.3.0", "05.2.0", "01"]
    assert len(offered) == 188


def test_the_law_gives_an_information_request_its_days_where_we_know_them() -> None:
    sent = date(2026, 11, 2)
    assert statutory_deadline("ZA", "information_request", sent) == date(2026, 12, 2)
    assert statutory_deadline("KE", "information_request", sent) == date(2026, 11, 23)
    assert statutory_deadline("SN", "information_request", sent) is None
    assert statutory_deadline("ZA", "meeting", sent) is None


def test_the_rules_are_those_of_the_file() -> None:
    assert (rules().independent_people, rules().fewest_yes) == (3, 2)
    assert 0 < rules().share_of_answers <= 1
