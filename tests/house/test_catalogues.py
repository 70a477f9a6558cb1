"""What we say to citizens is said whole, short and discreetly in every language; see docs/translating.md."""

from __future__ import annotations

import gettext
import io
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from itertools import chain, combinations
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app import language
from app.language import CITIZEN_LANGUAGES, SOURCE, SPOKEN_AS, say
from app.outbox import wording
from app.understanding.fold import fold, words_of
from sms.encoding import Encoding
from sms.segments import count

ROOT = Path(__file__).parents[2]
TRANSLATIONS = ROOT / "translations"
COUNTRIES = sorted((ROOT / "app" / "directory" / "data").glob("??.toml"))
BANNED = tomllib.loads(Path(__file__).with_name("banned_words.toml").read_text(encoding="utf-8"))

EXTRACTION = (
    "pybabel extract -F translations/babel.cfg --no-default-keywords -k mark -c Translators:"
    " --add-location=file --sort-output --omit-header -o translations/messages.body app"
)
TRANSLATED = tuple(code for code in CITIZEN_LANGUAGES if code != SOURCE)
UCS2 = frozenset({"hi", "mr", "ta", "te"})
"""Languages whose script forces UCS-2: 70 characters in a text, 67 in each of several."""

REFERENCE = "ZA-7W3K9QX"
WEB = ("app/channels/web/", "app/open_data/")
"""Read on pages and posters only, so of any length and in all letters."""

MENU = "app/conversation/menu/"
"""Menu screens have a limit of their own: tests/app/conversation/test_menu_screens.py."""

LONGEST = {
    **{"reference": REFERENCE, "example": REFERENCE, "state": "", "choices": "", "country": "South Africa"},
    **{"partner": "PFAG", "number": "+254711222333", "most": "100", "day": "23 November 2026"},
    **{"title": "", "question": ""},
}
"""A value for every placeholder."""

SAME_IN = {
    **{code: {wording.STATE} for code in TRANSLATED},
    "pcm": {wording.STATE, wording.SECTORS["health"]},
    "fr": {wording.STATE, "Secret"},
}
"""Messages that a language says as English does."""

ORDERS = re.compile(r"\b(?:STATUS|READ|STOP|START|HELP)\b")
SIGNED = ("# Draft: not yet signed off by a speaker at a partner organisation.", "# Signed off: ")

each_translation = pytest.mark.parametrize("code", TRANSLATED)
each_language = pytest.mark.parametrize("code", CITIZEN_LANGUAGES)


@cache
def catalogue(code: str) -> Catalog:
    with (TRANSLATIONS / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


@cache
def places() -> dict[str, frozenset[str]]:
    """The messages to translate, each with the files it stands in."""
    with (TRANSLATIONS / "messages.pot").open("rb") as file:
        found = [message for message in read_po(file) if message.id]
    return {message.id: frozenset(path for path, _ in message.locations) for message in found}


def template() -> frozenset[str]:
    return frozenset(places())


def sent_to_phones(*elsewhere: str) -> list[str]:
    """The messages of text messages and menus, without those that stand only in these folders."""
    return [
        text for text, files in places().items() if not all(file.startswith((*WEB, *elsewhere)) for file in files)
    ]


@cache
def translations(code: str) -> dict[str, str]:
    return {message.id: message.string for message in catalogue(code) if message.id}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def compiled(code: str) -> bytes:
    file = io.BytesIO()
    write_mo(file, catalogue(code))
    return file.getvalue()


@pytest.fixture(scope="module", autouse=True)
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """`say` speaks from these catalogues as they stand, not from what was compiled last."""
    folder = tmp_path_factory.mktemp("translations")
    for code in TRANSLATED:
        target = folder / code / "LC_MESSAGES" / "messages.mo"
        target.parent.mkdir(parents=True)
        target.write_bytes(compiled(code))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "CATALOGUES", folder)
        language._catalogue.cache_clear()
        yield
    language._catalogue.cache_clear()


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


@each_translation
def test_every_message_is_translated_and_none_is_a_guess(code: str) -> None:
    assert translations(code).keys() == template()
    assert [text for text, said in translations(code).items() if not said.strip()] == []
    assert [message.id for message in catalogue(code) if message.id and message.fuzzy] == []


