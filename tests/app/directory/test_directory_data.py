"""The shipped directory against what is written down about it, table by table."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from app.directory.catalogue import GAP_KINDS, EntryPoint
from app.understanding.fold import words_of
from tests.app.understanding.directory_data import shipped_directory

COUNTRIES = {
    "GH": ("+233", "GHS", ("en", "ak", "ee")),
    "IN": ("+91", "INR", ("hi", "en", "mr", "ta", "te")),
    "ID": ("+62", "IDR", ("id", "en")),
    "KE": ("+254", "KES", ("en", "sw")),
    "NG": ("+234", "NGN", ("en", "pcm", "ha", "yo", "ig")),
    "SN": ("+221", "XOF", ("fr", "wo")),
    "ZA": ("+27", "ZAR", ("en", "zu", "xh", "st", "af")),
}
AREAS = {"GH": 16, "IN": 36, "ID": 38, "KE": 47, "NG": 37, "SN": 14, "ZA": 9}
ORGANISATIONS = """pfag wacam ska cbga sathi ncdhr knti inisiatif fitra spri cedc cedgg jdpc budgit centre-lsd
swofon csj urbasen ong3d fsaph osidea planact corc afesis"""

# slug: COFOG, partners (the lead first, then movement, then budget), gap kinds in the order of the problems
# (a absent, l late, s short, b broken, c overcharged, x excluded, d diverted, u unsafe, n no information, o other).
ENTRY_POINTS = {
    "gh-agriculture": ("04.2.1", "pfag", "alcxdduaxca"),
    "gh-mining": ("06.2.0 06.3.0 05.3.0", "wacam", "usabnnuxubo"),
    "in-water-sanitation": ("10.7.0 05.2.0", "ska cbga", "xalaxuuaaxl"),
    "in-health": ("10.4.0 07.4.0", "sathi", "alsasuaxcal"),
    "in-education": ("09.4.1 09.2.2", "ncdhr", "alscxblxaan"),
    "id-fishing": ("04.2.3 04.3.2", "knti inisiatif fitra", "xxxsadcbcx"),
    "id-social-assistance": ("10.4.0 10.7.0", "spri inisiatif fitra", "xxlsdbxxnnc"),
    "ke-health": ("07.2.1 07.4.0", "cedc", "aacabbxblu"),
    "ke-water-sanitation": ("06.3.0", "cedgg", "abbauacdxba"),
    "ng-health": ("07.2.1", "jdpc budgit centre-lsd", "aacabbaaax"),
    "ng-agriculture": ("04.2.1", "swofon csj", "alducauxxao"),
    "sn-water-sanitation": ("05.2.0", "urbasen ong3d", "bcacxbubab"),
    "sn-social-assistance": ("10.1.2 07", "fsaph osidea", "alcxxaxaxx"),
    "za-water-sanitation": ("05.2.0 06.3.0 05.1.0", "planact corc afesis", "asubbabuauxl"),
}
GAP_LETTERS = dict(zip("alsbcxduno", GAP_KINDS, strict=True))
BUDGET_PARTNERS = {"cbga", "inisiatif", "fitra", "budgit", "centre-lsd", "csj", "ong3d", "osidea"}
SENSITIVE = {
    "gh-mining/security-force-abuse",
    "in-water-sanitation/still-forced-to-do-the-work",
    "ng-agriculture/insecurity",
    "za-water-sanitation/unusable-for-disabled-people",
}


def _entry(slug: str) -> EntryPoint:
    return next(entry for entry in shipped_directory().entry_points if entry.slug == slug)


def test_the_fourteen_entry_points_are_there_and_no_other() -> None:
    assert sorted(entry.slug for entry in shipped_directory().entry_points) == sorted(ENTRY_POINTS)


@pytest.mark.parametrize("code", sorted(COUNTRIES))
def test_a_country_has_its_code_currency_languages_desk_and_areas(code: str) -> None:
    country = shipped_directory().country(code)
    assert (country.dialling_code, country.currency, country.languages) == COUNTRIES[code]
    assert shipped_directory().partner(country.desk).kind == "desk"
    assert country.desk == f"{code.lower()}-desk"
    assert len(shipped_directory().areas_of(code)) == AREAS[code]


def test_baringo_is_the_iso_code_not_the_electoral_one() -> None:
    directory = shipped_directory()
    assert directory.area("KE-01").name == "Baringo"
    assert {"ZA-KZN", "IN-CG"} <= {area.code for area in directory.areas}


def test_partners_are_the_organisations_seven_desks_and_the_reviewer() -> None:
    kinds = Counter(partner.kind for partner in shipped_directory().partners)
    slugs = {partner.slug for partner in shipped_directory().partners if partner.kind == "organisation"}
    assert (kinds["desk"], kinds["reviewer"]) == (7, 1)
    assert slugs == set(ORGANISATIONS.split())
    assert shipped_directory().partner("ibp").country is None


@pytest.mark.parametrize("slug", sorted(ENTRY_POINTS))
def test_an_entry_point_has_its_functions_partners_and_gap_kinds(slug: str) -> None:
    cofog, partners, gaps = ENTRY_POINTS[slug]
    entry = _entry(slug)
    assert " ".join(entry.cofog) == cofog
    assert " ".join(dict.fromkeys(service.partner for service in entry.serving)) == partners
    assert entry.lead.partner == partners.split()[0]
    assert [problem.gap_kind for problem in entry.problems] == [GAP_LETTERS[letter] for letter in gaps]


def test_a_partner_is_technical_exactly_where_it_follows_budgets() -> None:
    services = [service for entry in shipped_directory().entry_points for service in entry.serving]
    assert {service.partner for service in services if service.role == "budget_technical"} == BUDGET_PARTNERS


def test_only_what_can_bring_harm_is_sensitive() -> None:
    problems = [problem for entry in shipped_directory().entry_points for problem in entry.problems]
    disability = {problem.slug for problem in _entry("sn-social-assistance").problems}
    assert {problem.slug for problem in problems if problem.sensitive} == SENSITIVE | disability


@pytest.mark.parametrize("slug", sorted(ENTRY_POINTS))
def test_an_entry_point_has_words_enough_in_every_language_offered(slug: str) -> None:
    entry = _entry(slug)
    phrases = {word.text for word in entry.words if word.kind != "hint"}
    told = Counter(word.language for word in entry.words)
    offered = shipped_directory().country(entry.country).languages
    assert len(phrases) >= 60
    assert min(told[language] for language in offered) >= 10


@pytest.mark.parametrize("code", sorted(COUNTRIES))
def test_no_phrase_speaks_for_two_sectors_of_a_country(code: str) -> None:
    directory = shipped_directory()
    sectors: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for place in (*directory.entry_points, *directory.elsewhere):
        for word in place.words:
            if place.country == code and word.kind != "hint":
                sectors[tuple(words_of(word.text))].add(place.sector)
    assert {phrase: of for phrase, of in sectors.items() if len(of) > 1 or not phrase} == {}


def test_every_sector_without_an_entry_point_has_words_of_its_own() -> None:
    directory = shipped_directory()
    covered = Counter(place.country for place in (*directory.entry_points, *directory.elsewhere))
    assert covered == dict.fromkeys(COUNTRIES, 8)
