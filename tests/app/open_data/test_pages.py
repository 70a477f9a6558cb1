"""Country and sector pages as everybody reads them: what they say, in which language, and what they weigh."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape

import pytest
from flask import Flask

from app.database import transaction
from app.directory.catalogue import OTHER, SECTORS, Directory
from app.directory.channels import Channel
from app.directory.current import channels, current_directory
from app.open_data.places import Place, named, sector_page
from app.viewer import PUBLIC, acting_as
from tests.app.access.browser import Browser
from tests.app.inbox.many import statements
from tests.builders.accounts import an_account
from tests.builders.cases import FIGURE, STATEMENT, a_case, add_figure
from tests.builders.reports import a_number, say

COUNTRIES = ("gh", "id", "in", "ke", "ng", "sn", "za")
FIRST_LOAD = 14 * 1024
MOST_STATEMENTS = 3
SAMPLE = ("/open", "/open/ke", "/open/ke/health", "/open/ke/fishing", "/open/ke/health/poster?lang=sw")


def everything() -> tuple[Directory, tuple[Channel, ...]]:
    with acting_as(PUBLIC), transaction():
        return current_directory(), channels()


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_page_of_a_country_names_its_numbers_entry_points_partners_and_next_window(
    app: Flask, country: str
) -> None:
    directory, registered = everything()
    page = unescape(Browser(app).get(f"/open/{country}?lang=en").text)
    for channel in registered:
        assert (channel.address in page) == (channel.country.lower() == country)
    for entry in (one for one in directory.entry_points if one.country.lower() == country):
        assert f"/open/{country}/{entry.sector}?lang=en" in page
        assert entry.name in page
    assert "When to act next" in page
    assert f"/report?country={country.upper()}" in page


def test_every_entry_point_has_a_page_with_its_problems_partners_and_money(app: Flask) -> None:
    directory, _ = everything()
    browser = Browser(app)
    for entry in directory.entry_points:
        page = text_of(browser.get(f"/open/{entry.country.lower()}/{entry.sector}?lang=en").text)
        assert entry.name in page
        assert not [problem.name for problem in entry.problems if problem.name not in page]
        for service in entry.serving:
            assert directory.partner(service.partner).name in page
            assert directory.partner(service.partner).acronym in page
        for heading in (
            "Who receives it",
            "What happens next",
            "How the money flows",
            "When to act next",
            "Source",
        ):
            assert heading in page, entry.slug


def test_names_are_in_the_readers_language_and_what_has_none_is_marked_as_english(app: Flask) -> None:
    directory, _ = everything()
    entry = directory.entry_point("ID", "fishing")
    assert entry
    page = unescape(Browser(app).get("/open/id/fishing?lang=id").text)
    for one in (entry, *entry.problems):
        assert one.name_in("id") in page
    assert entry.focus not in page
    assert entry.name_in("fr") in unescape(Browser(app).get("/open/id/fishing?lang=fr").text)
    assert named(replace(entry, names={}), "fr") == (entry.name, "en")


def test_a_sector_without_a_partner_says_honestly_that_the_desk_receives_it(app: Flask) -> None:
    directory, _ = everything()
    browser, taken = Browser(app), {(entry.country, entry.sector) for entry in directory.entry_points}
    for country in directory.countries:
        for sector in (one for one in SECTORS if one != OTHER and (country.code, one) not in taken):
            page = browser.get(f"/open/{country.code.lower()}/{sector}?lang=en")
            assert page.status_code == 200
            assert "No partner works on this in" in text_of(page.text)
            assert "the country's desk reads it" in text_of(page.text)
            assert "How the money flows" not in page.text
            assert not [one for one in directory.partners if one.kind == "organisation" and one.name in page.text]


@pytest.mark.parametrize(("path", "is_said"), [("ke/health", True), ("sn/social-assistance", False)])
def test_who_reads_what_comes_from_elsewhere_is_said_where_partners_work_in_some_areas(
    app: Flask, path: str, is_said: bool
) -> None:
    page = text_of(Browser(app).get(f"/open/{path}?lang=en").text)
    assert ("What comes from anywhere else in the country is read by" in page) == is_said


def test_a_partner_whose_time_is_over_is_not_named_any_more(app: Flask) -> None:
    directory, _ = everything()
    entry = directory.entry_point("KE", "health")
    assert entry
    ended = tuple(replace(service, valid_to=date(2026, 11, 23)) for service in entry.serving)
    then = replace(directory, entry_points=(replace(entry, serving=ended),))
    for day, reader in ((date(2026, 11, 23), "cedc"), (date(2026, 11, 24), "ke-desk")):
        page = sector_page(Place(then, directory.country("KE"), (), "en", day), "health")
        assert page.reader.slug == reader
        assert bool(page.receivers) == (reader == "cedc")


@pytest.mark.parametrize(
    "path",
    [
        "/open/xx",
        "/open/ke/other",
        "/open/ke/nothing",
        "/open/xx/health",
        "/open/ke/fishing/poster",
        "/open/k%00/health",
    ],
)
def test_what_there_is_not_is_not_found(app: Flask, path: str) -> None:
    page = Browser(app).get(path)
    assert page.status_code == 404
    assert "public" not in page.headers["Cache-Control"]


def test_an_address_in_capitals_leads_to_the_one_in_small_letters(app: Flask) -> None:
    answer = Browser(app).get("/open/KE/Health?lang=fr")
    assert (answer.status_code, answer.location) == (301, "/open/ke/health?lang=fr")


@pytest.mark.parametrize(
    ("path", "accepts", "language", "said"),
    [
        ("/open/ke/health", "en", "en", "How the money flows"),
        ("/open/ke/health?lang=fr", "en", "fr", "Le comté paie"),
        ("/open/ke/health?lang=id", "fr", "id", "County membayar"),
        ("/open/sn/water-sanitation", "wo", "fr", "L'État donne"),
        ("/open/sn/water-sanitation", "id;q=0.9, en;q=0.5", "id", "Negara memberi"),
        ("/open/ke/health?lang=xx", "fr", "fr", "Le comté paie"),
        ("/open/ke/health?lang=%3Cscript%3E", "", "en", "The county pays"),
    ],
)
def test_the_language_is_the_one_asked_for_else_the_browsers_else_the_countrys(
    app: Flask, path: str, accepts: str, language: str, said: str
) -> None:
    page = Browser(app).get(path, Accept_Language=accepts)
    assert f'<html lang="{language}"' in page.text
    assert said in unescape(page.text)
    assert "<script>" not in page.text
    assert "Accept-Language" in page.headers["Vary"]


def test_the_choice_of_language_is_kept_from_page_to_page(app: Flask) -> None:
    browser = Browser(app)
    assert "/open/ke/health?lang=fr" in browser.get("/open/ke?lang=fr").text
    assert 'href="/open/ke?lang=fr"' in browser.get("/open/ke/health?lang=fr").text


@pytest.mark.parametrize("path", SAMPLE)
def test_anybody_may_keep_a_page_and_it_sets_no_cookie_whoever_reads_it(app: Flask, path: str) -> None:
    signed_in = Browser(app).sign_in(an_account())
    pages = [browser.get(path) for browser in (Browser(app), signed_in)]
    for page in pages:
        assert page.headers["Cache-Control"] == "public, max-age=600"
        assert "Set-Cookie" not in page.headers
        assert "Cookie" not in page.headers["Vary"]
    assert pages[0].data == pages[1].data


@pytest.mark.parametrize("path", SAMPLE)
def test_who_has_a_page_already_is_not_sent_it_again(app: Flask, path: str) -> None:
    browser = Browser(app)
    tag = browser.get(path, Accept_Encoding="gzip").headers["ETag"]
    again = browser.get(path, Accept_Encoding="gzip", If_None_Match=tag)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "public, max-age=600"


@pytest.mark.parametrize("path", SAMPLE)
def test_a_page_takes_few_statements_and_few_bytes(app: Flask, path: str) -> None:
    browser = Browser(app)
    browser.get(path)
    app.extensions.pop("directory")
    with statements() as cold:
        browser.get(path)
    assert "directory_area" in " ".join(cold)
    with statements() as seen:
        page = browser.get(path, Accept_Encoding="gzip")
    assert len(seen) <= MOST_STATEMENTS
    text = gzip.decompress(page.data).decode()
    fetched = re.findall(r'<link rel="[a-z]+" href="([^"]+)"|<img src="([^"]+)"', text)
    files = {one for pair in fetched for one in pair if one}
    assert len(page.data) + sum(len(browser.get(one, Accept_Encoding="gzip").data) for one in files) <= FIRST_LOAD


def test_nothing_that_people_wrote_or_partners_work_on_is_ever_here(app: Flask) -> None:
    number = a_number()
    say("no drugs at the CANARYWORD dispensary in Nambale", sender=number, channel="at-sms-ke")
    case = a_case(statement=f"{STATEMENT} CANARYCASE", place="CANARYPLACE")
    add_figure(case, **(FIGURE | {"source": "CANARYSOURCE"}))
    directory, registered = everything()
    paths = [*SAMPLE, *(f"/open/{e.country.lower()}/{e.sector}" for e in directory.entry_points)]
    browser = Browser(app)
    for path in paths:
        page = browser.get(path).text
        assert "CANARY" not in page
        assert number not in page
        assert not [channel for channel in registered if channel.secret in page]


def test_the_home_page_leads_to_each_country_and_every_page_to_the_open_figures(app: Flask) -> None:
    browser = Browser(app)
    home = browser.get("/").text
    assert not [country for country in COUNTRIES if f'href="/open/{country}"' not in home]
    for path in ("/", "/sign-in", "/open/ke"):
        assert 'href="/open"' in browser.get(path).text


@pytest.mark.parametrize(
    ("query", "asks"),
    [
        ("country=KE&sector=health", "What is wrong?"),
        ("country=KE&sector=other", "Where is it?"),
        ("country=KE&sector=mining", "What is it about?"),
        ("country=KE&sector=", "What is it about?"),
        ("sector=health", "In which country is the problem?"),
    ],
)
def test_the_report_form_begins_after_what_the_address_answers(app: Flask, query: str, asks: str) -> None:
    assert f"<h1>{asks}" in Browser(app).get(f"/report?{query}").text


def test_a_case_shows_when_to_act_next(app: Flask) -> None:
    case = a_case()
    page = text_of(Browser(app).sign_in(an_account(partner="afesis")).get(f"/cases/{case.id}").text)
    assert "When to act next" in page
    assert "Municipal Finance Management Act" in page


def test_a_page_is_there_on_any_day_of_the_year(app: Flask) -> None:
    directory, registered = everything()
    for entry in directory.entry_points:
        country = directory.country(entry.country)
        for day in (date(2027, 12, 31), date(2028, 1, 1), date(2028, 2, 29), date(2027, 2, 28)):
            page = sector_page(Place(directory, country, registered, "en", day), entry.sector)
            assert page.windows[0].closes >= day
            assert page.windows[0].opens <= day + timedelta(366)
