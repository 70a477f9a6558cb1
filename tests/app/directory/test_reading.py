from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.directory.catalogue import Area, Elsewhere, Partner, ProblemType, Service, Word
from app.directory.reading import DirectoryError, read_directory
from tests.app.directory.directory_folder import FILES, read_folder, write_folder


def test_a_folder_is_read_into_frozen_data(tmp_path: Path) -> None:
    directory = read_folder(tmp_path)
    entry = directory.entry_point("KE", "health")
    assert directory.areas == (
        Area("KE-01", "Baringo", "KE", ("Baringo",)),
        Area("KE-06", "Embu", "KE", ("Embu County",)),
    )
    assert directory.partner("cedc") == Partner("cedc", "Community Centre", "CEDC", "organisation", "KE")
    assert entry is not None
    assert entry.serving == (Service("cedc", "movement", True, ("KE-01",), date(2026, 1, 1), date(2026, 12, 31)),)
    assert entry.problems[1] == ProblemType("ke-health/abuse", "Abuse", "other", True, {"sw": "Ukatili"})
    assert directory.elsewhere == (Elsewhere("KE", "education", (Word("bursary", "en"),)),)


def test_words_keep_their_kind_and_problem(tmp_path: Path) -> None:
    entry = read_folder(tmp_path).entry_point("KE", "health")
    assert entry is not None
    assert entry.words == (
        Word("hospital", "en", None, "decisive"),
        Word("medicine", "en"),
        Word("no drugs", "en", "ke-health/no-drugs"),
        Word("zimeisha", "sw", "ke-health/no-drugs", "hint"),
        Word("surgery", "en", None, "word", beyond=True),
    )