@each_translation
def test_no_message_falls_back_to_english(code: str) -> None:
    same = {text for text, said in translations(code).items() if said == text}
    assert same <= SAME_IN[code]
    nothing = {name: "{" + name + "}" for text in template() for name in placeholders(text)}
    assert {text: say(code, text, **nothing) for text in template()} == translations(code)


@each_translation
def test_placeholders_are_those_of_the_source(code: str) -> None:
    wrong = {t: said for t, said in translations(code).items() if placeholders(said) != placeholders(t)}
    assert wrong == {}


@each_translation
def test_what_people_must_type_stays_as_it_is(code: str) -> None:
    wrong = {t: s for t, s in translations(code).items() if set(ORDERS.findall(s)) != set(ORDERS.findall(t))}
    assert wrong == {}


@each_translation
def test_plural_forms_are_those_of_cldr(code: str) -> None:
    """Source: Unicode CLDR's cardinal rules, as Babel ships them; forms stand in the order that CLDR names them."""
    rule = Locale.parse(code).plural_form
    forms = [tag for tag in ("zero", "one", "two", "few", "many", "other") if tag in {*rule.tags, "other"}]
    spoken = gettext.GNUTranslations(io.BytesIO(compiled(code)))
    numbers = (*range(1_100), 1_000_000, 1_000_001, 2_000_000)
    assert [forms[spoken.plural(n)] for n in numbers] == [rule(n) for n in numbers]
    assert catalogue(code).num_plurals == len(forms)


@each_translation
def test_a_catalogue_says_whether_a_speaker_signed_it_off(code: str) -> None:
    assert any(line.startswith(SIGNED) for line in catalogue(code).header_comment.splitlines())


@each_language
def test_a_text_without_a_question_fits_one_segment(code: str) -> None:
    """In UCS-2 only the acknowledgment and the notice of an answer do; the others take two at most."""
    short = {wording.acknowledgment(code, REFERENCE), say(code, wording.ANSWER_WAITS, reference=REFERENCE)}
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
    asked = [wording.question(code, list(wording.SECTORS), again) for again in (False, True)]
    everything = (say(code, text, **LONGEST) for text in template())
    assert [text for text in (*texts(code), *asked, *everything) if "{" in text or "}" in text] == []


@each_language
def test_what_we_send_unasked_names_no_subject_and_no_partner(code: str) -> None:
    assert {text: words for text in unprompted(code) if (words := banned(code, text))} == {}


@each_language
def test_the_banned_words_know_every_sector(code: str) -> None:
    labels = {say(code, label) for sector, label in wording.SECTORS.items() if sector != "other"}
    assert {label for label in labels if not banned(code, label)} == set()


def unprompted(code: str) -> list[str]:
    """The messages that reach a phone without its owner having just asked for them."""
    updates = (wording.update(code, REFERENCE, status) for status in wording.STATES)
    return [wording.acknowledgment(code, REFERENCE), say(code, wording.ANSWER_WAITS, reference=REFERENCE), *updates]


def texts(code: str) -> list[str]:
    """Every message as it goes out, with its longest values; questions are measured apart."""
    states = (wording.state(code, REFERENCE, status) for status in wording.STATES)
    parts = {wording.QUESTION, wording.QUESTION_AGAIN, wording.UPDATE, wording.STATE}
    parts |= {*wording.SECTORS.values(), *wording.STATES.values()}
    fixed = (say(code, t, **LONGEST) for t in sent_to_phones(MENU) if t not in parts)
    return [*unprompted(code), *states, *fixed]


def banned(code: str, text: str) -> set[str]:
    return {word for word in words_of(text) if any(fnmatchcase(word, pattern) for pattern in patterns(code))}


@cache
def patterns(code: str) -> tuple[str, ...]:
    names = chain.from_iterable(map(words_of, partners()))
    return tuple(map(fold, (*BANNED["everywhere"], *BANNED["languages"].get(code, ()), *names)))


@cache
def partners() -> frozenset[str]:
    rows = chain.from_iterable(tomllib.loads(path.read_text("utf-8"))["partners"] for path in COUNTRIES)
    return frozenset(row["acronym"] for row in rows if row.get("kind") != "desk")
