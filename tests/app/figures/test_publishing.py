"""Closed months are published, once, without small cells; corrections with the next month, if they are safe."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import update

from app.database import transaction
from app.figures.places import ALL, EVERYTHING, NOT_KNOWN, Place
from app.figures.reading import Cell, ClosedMonth, MonthlyCell, closed_months, read_month, read_trend
from app.reports.models import Report
from app.viewer import PUBLIC, WORKER, acting_as
from tests.app.inbox.many import statements
from tests.builders.figures import (
    AFTER_JULY,
    AFTER_JUNE,
    BARINGO,
    BUSIA,
    JULY,
    JUNE,
    a_crowd,
    publish_at,
    reports_of,
    somebody,
)

KENYA, HEALTH_THERE = Place("KE", ALL, ALL), Place("KE", "health", BUSIA)


def months() -> tuple[ClosedMonth, ...]:
    with acting_as(PUBLIC), transaction() as session:
        return closed_months(session)


def cells(month: date = JUNE, country: str | None = "KE") -> Mapping[Place, Cell]:
    (closed,) = [found for found in months() if found.month == month]
    with acting_as(PUBLIC), transaction() as session:
        return read_month(session, closed, country).cells


def trend(country: str = "KE", sector: str = "health", area: str = ALL) -> tuple[MonthlyCell, ...]:
    with acting_as(PUBLIC), transaction() as session:
        return read_trend(session, closed_months(session), country, sector, area)


def drop(*reports: uuid.UUID) -> None:
    """Found to be duplicates later."""
    with acting_as(WORKER), transaction() as session:
        session.execute(update(Report).where(Report.id.in_(reports)).values(status="duplicate"))


def test_a_month_is_published_when_it_is_closed_and_not_before(app: Flask) -> None:
    a_crowd(7)
    a_crowd(8, month=JULY)
    publish_at(AFTER_JUNE)
    assert [closed.month for closed in months()] == [JUNE]
    publish_at(AFTER_JULY)
    assert [closed.month for closed in months()] == [JULY, JUNE]


def test_what_is_large_enough_is_published_as_it_was_counted(app: Flask) -> None:
    a_crowd(7)
    reports_of(somebody(), (BUSIA, BUSIA))
    publish_at(AFTER_JUNE)
    seven = Cell(people=8, reports=9, gaps=1, cases=0, fixes=0)
    kinds = (HEALTH_THERE, Place("KE", ALL, BUSIA), Place("KE", "health", ALL), KENYA, Place(ALL, "health", ALL))
    assert cells() == dict.fromkeys((*kinds, EVERYTHING), seven)


def test_a_small_cell_is_stored_without_any_number(app: Flask) -> None:
    a_crowd(4)
    a_crowd(30, BARINGO)
    publish_at(AFTER_JUNE)
    found = cells()
    assert found[HEALTH_THERE] == Cell(None, None, None, None, None)
    assert found[KENYA] == Cell(people=34, reports=34, gaps=2)


def test_a_month_in_which_nobody_reported_is_published_as_nought(app: Flask) -> None:
    a_crowd(7)
    drop(*a_crowd(5, month=JULY))
    publish_at(AFTER_JULY)
    assert cells(JULY) == {}
    assert trend()[0].cell == Cell()


def test_areas_of_other_countries_are_not_read(app: Flask) -> None:
    a_crowd(7)
    a_crowd(12, "GH-WP", "mining")
    publish_at(AFTER_JUNE)
    assert {place.country for place in cells(country="KE") if place.area != ALL} == {"KE"}
    assert {place.area for place in cells(country=None)} == {ALL}


def test_reports_from_nowhere_known_have_a_cell_of_their_own(app: Flask) -> None:
    a_crowd(7, "KE")
    publish_at(AFTER_JUNE)
    assert cells()[Place("KE", "health", NOT_KNOWN)].people == 7


def test_publishing_again_changes_nothing(app: Flask) -> None:
    a_crowd(7)
    publish_at(AFTER_JUNE)
    before = months(), cells()
    publish_at(AFTER_JUNE)
    assert (months(), cells()) == before


def test_a_correction_waits_for_the_next_month_and_then_shows_what_was_said_before(app: Flask) -> None:
    first, *_ = a_crowd(9)
    publish_at(AFTER_JUNE)
    drop(first)
    publish_at(AFTER_JUNE)
    assert cells()[KENYA].people == 9
    a_crowd(6, month=JULY)
    publish_at(AFTER_JULY)
    assert cells()[KENYA].people == 8
    july, june = trend()
    assert (june.cell.people, june.was.people) == (8, 9)
    assert june.closed.corrected_at > june.closed.published_at
    assert (july.cell.people, july.was, july.closed.corrected_at) == (6, None, None)


def test_what_an_edition_took_away_altogether_is_nought_in_the_next(app: Flask) -> None:
    gone = a_crowd(9)
    publish_at(AFTER_JUNE)
    drop(*gone)
    a_crowd(6, month=JULY)
    publish_at(AFTER_JULY)
    assert cells() == {}
    assert trend()[-1].was.people == 9


def test_what_was_hidden_stays_hidden_in_a_correction(app: Flask) -> None:
    a_crowd(3)
    first, *_ = a_crowd(30, BARINGO)
    publish_at(AFTER_JUNE)
    hidden = {place for place, cell in cells().items() if cell.is_hidden}
    assert hidden
    drop(first)
    a_crowd(5)
    a_crowd(6, month=JULY)
    publish_at(AFTER_JULY)
    assert cells()[KENYA].people == 37
    assert hidden <= {place for place, cell in cells().items() if cell.is_hidden}


def test_a_correction_that_would_tell_what_is_hidden_is_held_back(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    """Busia was hidden behind Baringo; without Baringo's reports it would be all that is hidden."""
    a_crowd(3)
    gone = a_crowd(20, BARINGO)
    a_crowd(30, "KE-22")
    publish_at(AFTER_JUNE)
    assert cells()[Place("KE", "health", BARINGO)].is_hidden
    drop(*gone)
    a_crowd(6, month=JULY)
    with caplog.at_level(logging.WARNING):
        publish_at(AFTER_JULY)
    assert cells()[KENYA].people == 53
    assert "2026-06-01 is not corrected" in caplog.text


def test_each_reading_is_one_statement(app: Flask) -> None:
    a_crowd(7)
    publish_at(AFTER_JULY)
    with statements() as seen:
        cells()
        trend()
    assert len(seen) == 4, seen


def test_tables_put_the_total_last_and_fill_what_is_not_there_with_noughts(app: Flask) -> None:
    a_crowd(7)
    publish_at(AFTER_JUNE)
    with acting_as(PUBLIC), transaction() as session:
        figures = read_month(session, closed_months(session)[0], "KE")
    table = figures.by_country_and_sector(("GH", "KE"), ("health", "other"))
    assert (table.rows, table.columns) == (("GH", "KE", ALL), ("health", "other", ALL))
    assert [table.cell(row, "health").people for row in table.rows] == [0, 7, 7]
    areas = figures.by_area("KE", (BUSIA, BARINGO, NOT_KNOWN), "health")
    assert [areas.cell(row).people for row in areas.rows] == [7, 0, 0, 7]
