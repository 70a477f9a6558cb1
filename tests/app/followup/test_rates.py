"""Rates are exact; real figures of the countries come out as they should."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.followup.causes import CAUSES, suggest
from app.followup.rates import PHASES, Line, lines_of, rounded

amounts = st.decimals(min_value=0, max_value=10**15, places=2)


@dataclass(frozen=True)
class AFigure:
    phase: str
    amount: Decimal
    fiscal_year: str = "2024"
    programme: str = "Programme"
    unit: str = "KES"


def line(**phases: str) -> Line:
    return Line("2024", "Programme", "KES", {phase: Decimal(text) for phase, text in phases.items()})


def causes(of: Line) -> list[str]:
    return [suggestion.cause for suggestion in suggest([of])]


@pytest.mark.parametrize(
    ("phases", "rate", "shown"),
    [
        (
            {"approved": "2242368", "executed": "600000"},
            "execution",
            "26.8",
        ),  # Indonesia, diesel
        ({"approved": "1900000", "executed": "500000"}, "execution", "26.3"),  # Indonesia in 2020
        ({"approved": "12550000000", "executed": "2360000000"}, "execution", "18.8"),  # India, SRMS
        (
            {"approved": "56600000000", "released": "25000000000"},
            "release",
            "44.2",
        ),  # India, post-matric
        ({"approved": "334000000", "executed": "64000000"}, "execution", "19.2"),  # Nelson Mandela Bay, ISUPG
        ({"approved": "5900000000", "released": "7200000000"}, "release", "122.0"),  # Kenya, SHA
    ],
)
def test_real_figures(phases: dict[str, str], rate: str, shown: str) -> None:
    assert str(rounded(getattr(line(**phases), rate) * 100, 1)) == shown


def test_the_three_rates() -> None:
    three = line(approved="300", released="200", executed="50")
    assert three.release == Fraction(2, 3)
    assert three.execution == Fraction(1, 6)
    assert three.utilisation == Fraction(1, 4)


def test_a_rate_without_its_figures_or_of_nothing_is_none() -> None:
    assert line(approved="0", released="5").release is None
    assert line(released="5").release is None
    assert line(approved="5").execution is None


def test_per_head_is_the_amount_over_the_people() -> None:
    assert line(approved="100").per_head("approved", 3) == Fraction(100, 3)
    assert line(approved="100").per_head("approved", None) is None
    assert line(approved="100").per_head("approved", 0) is None
    assert line(approved="100").per_head("released", 3) is None


@given(amounts, amounts, amounts)
def test_release_times_utilisation_is_execution_exactly(
    approved: Decimal, released: Decimal, spent: Decimal
) -> None:
    of = Line("2024", "P", "KES", {"approved": approved, "released": released, "executed": spent})
    if of.release is not None and of.utilisation is not None:
        assert of.release * of.utilisation == of.execution


@given(st.fractions(max_denominator=10**6), st.integers(0, 6))
def test_rounding_is_off_by_half_a_unit_at_most(value: Fraction, places: int) -> None:
    shown = rounded(value, places)
    assert abs(Fraction(shown) - value) <= Fraction(1, 2 * 10**places)
    assert shown.as_tuple().exponent == -places


def test_figures_are_grouped_by_year_programme_and_unit_and_the_last_one_counts() -> None:
    figures = [
        AFigure("approved", Decimal(5)),
        AFigure("executed", Decimal(1), unit="bags"),
        AFigure("approved", Decimal(7), fiscal_year="2025"),
        AFigure("released", Decimal(2)),
        AFigure("approved", Decimal(6)),
    ]
    assert lines_of(figures) == (
        Line("2025", "Programme", "KES", {"approved": Decimal(7)}),
        Line("2024", "Programme", "KES", {"approved": Decimal(6), "released": Decimal(2)}),
        Line("2024", "Programme", "bags", {"executed": Decimal(1)}),
    )
    assert list(lines_of(figures)[1].amounts) == ["approved", "released"]


def test_phases_stand_in_the_order_of_a_budgets_life() -> None:
    shuffled = [AFigure(phase, Decimal(1)) for phase in reversed(PHASES)]
    assert tuple(lines_of(shuffled)[0].amounts) == PHASES


@pytest.mark.parametrize(
    ("phases", "suggested"),
    [
        ({"approved": "0"}, ["not_budgeted"]),
        ({"approved": "100", "released": "79"}, ["not_released"]),
        ({"approved": "100", "released": "80", "executed": "60"}, ["not_spent"]),
        ({"approved": "334", "executed": "64"}, ["not_released", "not_spent"]),
        (
            {"approved": "100", "released": "90", "executed": "90"},
            ["misspent_or_leaked", "wrongly_targeted", "procurement_or_contract_failure"],
        ),
        ({"approved": "100"}, ["unknown"]),
        ({"released": "100", "executed": "10"}, ["not_spent"]),
    ],
)
def test_what_figures_suggest(phases: dict[str, str], suggested: list[str]) -> None:
    assert causes(line(**phases)) == suggested


def test_without_figures_nothing_is_suggested_but_to_find_some() -> None:
    (suggestion,) = suggest([])
    assert (suggestion.cause, suggestion.line) == ("unknown", None)


@given(st.dictionaries(st.sampled_from(PHASES), amounts))
def test_every_suggestion_is_a_cause_that_a_person_may_take_up(phases: dict[str, Decimal]) -> None:
    found = suggest([Line("2024", "P", "KES", phases)])
    assert found
    assert {suggestion.cause for suggestion in found} <= set(CAUSES)
