"""Where somebody stands, told by their phone: to about a kilometre unless they want it exact."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.reports.locations import Location, ReportLocation, read_location
from app.understanding.places.nearest import nearest
from tests.app.access.browser import Browser
from tests.app.channels.web.tracker import opened
from tests.app.channels.web.visitor import Visitor, reference_of, secret_of
from tests.builders.accounts import an_account
from tests.builders.stored import reports, rows

BUSIA, MID_OCEAN = "0.46, 34.11", "0.00, -30.00"


def located(location: str, area: str = "", place: str = "") -> dict[str, dict[str, str]]:
    return {"area": {"area": area, "place": place, "location": location}}


def said_of_it(app: Flask, reference: str) -> str:
    page = Browser(app).sign_in(an_account()).get(f"/inbox/{reference}").text
    found = re.search(r"Where they stood</dt><dd>(.*?)</dd>", page)
    return " ".join(re.sub(r"<[^>]*>", " ", found[1]).split()) if found else ""


def test_the_partner_sees_the_town_and_the_rounded_place(app: Flask) -> None:
    page = Visitor(app).report(**located(BUSIA))
    assert said_of_it(app, reference_of(page)) == "near Busia 0.46, 34.11 to about 1 km"


def test_a_place_is_exact_only_when_five_decimals_were_sent(app: Flask) -> None:
    page = Visitor(app).report(**located("0.46005, 34.11133"))
    assert said_of_it(app, reference_of(page)).endswith("0.46005, 34.11133 exact")


def test_the_location_is_sealed_in_the_database(app: Flask) -> None:
    Visitor(app).report(**located(BUSIA))
    (row,) = rows(ReportLocation)
    assert b"34.11" not in row.sealed


def test_the_nearest_town_tells_the_area_that_was_not_chosen(app: Flask) -> None:
    Visitor(app).report(**located(BUSIA))
    assert [report.area for report in reports()] == ["KE-04"]


def test_the_area_that_was_chosen_stays(app: Flask) -> None:
    Visitor(app).report(**located(BUSIA, area="KE-30"))
    assert [report.area for report in reports()] == ["KE-30"]


def test_far_from_every_town_the_location_is_kept_and_the_area_left_open(app: Flask) -> None:
    page = Visitor(app).report(**located(MID_OCEAN))
    assert [report.area for report in reports()] == [None]
    assert said_of_it(app, reference_of(page)).startswith("0.00, -30.00")


def test_what_will_be_sent_is_shown_before_it_is_sent_and_can_be_taken_out(app: Flask) -> None:
    visitor = Visitor(app)
    check = visitor.answer("check", **located(BUSIA, place="Nambale"))
    assert "Nambale, Near Busia (0.46, 34.11), Busia" in check.text
    area = visitor.fill_in(check, "/report/go", step="area")
    assert re.search(r'name="location" value="0.46, 34.11" checked', area.text)
    without = visitor.fill_in(area, "/report/area", area="", place="Nambale")
    assert "34.11" not in without.text
    assert "34.11" not in visitor.answer("check").text


def test_who_changes_the_country_is_not_there_any_more(app: Flask) -> None:
    visitor = Visitor(app)
    area = visitor.fill_in(visitor.answer("check", **located(BUSIA)), "/report/go", step="country")
    visitor.fill_in(area, "/report/country", country="NG")
    assert "34.11" not in visitor.answer("area", "/report?country=NG", problem={"problem": "other"}).text


def test_who_takes_their_words_back_takes_the_location_back(app: Flask) -> None:
    visitor = Visitor(app)
    done = visitor.report(**located(BUSIA))
    page = opened(visitor, reference_of(done), secret_of(done))
    visitor.fill_in(visitor.fill_in(page, "/track/delete"), "/track/delete")
    assert rows(ReportLocation) == []
    assert [report.area for report in reports()] == ["KE-04"]


NOWHERE = ["", "x", "0.46", "91, 0", "0, 181", "1e3, 4", "٠.٤٦, ٣٤.١١", "0.460051, 1", "1, 2\n"]


@pytest.mark.parametrize("text", NOWHERE)
def test_what_is_no_place_on_earth_counts_as_not_said(app: Flask, text: str) -> None:
    assert read_location(text) is None
    Visitor(app).report(**located(text, area="KE-04"))
    assert rows(ReportLocation) == []


def test_a_location_is_read_as_it_is_written() -> None:
    for one in (Location(0.46, 34.11, False), Location(-33.92487, 18.42406, True), Location(0, -0.5, False)):
        assert read_location(str(one)) == one


@pytest.mark.parametrize(
    ("country", "point", "name", "area"),
    [
        ("KE", (-1.29, 36.82), "Nairobi", "KE-30"),
        ("IN", (19.07, 72.88), "Mumbai", "IN-MH"),
        ("ID", (-6.21, 106.84), "Jakarta", "ID-JK"),
        ("SN", (14.76, -17.39), "Pikine", "SN-DK"),
        ("NG", (9.06, 7.49), "Abuja", "NG-FC"),
        ("GH", (5.56, -0.2), "Accra", "GH-AA"),
        ("ZA", (-33.93, 18.42), "Cape Town", "ZA-WC"),
    ],
)
def test_every_country_has_its_towns(country: str, point: tuple[float, float], name: str, area: str) -> None:
    town = nearest(country, *point)
    assert town
    assert (town.name, town.area) == (name, area)


def test_a_town_of_the_neighbour_is_not_near() -> None:
    assert nearest("KE", 0.31, 32.58) is None  # Kampala, 170 km from the nearest town of Kenya
