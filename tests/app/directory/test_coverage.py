"""Overlaps, holes and rows that have run out, as an administrator is shown them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.directory.catalogue import Area, Directory, Service
from app.directory.coverage import SOON, Finding, findings
from app.directory.explaining import explain
from app.directory.routing import OUTSIDE_AREA, route
from tests.app.understanding.directory_data import shipped_directory

TODAY = date(2026, 11, 24)
AREAS = ("ZA-EC", "ZA-GP", "ZA-WC")
SLUG = "za-water-sanitation"
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))


def a_service(partner: str, *areas: str, lead: bool = False, **changed: object) -> Service:
    return replace(Service(partner, "movement", lead, areas, None, None), **changed)


def a_directory(*serving: Service) -> Directory:
    shipped = shipped_directory()
    entry = shipped.entry_point("ZA", "water-sanitation")
    areas = tuple(Area(code, code, "ZA") for code in AREAS)
    return Directory(shipped.countries, areas, shipped.partners, (replace(entry, serving=serving),), ())


def kinds(*serving: Service) -> list[str]:
    return [finding.kind for finding in findings(a_directory(*serving), TODAY)]


def test_three_partners_with_an_area_each_are_as_it_should_be() -> None:
    serving = (a_service("planact", "ZA-GP", lead=True), a_service("corc", "ZA-WC"), a_service("afesis", "ZA-EC"))
    assert kinds(*serving) == []


def test_an_area_that_nobody_has_is_a_hole_that_the_lead_fills() -> None:
    [finding] = findings(a_directory(a_service("planact", "ZA-GP", lead=True), a_service("corc", "ZA-WC")), TODAY)
    assert finding == Finding("hole", SLUG, ("planact",), ("ZA-EC",))


def test_an_area_that_two_have_is_an_overlap_named_in_the_order_of_who_gets_it() -> None:
    serving = (a_service("corc", "ZA-WC", "ZA-GP"), a_service("planact", "ZA-GP", "ZA-EC", lead=True))
    assert findings(a_directory(*serving), TODAY) == (Finding("overlap", SLUG, ("planact", "corc"), ("ZA-GP",)),)


def test_a_partner_beside_a_lead_of_the_whole_country_gets_nothing() -> None:
    assert kinds(a_service("planact", lead=True), a_service("corc", "ZA-WC")) == ["shadowed", "overlap"]


def test_dates_that_have_passed_or_come_near_are_told() -> None:
    ended = a_service("corc", "ZA-WC", valid_to=date(2026, 11, 23))
    soon = a_service("planact", lead=True, valid_to=TODAY + SOON)
    coming = a_service("afesis", "ZA-EC", valid_from=date(2026, 11, 25))
    assert kinds(soon, ended, coming) == ["ends_soon", "expired", "not_begun"]


def test_a_lead_who_has_ended_is_replaced_and_nobody_at_all_is_serious() -> None:
    ended = a_service("planact", lead=True, valid_to=date(2026, 1, 31))
    assert kinds(ended, a_service("corc")) == ["lead_away", "expired"]
    assert kinds(ended) == ["nobody", "expired"]
    assert findings(a_directory(ended), TODAY)[0].is_serious


def test_only_one_country_is_looked_at_where_one_is_named() -> None:
    assert findings(a_directory(a_service("planact", "ZA-GP", lead=True)), TODAY, "KE") == ()


@given(
    st.lists(st.tuples(st.sets(st.sampled_from(AREAS)), DAYS, DAYS), min_size=1, max_size=4),
    st.none() | st.sampled_from(AREAS),
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
)
def test_the_findings_and_the_explanation_agree_with_the_routing(
    rows: list[tuple[set[str], date | None, date | None]], area: str | None, day: date
) -> None:
    names = ("planact", "corc", "afesis", "cedc")
    serving = tuple(
        a_service(names[n], *sorted(areas), lead=n == 0, valid_from=begun, valid_to=ended)
        for n, (areas, begun, ended) in enumerate(rows)
    )
    directory = a_directory(*serving)
    way = route(directory, "ZA", "water-sanitation", area, day)
    told = explain(directory, "ZA", "water-sanitation", area, day)
    found = {finding.kind: finding for finding in findings(directory, day)}
    assert told.route == way
    assert (way.partner == "za-desk") == ("nobody" in found) == (told.steps[-1].kind == "nobody")
    if way.partner != "za-desk":
        assert told.steps[-1].partner == way.partner
    if area is not None and "nobody" not in found:
        assert (OUTSIDE_AREA in way.flags) == ("hole" in found and area in found["hole"].areas)
        assert (OUTSIDE_AREA in way.flags) == (told.steps[-1].kind == "outside_area")


def test_what_has_no_entry_point_goes_to_the_desk_and_says_so() -> None:
    directory = shipped_directory()
    assert [step.kind for step in explain(directory, "KE", None, None, TODAY).steps] == ["no_sector"]
    assert [step.kind for step in explain(directory, "KE", "mining", "KE-01", TODAY).steps] == ["no_entry_point"]


def test_a_partner_who_does_not_triage_is_told_as_one_who_sees_it_too() -> None:
    told = explain(shipped_directory(), "NG", "health", "NG-OY", TODAY)
    assert (told.route.partner, told.supporting) == ("jdpc", ("budgit", "centre-lsd"))


def test_every_entry_point_shipped_has_a_partner_at_work() -> None:
    assert not [finding for finding in findings(shipped_directory(), TODAY) if finding.is_serious]
