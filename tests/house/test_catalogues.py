"""What we say to citizens is said whole, short and discreetly in every language; see docs/translating.md."""

from __future__ import annotations

import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from app.language import CITIZEN_LANGUAGES, SPOKEN_AS, say
from app.outbox import wording
from app.translating.catalogues import (
    TRANSLATED,
    TRANSLATIONS,
    UCS2,
    catalogue,
    placeholders,
    sign_off,
    template,
    translations,
)
from app.translating.texts import (
    LONGEST,
    partner_names,
    questions,
    sent_to_phones,
    shortest,
    texts,
    unprompted,
)
from app.translating.texts import banned as banned_with
from sms.encoding import Encoding
from sms.segments import count
from tests.app.conversation.menu_worlds import directory
from tests.languages.catalogues import (
    COUNTRIES,
    ROOT,
    plural_forms,
    spoken_as_they_stand,
    untranslated,
    with_other_orders,
    with_other_placeholders,
)

EXTRACTION = (
    "pybabel extract -F translations/babel.cfg --no-default-keywords -k mark -c Translators:"
    " --add-location=file --sort-output --omit-header -o translations/messages.body app"
)
SAME_IN = {
    **{code: {wording.STATE} for code in TRANSLATED},
    "pcm": {wording.STATE, wording.SECTORS["health"]},
    "fr": {wording.STATE, "Secret"},
}
"""Messages that a language says as English does."""

each_translation = pytest.mark.parametrize("code", TRANSLATED)
each_language = pytest.mark.parametrize("code", CITIZEN_LANGUAGES)


@pytest.fixture(scope="module", autouse=True)
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with spoken_as_they_stand(tmp_path_factory.mktemp("translations")):
        yield


def test_the_template_is_what_the_code_says_today(tmp_path: Path) -> None:
    body = tmp_path / "messages.body"
    arguments = shlex.split(EXTRACTION.replace("translations/messages.body", str(body)))[1:]
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", *arguments]
    subprocess.run(command, cwd=ROOT, check=True)
    fresh = (TRANSLATIONS / "header.txt").read_bytes() + body.read_bytes()
    assert (TRANSLATIONS / "messages.pot").read_bytes() == fresh, "run `make messages`, then translate"


def test_the_guide_for_translators_names_the_extraction_that_is_tested() -> None:
    guide = (ROOT / "docs" / "translating.md").read_text(encoding="utf-8")
    assert EXTRACTION in " ".join(guide.replace("\\\n", " ").split())


def test_the_languages_that_countries_offer_are_those_with_a_catalogue() -> None:
    offered = {code for path in COUNTRIES for code in tomllib.loads(path.read_text("utf-8"))["languages"]}
    kept = {path.parents[1].name for path in TRANSLATIONS.glob("*/LC_MESSAGES/messages.po")}
    assert offered == set(CITIZEN_LANGUAGES)
    assert kept == set(TRANSLATED)


def banned(code: str, text: str) -> set[str]:
    return banned_with(code, text, partner_names(directory()))


@each_translation
def test_every_message_is_translated_and_none_is_a_guess(code: str) -> None:
    assert untranslated(code) == set()


@each_translation
def test_no_message_falls_back_to_english(code: str) -> None:
    same = {text for text, said in translations(code).items() if said == text}
    assert same <= SAME_IN[code]
    nothing = {name: "{" + name + "}" for text in template() for name in placeholders(text)}
    assert {text: say(code, text, **nothing) for text in template()} == translations(code)


@each_translation
def test_placeholders_are_those_of_the_source(code: str) -> None:
    assert with_other_placeholders(code) == set()


@each_translation
def test_what_people_must_type_stays_as_it_is(code: str) -> None:
    assert with_other_orders(code) == set()


@each_translation
def test_plural_forms_are_those_of_cldr(code: str) -> None:
    """Source: Unicode CLDR's cardinal rules."""
    ours, theirs = plural_forms(code)
    assert ours == theirs
    assert catalogue(code).num_plurals == len(set(theirs))


@each_translation
def test_a_catalogue_says_whether_a_speaker_signed_it_off(code: str) -> None:
    assert sign_off(code) is not None


@each_language
def test_a_text_without_a_question_fits_one_segment(code: str) -> None:
    """In UCS-2 only the acknowledgment and the notice of an answer do; the others take two at most."""
    short = shortest(code)
    most = {text: 1 if code not in UCS2 or text in short else 2 for text in texts(code)}
    too_long = {text: count(text) for text in texts(code) if count(text).parts > most[text]}
    assert short <= most.keys()
    assert too_long == {}


@each_language
@pytest.mark.parametrize("again", [False, True])
def test_a_question_with_every_sector_fits_two_segments(code: str, again: bool) -> None:
    assert count(wording.question(code, list(wording.SECTORS), again)).parts <= 2


@each_language
@pytest.mark.parametrize("again", [False, True])
def test_a_question_with_a_countrys_own_sectors_fits_one_segment_of_gsm7(code: str, again: bool) -> None:
    """Whichever sectors they are: as many as the country with most entry points has, and `other`."""
    most = max(len(tomllib.loads(path.read_text("utf-8"))["entry_points"]) for path in COUNTRIES)
    choices = combinations([sector for sector in wording.SECTORS if sector != "other"], most)
    asked = [wording.question(code, [*chosen, "other"], again) for chosen in choices]
    assert [text for text in asked if count(text).parts > (2 if code in UCS2 else 1)] == []


@each_language
def test_a_language_that_can_be_spelt_in_gsm7_is(code: str) -> None:
    asked = wording.question(code, list(wording.SECTORS), again=False)
    screens = (say(code, text, **LONGEST) for text in sent_to_phones())
    encodings = {count(text).encoding for text in (*texts(code), *screens, asked)}
    assert encodings <= ({Encoding.GSM7, Encoding.UCS2} if code in UCS2 else {Encoding.GSM7})


@pytest.mark.parametrize("code", [*CITIZEN_LANGUAGES, *SPOKEN_AS])
def test_what_is_said_shows_no_brace(code: str) -> None:
    everything = (say(code, text, **LONGEST) for text in template())
    assert [text for text in (*texts(code), *questions(code), *everything) if "{" in text or "}" in text] == []


@each_language
def test_what_we_send_unasked_names_no_subject_and_no_partner(code: str) -> None:
    assert {text: words for text in unprompted(code) if (words := banned(code, text))} == {}


@each_language
def test_the_banned_words_know_every_sector(code: str) -> None:
    labels = {say(code, label) for sector, label in wording.SECTORS.items() if sector != "other"}
    assert {label for label in labels if not banned(code, label)} == set()
