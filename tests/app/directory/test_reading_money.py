"""Programmes, responsible offices, ready answers, and dates of partners: read, and refused with their line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.directory.catalogue import Answer
from app.directory.money import Programme
from app.directory.reading import DirectoryError
from tests.app.directory.directory_folder import read_folder

LONG, ENDED = "x" * 481, "valid_to = 2023-01-01"


def test_an_entry_point_has_programmes_offices_and_answers(tmp_path: Path) -> None:
    entry = read_folder(tmp_path).entry_point("KE", "health")
    [programme] = entry.programmes
    assert programme == Programme(
        "Social Health Authority", ("SHA", "NHIF"), ("07.2.1",), date(2024, 10, 1), None, True
    )
    assert not programme.is_valid(date(2024, 9, 30))
    assert programme.is_valid(date(2024, 10, 1))
    assert entry.actors == {"spends": ("County Executive",)}
    [answer] = entry.answers
    assert answer == Answer("Asked the county", {"en": "We have asked the county.", "sw": "Tumeuliza kaunti."})
    assert (answer.text_in("sw"), answer.text_in("ha")) == ("Tumeuliza kaunti.", None)


def test_a_partners_own_days_bound_its_part(tmp_path: Path) -> None:
    days = 'acronym = "CEDC"\nvalid_from = 2026-03-01\nvalid_to = 2026-06-30'
    directory = read_folder(tmp_path, ke=('acronym = "CEDC"', days))
    [service] = directory.entry_point("KE", "health").serving
    assert (service.begins, service.ends) == (date(2026, 3, 1), date(2026, 6, 30))
    assert [service.is_valid(date(2026, month, 1)) for month in (2, 3, 6, 7)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('cofog = ["07.2.1"]', 'cofog = ["07.9.9"]', "'07.9.9' is not a COFOG code"),
        ('cofog = ["07.2.1", "07"]', 'cofog = ["99"]', "'99' is not a COFOG code"),
        (
            "valid_from = 2024-10-01",
            "valid_from = 2024-10-01\nvalid_to = 2023-01-01",
            "valid_from is after valid_to",
        ),
        ('"SHA", "NHIF"', '"SHA", "sha"', "the programme 'sha' stands twice"),
        ("spends = [", "spend = [", "unknown key 'spend'"),
        ('sw = "Tumeuliza', 'fr = "Tumeuliza', "unknown key 'fr'"),
        ('en = "We have asked the county."', f'en = "{LONG}"', "longer than 480 characters"),
        ('acronym = "CEDC"', 'acronym = "CEDC"\nvalid_to = "soon"', "'valid_to' must be a date"),
        (
            'acronym = "CEDC"',
            'acronym = "CEDC"\nvalid_from = 2026-02-01\nvalid_to = 2026-01-01',
            "valid_from is after",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, what: str) -> None:
    with pytest.raises(DirectoryError) as refused:
        read_folder(tmp_path, ke=(old, new))
    [mistake] = refused.value.mistakes
    text = (tmp_path / "ke.toml").read_text(encoding="utf-8")
    begins = text[: text.index(new)].count("\n") + 1
    assert what in mistake.what
    assert begins <= mistake.line <= begins + new.count("\n")
