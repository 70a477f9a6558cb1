"""Places of a country's file: spoken of as their area, and mistakes told with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.directory.reading import DirectoryError
from tests.app.directory.directory_folder import read_folder

BEFORE = '[[partners]]\nslug = "ke-desk"'


def test_a_place_is_one_more_name_of_its_area(tmp_path: Path) -> None:
    directory = read_folder(tmp_path, ke=(BEFORE, f'[places]\nKE-01 = ["Marigat", "Tiaty"]\n\n{BEFORE}'))
    assert directory.area("KE-01").spoken == ("Baringo", "Marigat", "Tiaty")


def test_other_names_of_a_place_lead_to_its_usual_one(tmp_path: Path) -> None:
    area = read_folder(tmp_path, ke=(BEFORE, f'[places]\nKE-01 = ["Kolowa = Kollowa, Kolloa"]\n\n{BEFORE}')).area(
        "KE-01"
    )
    assert area.spoken == ("Baringo", "Kolowa", "Kollowa", "Kolloa")
    assert [area.usual(name) for name in area.spoken] == ["Baringo", "Kolowa", "Kolowa", "Kolowa"]


def test_a_name_may_stand_in_two_areas(tmp_path: Path) -> None:
    places = '[places]\nKE-01 = ["Manyatta"]\nKE-06 = ["Manyatta"]'
    directory = read_folder(tmp_path, ke=(BEFORE, f"{places}\n\n{BEFORE}"))
    assert all("Manyatta" in directory.area(code).spoken for code in ("KE-01", "KE-06"))


@pytest.mark.parametrize(
    ("places", "message"),
    [
        ('KE-99 = ["Marigat"]', "unknown area 'KE-99'"),
        ('KE-01 = ["Marigat", "Kabarnet = marigat"]', "'marigat' stands twice"),
        ('KE-01 = ["= ,"]', "'= ,' is no name of a place"),
        ('KE-01 = "Marigat"', "'KE-01' must be"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line(tmp_path: Path, places: str, message: str) -> None:
    with pytest.raises(DirectoryError, match=rf"ke\.toml:\d+: .*{message}"):
        read_folder(tmp_path, ke=(BEFORE, f"[places]\n{places}\n\n{BEFORE}"))
