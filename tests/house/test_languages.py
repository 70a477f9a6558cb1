"""The glossary's words are the ones that are used, and `make languages` tells what is broken."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.outbox import wording
from app.translating.catalogues import TRANSLATED, template
from app.translating.sizes import Sized
from tests.languages import checks, glossary
from tests.languages.__main__ import main
from tests.languages.catalogues import spoken_as_they_stand

each_translation = pytest.mark.parametrize("code", TRANSLATED)


@pytest.fixture(scope="module", autouse=True)
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with spoken_as_they_stand(tmp_path_factory.mktemp("translations")):
        yield


@each_translation
def test_the_glossary_has_a_word_for_every_term_in_every_language_that_needs_it(code: str) -> None:
    assert glossary.missing_language(code) == []


@each_translation
def test_what_is_said_uses_the_glossarys_words(code: str) -> None:
    assert glossary.breaches(code) == []


def test_every_term_of_the_glossary_is_spoken_of() -> None:
    terms = glossary.glossary()
    assert terms["sectors"].keys() == wording.SECTORS.keys()
    idle = [name for name, term in terms["messages"].items() if not any(glossary.uses(term, t) for t in template())]
    assert idle == []
    names = {problem.name for entry in checks.directory().entry_points for problem in entry.problems}
    assert [
        name for name, term in terms["problems"].items() if not any(glossary.uses(term, n) for n in names)
    ] == []


def test_another_word_than_the_glossarys_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    told = dict(glossary.translations("sw")) | {"My reports": "Malalamiko yangu"}
    monkeypatch.setattr(glossary, "translations", lambda _code: told)
    assert glossary.breaches("sw") == ["report: Malalamiko yangu"]


@pytest.mark.parametrize(
    ("sized", "fits"),
    [
        (Sized("text", 160, 160), True),
        (Sized("screen", 183, 182), False),
        (Sized("text", 134, 134, parts=2, most=2), True),
        (Sized("text", 161, 306, parts=2, most=1), False),
    ],
)
def test_a_text_fits_within_its_room_and_its_parts(sized: Sized, fits: bool) -> None:
    assert sized.fits is fits


def test_the_command_tells_a_language_whole_and_succeeds(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "argv", ["languages", "sw", "--page", str(tmp_path / "all.html")])
    assert main() == 0
    printed = capsys.readouterr().out
    assert "Hakuna dawa" in printed
    assert "screens, the fullest" in printed
    assert "Hakuna dawa" in (tmp_path / "all.html").read_text(encoding="utf-8")


def test_the_command_fails_and_names_what_is_broken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["languages", "sw"])
    monkeypatch.setitem(checks.CHECKS, "glossary", lambda _code: ["report: Malalamiko yangu"])
    assert main() == 1
    assert "broken: sw: glossary" in capsys.readouterr().out
