"""Every change of the directory is a version: whole or not at all, with a reason, and back again."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.database import transaction
from app.directory.current import current_directory
from app.directory.models import DirectoryVersion
from app.directory.reading import DirectoryError
from app.directory.versions import Edit, NoReason, NothingChanged, NotYours, Overtaken, reverting, whole
from app.viewer import COMMAND, PUBLIC, acting_as
from tests.builders.directory import (
    ADMINISTRATOR,
    LEAD,
    Values,
    add_word,
    an_edit,
    save_as,
    text_of,
    values_of,
    version_of,
)
from tests.builders.reports import a_report


def words(slug: str = "health") -> set[str]:
    with acting_as(PUBLIC), transaction():
        return {word.text for word in current_directory().entry_point("KE", slug).words}


def newest() -> DirectoryVersion:
    with acting_as(COMMAND), transaction() as session:
        return session.scalars(select(DirectoryVersion).order_by(DirectoryVersion.number.desc()).limit(1)).one()


def fresh(app: Flask) -> None:
    app.extensions.pop("directory", None)


def test_a_change_is_stored_with_who_why_and_what_differs(edited: Flask) -> None:
    number = save_as(ADMINISTRATOR, an_edit(add_word("dawa zimekwisha")), "  they write it\nso ")
    version = newest()
    assert (version.number, version.document, version.kind) == (number, "ke.toml", "edit")
    assert (version.by, version.why) == ("administrator: Administrator", "they write it so")
    assert version.changes == [
        {"place": "ke-health", "part": "words", "name": "sw · word", "before": [], "after": ["dawa zimekwisha"]}
    ]
    fresh(edited)
    assert "dawa zimekwisha" in words()
    assert version_of() == number


def test_an_invalid_edit_names_its_lines_and_stores_nothing(edited: Flask) -> None:
    before, number = text_of(), version_of()
    broken = Edit("ke.toml", number, whole(before.replace('gap_kind = "absent"', 'gap_kind = "gone"', 1)))
    with pytest.raises(DirectoryError) as refused:
        save_as(ADMINISTRATOR, broken)
    [mistake] = refused.value.mistakes
    assert (mistake.document, mistake.what) == ("ke.toml", "unknown gap kind 'gone'")
    assert 'gap_kind = "absent"' in before.splitlines()[mistake.line - 1]
    assert (text_of(), version_of()) == (before, number)


def test_a_change_without_a_reason_is_refused(edited: Flask) -> None:
    with pytest.raises(NoReason):
        save_as(ADMINISTRATOR, an_edit(add_word("x")), " \n ")
    assert newest().kind == "files"


def test_an_edit_that_changes_nothing_makes_no_version(edited: Flask) -> None:
    with pytest.raises(NothingChanged):
        save_as(ADMINISTRATOR, an_edit(lambda values: None))


def test_going_back_is_a_version_of_its_own(edited: Flask) -> None:
    first = newest_of("ke.toml")
    added = save_as(ADMINISTRATOR, an_edit(add_word("dawa zimekwisha")))
    back = save_as(ADMINISTRATOR, reverting(first, added), "it was wrong")
    assert back > added
    assert newest().kind == "revert"
    fresh(edited)
    assert "dawa zimekwisha" not in words()
    assert text_of() == first.text


def test_of_two_edits_of_one_part_the_later_is_told_and_loses_nothing(edited: Flask) -> None:
    base = version_of()
    part = whole_words
    first = save_as(ADMINISTRATOR, with_part(an_edit(add_word("kwanza"), base=base), part))
    with pytest.raises(Overtaken) as told:
        save_as(LEAD, with_part(an_edit(add_word("pili"), base=base), part))
    assert told.value.newest == first
    save_as(LEAD, with_part(an_edit(add_word("pili"), base=first), part))
    fresh(edited)
    assert {"kwanza", "pili"} <= words()


def test_two_edits_of_different_parts_do_not_hinder_each_other(edited: Flask) -> None:
    base = version_of()
    save_as(ADMINISTRATOR, an_edit(lambda values: values.update(name="Republic of Kenya"), base=base))
    save_as(LEAD, with_part(an_edit(add_word("pili"), base=base), whole_words))
    fresh(edited)
    assert "pili" in words()
    assert values_of()["name"] == "Republic of Kenya"


def test_a_lead_changes_words_and_problems_of_their_own_entry_point_only(edited: Flask) -> None:
    save_as(LEAD, an_edit(add_word("dawa zimekwisha")))
    save_as(LEAD, an_edit(add_problem("ke-health", "no-blood")))
    refused = (
        add_word("kisima kipya", "ke-water-sanitation"),
        add_problem("ke-water-sanitation", "no-kiosk"),
        lambda values: values.update(desk="ke-desk", name="Kenia"),
        lambda values: values["entry_points"][0].update(name="Health"),
        lambda values: (
            values["entry_points"][0]["serving"][0].pop("areas", None)
            or values["entry_points"][0]["serving"][0].update(areas=["KE-02"])
        ),
        lambda values: values["elsewhere"]["education"]["en"]["any"].append("chalk"),
    )
    for change in refused:
        with pytest.raises(NotYours):
            save_as(LEAD, an_edit(change))


def test_a_problem_type_that_reports_have_is_retired_and_else_deleted(edited: Flask) -> None:
    save_as(ADMINISTRATOR, an_edit(add_problem("ke-health", "no-blood")))
    save_as(ADMINISTRATOR, an_edit(drop_problem("ke-health/no-blood")))
    fresh(edited)
    with acting_as(PUBLIC), transaction(), pytest.raises(KeyError):
        current_directory().problem("ke-health/no-blood")
    save_as(ADMINISTRATOR, an_edit(add_problem("ke-health", "no-blood")))
    a_report(problem_type="ke-health/no-blood")
    save_as(ADMINISTRATOR, an_edit(drop_problem("ke-health/no-blood")))
    fresh(edited)
    with acting_as(PUBLIC), transaction():
        entry = current_directory().entry_point("KE", "health")
        assert "ke-health/no-blood" not in {problem.slug for problem in entry.problems}
        assert current_directory().problem("ke-health/no-blood").name == "No blood"
    save_as(LEAD, an_edit(add_word("after a retirement")))
    save_as(LEAD, an_edit(add_problem("ke-health", "no-blood")))
    fresh(edited)
    with acting_as(PUBLIC), transaction():
        entry = current_directory().entry_point("KE", "health")
    assert "ke-health/no-blood" in {problem.slug for problem in entry.problems}
    assert entry.retired == ()


def newest_of(name: str) -> DirectoryVersion:
    with acting_as(COMMAND), transaction() as session:
        return session.get_one(DirectoryVersion, version_number(session, name))


def version_number(session: Any, name: str) -> int:
    found = select(DirectoryVersion.number).where(DirectoryVersion.document == name)
    return session.scalars(found.order_by(DirectoryVersion.number.desc()).limit(1)).one()


def with_part(edit: Edit, part: Callable[[str], Any]) -> Edit:
    return Edit(edit.document, edit.base, edit.change, part)


def whole_words(text: str) -> object:
    return tomllib.loads(text)["entry_points"][0]["words"]


def add_problem(slug: str, name: str) -> Callable[[Values], None]:
    def change(values: Values) -> None:
        entry = next(one for one in values["entry_points"] if one["slug"] == slug)
        values["names"]["sw"][f"{slug}/{name}"] = "Hakuna"
        entry["problems"].append(
            {"slug": f"{slug}/{name}", "name": name.replace("-", " ").capitalize(), "gap_kind": "absent"}
        )

    return change


def drop_problem(slug: str) -> Callable[[Values], None]:
    def change(values: Values) -> None:
        for entry in values["entry_points"]:
            entry["problems"] = [one for one in entry["problems"] if one["slug"] != slug]
        values["names"]["sw"].pop(slug)

    return change
