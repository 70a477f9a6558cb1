"""Whoever asks for whatever, by whatever route, meets what the tables say; and a refusal changes nothing.

The world is built once and put back after each form. What is refused is tried first and looked at together; what is
allowed must change something, or the form would be none that tells right from wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.app.access.matrix import tables_for_all, tables_of_rule, tables_of_work
from tests.app.access.matrix.asking import DONE, SAME, form_of, met
from tests.app.access.matrix.building import build
from tests.app.access.matrix.forms import Form
from tests.app.access.matrix.keeping import Keeper
from tests.app.access.matrix.people import COLUMNS
from tests.app.access.matrix.programs import TOKENS, programs, said_to
from tests.app.access.matrix.table import Line, read, read_for
from tests.app.access.matrix.world import World
from tests.app.api.asking import Program
from tests.builders.directory import restore_directory
from tests.conftest import Database

OF_STAFF = (
    *read(tables_of_work.OF_REPORTS),
    *read(tables_of_work.OF_THE_INBOX),
    *read(tables_of_work.OF_GAPS_AND_CASES),
    *read(tables_of_rule.OF_THE_PARTNER),
    *read(tables_of_rule.OF_THE_DIRECTORY),
    *read(tables_of_rule.OF_ONESELF),
)
FOR_EVERYBODY = read_for(COLUMNS, tables_for_all.FOR_EVERYBODY)
FOR_PROGRAMS = read(tables_for_all.FOR_PROGRAMS)
PAGES = [line for line in (*OF_STAFF, *FOR_EVERYBODY) if line.method == "GET"]
FORMS = [line for line in OF_STAFF if line.method == "POST"]
OPEN_FORMS = [line for line in FOR_EVERYBODY if line.method == "POST"]

READ_IS_NOTED = ["sealed_reading"]
"""A refused form shows the words again to those who may read them, and that is noted."""

USES_ARE_COUNTED = ["api_token"]
"""Of every token that is good."""

READ_ANEW = ("directory", "text_correction", "language_sign_off")
"""Beginnings of the tables of which every process keeps a copy."""


@pytest.fixture(scope="module")
def world(whole_app: Flask, database: Database) -> Iterator[World]:
    with whole_app.app_context():
        yield build(whole_app)
        database.empty()
        restore_directory()


@pytest.fixture(scope="module")
def mine(world: World) -> dict[str, Program]:
    with world.app.app_context():
        return programs(world.app)


@pytest.fixture(scope="module")
def kept(world: World, mine: dict[str, Program], database: Database) -> Iterator[Keeper]:
    assert mine  # the tokens are kept too
    keeper = Keeper(database.keeper)
    yield keeper
    put_back(world, keeper)
    keeper.forget()


def put_back(world: World, kept: Keeper) -> list[str]:
    """All rows as they were; returns the tables that had changed."""
    changed = kept.put_back()
    if any(name.startswith(READ_ANEW) for name in changed):
        world.app.extensions.pop("directory", None)
    return changed


def test_every_route_stands_in_the_tables(whole_app: Flask) -> None:
    """A new route fails here until it says who may use it."""
    routes = {
        (method, rule.endpoint)
        for rule in whole_app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    told = {(line.method, line.endpoint) for line in (*OF_STAFF, *FOR_EVERYBODY, *FOR_PROGRAMS)}
    assert told == routes


@pytest.mark.parametrize("who", COLUMNS)
def test_each_page_opens_for_those_who_may_read_it_and_a_refusal_changes_nothing(
    world: World, kept: Keeper, who: str
) -> None:
    refused = [line for line in PAGES if line.met[who] != DONE]
    assert {str(line): met(world, line, {}, who) for line in refused} == {
        str(line): line.met[who] for line in refused
    }
    assert kept.changed() == []
    opened = {str(line): met(world, line, {}, who) for line in PAGES if line not in refused}
    put_back(world, kept)
    assert opened == dict.fromkeys(opened, DONE)


@pytest.mark.parametrize("line", FORMS, ids=str)
def test_each_form_does_what_it_says_for_those_who_may_send_it_and_for_nobody_else(
    world: World, kept: Keeper, line: Line
) -> None:
    form = form_of(world, line)
    put_back(world, kept)  # opening a page may note that it was read
    refused = {who: met(world, line, form, who) for who in COLUMNS if line.met[who] not in (DONE, SAME)}
    assert put_back(world, kept) in ([], READ_IS_NOTED)
    allowed = {who: sent(world, kept, line, form, who) for who in COLUMNS if who not in refused}
    assert refused | allowed == line.met


def sent(world: World, kept: Keeper, line: Line, form: Form, who: str) -> str:
    """What is met, and whether anything has changed."""
    answer = met(world, line, form, who)
    return answer if put_back(world, kept) or answer != DONE else SAME


@pytest.mark.parametrize("line", OPEN_FORMS, ids=str)
def test_forms_for_everybody_ask_nobody_for_a_role(world: World, kept: Keeper, line: Line) -> None:
    found = {}
    for who in COLUMNS:
        found[who] = met(world, line, {}, who)
        put_back(world, kept)
    assert found == line.met


def test_each_program_meets_what_its_partner_s_people_would_and_a_refusal_changes_nothing(
    world: World, kept: Keeper, mine: dict[str, Program]
) -> None:
    for line in FOR_PROGRAMS:
        refused = {name: said_to(world, mine[name], line) for name in TOKENS if line.met[name] != DONE}
        assert put_back(world, kept) == USES_ARE_COUNTED
        allowed = {}
        for name in mine.keys() - refused.keys():
            allowed[name] = said_to(world, mine[name], line)
            put_back(world, kept)
        assert refused | allowed == line.met, str(line)
