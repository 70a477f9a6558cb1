"""One change taken back while what came after it stays."""

from __future__ import annotations

import tomllib

import pytest

from app.directory.undoing import ChangedSince, taking_back
from app.directory.writing import write_toml
from tests.app.directory.test_versions import add_problem, drop_problem
from tests.builders.directory import Values, add_word, shipped_values


def changed(text: str, *changes: object) -> str:
    values: Values = tomllib.loads(text)
    for change in changes:
        change(values)
    return write_toml(values)


SHIPPED = write_toml(shipped_values("ke.toml"))


def test_what_was_added_goes_and_what_others_added_since_stays() -> None:
    after = changed(SHIPPED, add_word("kwanza"))
    now = changed(after, add_word("pili"), add_problem("ke-health", "no-blood"))
    assert taking_back(SHIPPED, after)(now) == changed(
        SHIPPED, add_word("pili"), add_problem("ke-health", "no-blood")
    )


def test_what_was_taken_away_comes_back() -> None:
    before = changed(SHIPPED, add_problem("ke-health", "no-blood"))
    after = changed(before, drop_problem("ke-health/no-blood"))
    now = changed(after, add_word("pili"))
    assert tomllib.loads(taking_back(before, after)(now)) == tomllib.loads(changed(before, add_word("pili")))


def test_what_was_changed_again_since_is_refused() -> None:
    after = changed(SHIPPED, lambda values: values.update(currency="KSH"))
    now = changed(after, lambda values: values.update(currency="KSZ"))
    with pytest.raises(ChangedSince):
        taking_back(SHIPPED, after)(now)


def test_taking_back_twice_changes_nothing_more() -> None:
    after = changed(SHIPPED, add_word("kwanza"))
    assert taking_back(SHIPPED, after)(SHIPPED) == SHIPPED


def test_two_offices_of_one_partner_are_told_apart() -> None:
    before = write_toml(shipped_values("ng.toml"))
    after = changed(before, lambda values: values["entry_points"][0]["serving"][1].update(areas=["NG-LA"]))
    now = changed(after, lambda values: values["entry_points"][0]["serving"][2].update(areas=["NG-ON"]))
    served = [
        one.get("areas") for one in tomllib.loads(taking_back(before, after)(now))["entry_points"][0]["serving"]
    ]
    assert served[:3] == [["NG-AN"], ["NG-OY"], ["NG-ON"]]