MISTAKES = [
    ('name = "Kenya"', 'name = "Kenya"\ncolour = "red"', "ke.toml:3: unknown key 'colour'"),
    ('name = "Kenya"\n', "", "ke.toml:1: missing key 'name'"),
    ('name = "Kenya"', "name = 7", "ke.toml:2: 'name' must be text"),
    ('code = "KE"', 'code = "Kenya"', "ke.toml:1: code 'Kenya' has not the form"),
    ('"+254"', '"254"', "ke.toml:3: dialling_code '254' has not the form"),
    ('["en", "sw"]', '["en", "klingon"]', "ke.toml:5: unknown language 'klingon'"),
    ('desk = "ke-desk"', 'desk = "cedc"', "ke.toml:7: 'cedc' is not a desk"),
    ('slug = "cedc"', 'slug = "CEDC Kenya"', "ke.toml:16: bad slug 'CEDC Kenya'"),
    ('slug = "cedc"', 'slug = "ke-desk"', "ke.toml:16: duplicate slug 'ke-desk'"),
    ('slug = "cedc"', 'slug = "ibp"', "duplicate slug 'ibp'"),
    ('kind = "desk"', 'kind = "office"', "ke.toml:13: unknown kind 'office'"),
    ('slug = "ke-health"\n', 'slug = "health"\n', "ke.toml:21: bad slug 'health'"),
    ('sector = "health"', 'sector = "transport"', "ke.toml:22: unknown sector 'transport'"),
    ('sector = "health"', 'sector = "other"', "ke.toml:22: unknown sector 'other'"),
    ('sector = "health"', 'sector = "education"', "ke.toml:67: education has an entry point in KE"),
    ('"07.2.1"', '"7.2"', "ke.toml:26: '7.2' is not a COFOG code"),
    ('"ke-health/abuse"', '"ng-health/abuse"', "ke.toml:29: bad slug 'ng-health/abuse'"),
    ('"ke-health/abuse"', '"ke-health/no-drugs"', "ke.toml:29: duplicate slug 'ke-health/no-drugs'"),
    ('gap_kind = "other"', 'gap_kind = "missing"', "ke.toml:29: unknown gap kind 'missing'"),
    ("sensitive = true", 'sensitive = "yes"', "ke.toml:29: 'sensitive' must be true or false"),
    ('partner = "cedc"', 'partner = "cedx"', "ke.toml:33: unknown partner 'cedx'"),
    ('partner = "cedc"', 'partner = "ke-desk"', "ke.toml:33: unknown partner 'ke-desk'"),
    ('role = "movement"', 'role = "helper"', "ke.toml:34: unknown role 'helper'"),
    ("lead = true", "lead = false", "ke.toml:20: one lead is expected, not 0"),
    ('role = "movement"', 'role = "budget_technical"', "ke.toml:35: a lead must have the role movement"),
    ('areas = ["KE-01"]', 'areas = ["KE-01", "KE-99"]', "ke.toml:36: unknown area 'KE-99' of KE"),
    ("valid_to = 2026", "valid_to = 2025", "ke.toml:37: valid_from is after valid_to"),
    ("valid_to = 2026-12-31", 'valid_to = "soon"', "ke.toml:38: 'valid_to' must be a date"),
    ("[entry_points.words.en]", "[entry_points.words.xx]", "ke.toml:56: unknown language 'xx'"),
    ('no-drugs = ["no drugs"]', 'no-drug = ["no drugs"]', "ke.toml:59: unknown problem 'no-drug'"),
    ('["medicine"]', '["?!"]', "ke.toml:58: '?!' has no letters"),
    ('["medicine"]', '"medicine"', "ke.toml:58: 'any' must be a list of texts"),
    ("[elsewhere.education.en]", "[elsewhere.schools.en]", "ke.toml:67: unknown sector 'schools'"),
    ("[entry_points.hints.sw]\nno-drugs", "[entry_points.hints]\nsw", "'sw' must be a table"),
    ("[elsewhere.education.en]\nany", "[elsewhere]\neducation", "'education' must be a table"),
    ('["bursary"]', '["bursary"', "ke.toml:70: not valid TOML"),
]


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES, ids=[row[2] for row in MISTAKES])
def test_a_mistake_is_named_with_its_file_and_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(DirectoryError) as refused:
        read_folder(tmp_path, ke=(old, new))
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("KE-01", "GH-01", "areas.toml:2: 'GH-01' is not an ISO 3166-2 code of KE"),
        ('"Baringo"', "1", "areas.toml:2: 'KE-01' must be a name"),
        ("spoken", "aliases", "areas.toml:3: unknown key 'aliases'"),
    ],
)
def test_a_mistake_in_the_areas_is_named_too(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(DirectoryError) as refused:
        read_folder(tmp_path, areas=(old, new))
    assert message in str(refused.value)


def test_all_mistakes_are_named_at_once_each_on_its_own_line(tmp_path: Path) -> None:
    with pytest.raises(DirectoryError) as refused:
        read_folder(
            tmp_path,
            ke=('gap_kind = "absent"', 'gap_kind = "gone"'),
            areas=('"Baringo"', "1"),
            international=('"reviewer"', '"judge"'),
        )
    lines = str(refused.value).splitlines()
    assert [line.split(":")[0] for line in lines] == ["areas.toml", "international.toml", "ke.toml"]


def test_a_country_must_stand_in_the_file_of_its_code(tmp_path: Path) -> None:
    write_folder(tmp_path).joinpath("ke.toml").rename(tmp_path / "kenya.toml")
    with pytest.raises(DirectoryError, match=r"kenya\.toml:1: country KE belongs in ke\.toml"):
        read_directory(tmp_path)


def test_a_folder_without_areas_says_so(tmp_path: Path) -> None:
    write_folder(tmp_path).joinpath("areas.toml").unlink()
    with pytest.raises(DirectoryError, match=r"areas\.toml:1: missing"):
        read_directory(tmp_path)


@pytest.mark.parametrize("line", range(len(FILES["ke.toml"].splitlines())))
def test_without_any_one_line_the_folder_is_read_or_refused_but_never_breaks(tmp_path: Path, line: int) -> None:
    write_folder(tmp_path)
    kept = FILES["ke.toml"].splitlines()
    del kept[line]
    (tmp_path / "ke.toml").write_text("\n".join(kept), encoding="utf-8")
    refusal = _refusal(tmp_path)
    assert refusal is None or refusal.startswith("ke.toml:")


def _refusal(folder: Path) -> str | None:
    """What is said against the folder; None when it can be read."""
    try:
        read_directory(folder)
    except DirectoryError as refused:
        return str(refused)
    return None
