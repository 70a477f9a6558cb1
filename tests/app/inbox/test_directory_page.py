"""Who serves whom, on the staff's page and on the public one."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask

from app.database import transaction
from app.directory.current import channels, current_directory
from app.viewer import PUBLIC, acting_as
from tests.app.access.browser import Browser
from tests.builders.accounts import an_account


def everything() -> tuple:
    with acting_as(PUBLIC), transaction():
        return current_directory(), channels()


@pytest.mark.parametrize("role", ["partner_member", "desk", "reviewer", "administrator"])
def test_the_directory_names_every_entry_point_partner_and_problem(app: Flask, role: str) -> None:
    directory, _ = everything()
    page = unescape(Browser(app).sign_in(an_account(role)).get("/directory").text)
    assert len(directory.entry_points) == 14
    for entry in directory.entry_points:
        assert f'<h3 id="{entry.slug}">{entry.name}</h3>' in page
        assert f'href="/open/{entry.country.lower()}/{entry.sector}"' in page
        for service in entry.serving:
            assert directory.partner(service.partner).name in page
        for problem in entry.problems:
            assert problem.name in page


def test_staff_read_names_in_their_language_where_there_are_any(app: Flask) -> None:
    page = unescape(Browser(app).sign_in(an_account(partner="urbasen", language="fr")).get("/directory").text)
    of_others = ("Kenya", "Soins de santé primaires", "Pas de médicaments")
    for name in ("Sénégal", "Assainissement", "Fosse pleine", *of_others):
        assert name in page
    assert "Pit full" not in page


@pytest.mark.parametrize(
    ("role", "sees_it"), [("administrator", True), ("reviewer", False), ("partner_lead", False)]
)
def test_only_an_administrator_sees_the_channel_registry(app: Flask, role: str, sees_it: bool) -> None:
    page = Browser(app).sign_in(an_account(role)).get("/directory").text
    assert all((f"<code>{channel.slug}</code>" in page) == sees_it for channel in everything()[1])


def test_nobody_sees_a_channel_s_secret(app: Flask) -> None:
    registered = everything()[1]
    assert registered
    for browser in (Browser(app), Browser(app).sign_in(an_account("administrator"))):
        for path in ("/", "/directory"):
            page = browser.get(path).text
            assert not any(channel.secret in page for channel in registered)


def test_the_home_page_shows_every_number_entry_point_and_partner_to_everybody(app: Flask) -> None:
    directory, registered = everything()
    page = unescape(Browser(app).get("/").text)
    for entry in directory.entry_points:
        assert f"<h3>{entry.name}</h3>" in page
        assert all(directory.partner(service.partner).name in page for service in entry.serving)
    assert all(channel.address in page for channel in registered)
    assert re.search(r'<a href="/sign-in">', page)


def test_the_home_page_is_light_enough_for_a_bad_line(app: Flask) -> None:
    assert len(Browser(app).get("/").data) <= 14 * 1024
