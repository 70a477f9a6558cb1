"""What problem types and areas are called in the languages of a country, and mistakes told with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.directory.catalogue import ProblemType
from app.directory.reading import DirectoryError
from tests.app.directory.directory_folder import FILES, read_folder

NO_DRUGS = '"ke-health/no-drugs" = "Hakuna dawa"'


def line_of(text: str) -> int:
    return FILES["ke.toml"].splitlines().index(text) + 1


def test_a_problem_type_is_called_by_its_name_in_that_language_and_else_in_english(tmp_path: Path) -> None:
    problem = read_folder(tmp_path).problem("ke-health/no-drugs")
    assert [problem.name_in(language) for language in ("sw", "en", "ha")] == ["Hakuna dawa", "No drugs", "No drugs"]


def test_who_writes_a_language_in_latin_letters_reads_the_names_of_that_language() -> None:
    problem = ProblemType("in-health/x", "No meal", "absent", False, {"hi": "खाना नहीं"})
    assert problem.name_in("hi-Latn") == "खाना नहीं"


def test_an_area_may_have_a_name_of_its_own_in_a_language(tmp_path: Path) -> None:
    directory = read_folder(tmp_path, ke=(NO_DRUGS, f'{NO_DRUGS}\nKE-06 = "Kaunti ya Embu"'))
    assert [directory.area("KE-06").name_in(language) for language in ("sw", "en")] == ["Kaunti ya Embu", "Embu"]
    assert directory.area("KE-01").name_in("sw") == "Baringo"


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        (NO_DRUGS, NO_DRUGS.replace("no-drugs", "no-drug"), NO_DRUGS, "unknown key 'ke-health/no-drug'"),
        (NO_DRUGS, "", "[names.sw]", "missing key 'ke-health/no-drugs'"),
        (NO_DRUGS, NO_DRUGS.replace("Hakuna dawa", " "), NO_DRUGS, "'ke-health/no-drugs' must be text"),
        (NO_DRUGS, f'GH-AA = "Akra"\n{NO_DRUGS}', NO_DRUGS, "unknown key 'GH-AA'"),
        ("[names.sw]", "[names.ha]", "[names.sw]", "'ha' is no other language that KE offers"),
        ("[names.sw]", "[names.ha]", 'languages = ["en", "sw"]', "no names in 'sw'"),
        ("[names.sw]", "[names.en]", "[names.sw]", "'en' is no other language that KE offers"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line(
    tmp_path: Path, old: str, new: str, at: str, message: str
) -> None:
    with pytest.raises(DirectoryError) as refused:
        read_folder(tmp_path, ke=(old, new))
    assert f"ke.toml:{line_of(at)}: {message}" in str(refused.value)


def test_an_entry_point_may_have_a_name_of_its_own_in_a_language(tmp_path: Path) -> None:
    entry = read_folder(tmp_path, ke=(NO_DRUGS, f'{NO_DRUGS}\nke-health = "Afya ya msingi"')).entry_points[0]
    assert [entry.name_in(language) for language in ("sw", "en")] == ["Afya ya msingi", "Primary health care"]


def test_a_language_that_only_staff_read_may_name_what_it_names(tmp_path: Path) -> None:
    french = '[names.fr]\nke-health = "Soins"\n\n[names.sw]'
    entry = read_folder(tmp_path, ke=("[names.sw]", french)).entry_points[0]
    assert [entry.name_in(language) for language in ("fr", "id")] == ["Soins", "Primary health care"]
    assert entry.problems[0].name_in("fr") == entry.problems[0].name


def test_what_staff_read_has_to_be_of_the_country_too(tmp_path: Path) -> None:
    with pytest.raises(DirectoryError, match="unknown key 'GH-AA'"):
        read_folder(tmp_path, ke=("[names.sw]", '[names.fr]\nGH-AA = "Accra"\n\n[names.sw]'))


def test_a_country_is_called_as_cldr_has_it(tmp_path: Path) -> None:
    country = read_folder(tmp_path).country("KE")
    assert [country.name_in(language) for language in ("hi", "en", "pcm")] == ["केन्या", "Kenya", "Kẹ́nya"]
