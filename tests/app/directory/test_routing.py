"""Every country, sector and area, against partners' areas written out here by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from app.directory.catalogue import Directory, Service
from app.directory.routing import Route, route
from tests.app.understanding.directory_data import shipped_directory

TODAY = date(2026, 3, 1)
WHOLE = "*"

# One row a country, one column a sector; `desk` where there is no entry point.
SECTORS = [
    "agriculture",
    "mining",
    "water-sanitation",
    "health",
    "education",
    "fishing",
    "social-assistance",
    "other",
]
LEADS = {
    "GH": "pfag    wacam   desk     desk    desk    desk    desk    desk",
    "IN": "desk    desk    ska      sathi   ncdhr   desk    desk    desk",
    "ID": "desk    desk    desk     desk    desk    knti    spri    desk",
    "KE": "desk    desk    cedgg    cedc    desk    desk    desk    desk",
    "NG": "swofon  desk    desk     jdpc    desk    desk    desk    desk",
    "SN": "desk    desk    urbasen  desk    desk    desk    fsaph   desk",
    "ZA": "desk    desk    planact  desk    desk    desk    desk    desk",
}
AREAS = {
    "pfag": "GH-TV GH-AA GH-NE GH-UE GH-UW GH-NP",
    "wacam": "GH-WP GH-AF",
    "ska": WHOLE,
    "sathi": "IN-MH",
    "ncdhr": WHOLE,
    "knti": "ID-SU ID-JT",
    "spri": "ID-JK",
    "cedc": "KE-04",
    "cedgg": "KE-01",
    "swofon": "NG-NI NG-NA NG-OY NG-AN NG-JI",
    "jdpc": "NG-AN NG-OY NG-OG",
    "urbasen": "SN-DK",
    "fsaph": WHOLE,
    "planact": "ZA-GP",
}
OTHER_MOVEMENTS = {"ZA-WC": "corc", "ZA-EC": "afesis"}


def _expected(country: str, sector: str, area: str | None) -> tuple[str | None, str, tuple[str, ...]]:
    lead = dict(zip(SECTORS, LEADS[country].split(), strict=True))[sector]
    if lead == "desk":
        return None, f"{country.lower()}-desk", ()
    slug = f"{country.lower()}-{sector}"
    if area is None or AREAS[lead] == WHOLE or area in AREAS[lead].split():
        return slug, lead, ()
    if area in OTHER_MOVEMENTS:
        return slug, OTHER_MOVEMENTS[area], ()
    return slug, lead, ("outside area",)


def _cases() -> Iterator[tuple[str, str, str | None]]:
    for country in LEADS:
        for sector in SECTORS:
            for area in (None, *(area.code for area in shipped_directory().areas_of(country))):
                yield country, sector, area


def _route(country: str, sector: str | None, area: str | None = None, **more: bool) -> Route:
    return route(shipped_directory(), country, sector, area, TODAY, **more)


def test_every_country_sector_and_area_goes_to_its_partner_or_desk() -> None:
    cases = list(_cases())
    found = {case: _route(*case) for case in cases}
    wrong = {
        case: (got.entry_point, got.partner, got.flags)
        for case, got in found.items()
        if (got.entry_point, got.partner, got.flags) != _expected(*case)
    }
    assert wrong == {}
    assert len(cases) == 8 * (197 + 7)


def test_no_sector_goes_to_the_desk() -> None:
    got = _route("KE", None, "KE-01")
    assert (got.sector, got.entry_point, got.partner, got.flags) == (None, None, "ke-desk", ())


def test_a_matter_outside_the_focus_stays_with_the_partner_and_is_flagged() -> None:
    assert _route("IN", "health", "IN-MH", outside_focus=True).flags == ("outside focus",)
    assert _route("IN", "health", "IN-KL", outside_focus=True).flags == ("outside area", "outside focus")
    assert _route("IN", "mining", outside_focus=True).flags == ()


def test_the_reason_names_what_decided() -> None:
    assert "KE-04" in _route("KE", "health", "KE-04").why
    assert "education" in _route("KE", "education").why


def test_an_unknown_country_is_refused() -> None:
    with pytest.raises(KeyError):
        _route("XX", "health")


def _with_services(*services: Service) -> Directory:
    """The shipped directory, with other services at South Africa's entry point."""
    shipped = shipped_directory()
    entries = [
        replace(entry, serving=services) if entry.country == "ZA" else entry for entry in shipped.entry_points
    ]
    return Directory(shipped.countries, shipped.areas, shipped.partners, tuple(entries), shipped.elsewhere)


def _service(partner: str, *areas: str, lead: bool = False, role: str = "movement", **dates: date) -> Service:
    return Service(partner, role, lead, areas, dates.get("valid_from"), dates.get("valid_to"))


def _za(directory: Directory, area: str | None, on: date = TODAY) -> tuple[str, tuple[str, ...]]:
    got = route(directory, "ZA", "water-sanitation", area, on)
    assert got.entry_point == "za-water-sanitation"
    return got.partner, got.flags


def test_a_service_is_valid_on_its_first_and_last_day_and_not_beyond() -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    directory = _with_services(_service("planact", lead=True, valid_from=first, valid_to=last))
    days = (date(2025, 12, 31), first, last, date(2027, 1, 1))
    assert [_za(directory, None, day)[0] for day in days] == ["za-desk", "planact", "planact", "za-desk"]


def test_when_the_lead_has_ended_the_first_movement_partner_stands_in() -> None:
    ended = _service("planact", "ZA-GP", lead=True, valid_to=date(2025, 12, 31))
    directory = _with_services(ended, _service("corc", "ZA-WC"), _service("afesis", "ZA-EC"))
    assert _za(directory, None) == ("corc", ())
    assert _za(directory, "ZA-EC") == ("afesis", ())
    assert _za(directory, "ZA-GP") == ("corc", ("outside area",))


def test_a_budget_partner_never_triages() -> None:
    ended = _service("planact", lead=True, valid_to=date(2025, 12, 31))
    assert _za(_with_services(ended, _service("corc", role="budget_technical")), "ZA-WC") == ("za-desk", ())


def test_the_lead_comes_first_where_two_partners_share_an_area() -> None:
    directory = _with_services(_service("corc", "ZA-GP"), _service("planact", "ZA-GP", lead=True))
    assert _za(directory, "ZA-GP") == ("planact", ())
