"""Find the places that a message names, in one pass over its words.

A large place is believed wherever its name stands; a small one, and one spelt a little otherwise, only where the
sentence points to a place ("in", "ya", "di", …) or writes a capital. Everyday words are never places.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from app.understanding.fold import FILLERS, fold, is_indic
from app.understanding.places.gazetteer import Buckets, Named, buckets_of, gazetteer_of, read_line
from app.understanding.places.own import NO_PLACES, OwnPlaces
from app.understanding.places.own import SHORTEST as SHORTEST_OWN
from app.understanding.places.pointed import pointed

LONGEST_NAME = 4
"""Words in the longest name that is looked for."""

SHORTEST_NAME = 4
SHORTEST_MISSPELT = 6
WORDS_JOINED = 2
SHORTEST_JOINED = 7
"""Two words written for one name, or one for two, have together at least so many letters: "kwa mashu"."""

TWO_SLIPS_FROM = 9
"""A name of so many letters may have two slips of the finger, a shorter one a single slip."""

SHORTEST_STEM = 4
MOST_WORDS = 400

_WORD = re.compile(r"(?:[^\W_]|[\u0900-\u0963\u0966-\u0dff\u0300-\u036f])+")
_POINTERS = frozenset(
    (
        *("in", "at", "from", "near", "around", "within", "ya", "huku", "hapa", "katika", "pale", "ilu", "ipinle"),
        *("jihar", "garin", "unguwar", "di", "daerah", "desa", "kecamatan", "kec", "kab", "ning", "a", "quartier"),
        *("commune", "cite", "ville", "ci", "fii", "wo", "mona", "ngase", "village", "town", "district", "county"),
        *("ward", "zilla", "tehsil", "jila", "gaon", "kwa", "block", "dari", "le", "ni", "na", "of", "for"),
        *("niko", "tuko", "nipo", "tupo", "kutoka", "live", "stay", "kota", "kabupaten", "obodo", "steeti", "here"),
    )
)
"""Words, folded, before which a place is often named."""

_EVERYDAY = frozenset(
    (
        *(
            "embu",
            "sokoni",
            "gantung",
            "amount",
            "kota",
            "lama",
            "butuh",
            "kilo",
            "lurah",
            "borong",
            "baru",
            "besar",
            "kecil",
            "tengah",
            "utara",
            "selatan",
        ),
        *("timur", "barat", "pasar", "desa", "pulau", "muara", "sungai", "lima", "tiga", "empat", "pantai", "laut"),
        *("tanah", "batu", "kampung", "simpang", "tebing", "bukit", "hulu", "hilir", "indah", "jaya", "makmur"),
        *("banat", "sadar", "bazar", "nagar", "pura", "kala", "lal", "sagar", "mandir", "garh", "kheda", "mandi"),
        *(
            "central",
            "north",
            "south",
            "east",
            "west",
            "township",
            "market",
            "junction",
            "station",
            "mission",
            "hope",
        ),
        *("mathamo", "matsamo", "thaba", "town", "city", "farm", "bridge", "river", "lake", "home", "rest", "post"),
        *("escale", "plateau", "village", "grand", "petit", "ville", "marche", "centre", "koba", "same", "soma"),
        *("mama", "baba", "dada", "kaka", "moja", "mbili", "tatu", "kazi", "sana", "bado", "sasa", "kila", "wote"),
        *("anaghi", "abia", "onye", "mmadu", "ndi", "gini", "kedu", "ihe", "ebe", "awon", "wọn", "gbogbo", "kini"),
        *("gari", "gida", "mutane", "yara", "mata", "maza", "kowa", "duka", "yanzu", "kullum", "amma", "saboda"),
        *("mane", "nsuo", "papa", "enti", "dodo", "koraa", "yiye", "afei", "nanso", "ale", "vevie", "kple"),
        *("people", "women", "men", "children", "child", "mother", "father", "please", "help", "since", "month"),
        *("kushi", "khushi", "ladki", "ladka", "aadmi", "aurat", "bahut", "banata", "karta", "milta", "hota"),
    )
)
"""Words of every day that are somewhere the name of a place too."""

_AFTER = frozenset(
    (
        *("me", "mein", "se", "madhe", "la", "में", "से", "मध्ये", "district", "county", "lga", "state", "town"),
        *(
            "village",
            "ward",
            "hospital",
            "dispensary",
            "township",
            "informal",
            "settlement",
            "jila",
            "जिला",
            "जिल्हा",
        ),
    )
)
"""Words after which a place was often named."""

_LOCATIVE = {"ZA": ("e", "o", "kwa")}
"""Prefixes written onto a name ("eKhayelitsha", "in Khayelitsha")."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the message with its neighbours; `is_pointed_at`: they, or a capital, let expect a place."""

    word: str
    is_pointed_at: bool
    before: str
    after: str


def find(text: str, country: str, is_common: Callable[[str], bool], own: OwnPlaces = NO_PLACES) -> list[Named]:
    """The places named, longest names first and none twice. `is_common` knows the everyday words, which are
    no places; `own` are places that partners entered. The text is best cut before; only the first words of an
    endless one are looked at."""
    tokens = _tokens(text)
    found: list[Named] = []
    taken: set[int] = set()
    for start, end in _spans(len(tokens)):
        if taken.isdisjoint(range(start, end)):
            named = _named(tokens[start:end], country, is_common, own)
            if named:
                taken.update(range(start, end))
                found.append(named)
    return found


def areas_of(word: str, country: str) -> tuple[str, ...]:
    """The areas (ISO 3166-2) in which a place of this folded name, or of its stem, lies."""
    named = (lookup(spelling, country) for spelling in _spellings(word, country) if len(word) >= SHORTEST_NAME)
    return tuple(area for one in named if one for area in one.areas)


def _tokens(text: str) -> list[Token]:
    normal = unicodedata.normalize("NFC", text)
    raw = _WORD.findall(normal)[:MOST_WORDS]
    folded = [fold(word) for word in raw]
    is_shouting = normal.upper() == normal
    is_title = sum(word[0].isupper() for word in raw) * 2 > len(raw)
    tokens = []
    for number, word in enumerate(raw):
        capital = word[0].isupper() and number > 0 and not is_shouting and not is_title
        locative = not capital and len(word) > 1 and word[0].islower() and any(map(str.isupper, word[1:4]))
        before = folded[number - 1] if number else ""
        after = folded[number + 1] if number + 1 < len(raw) else ""
        is_pointed_at = capital or locative or before in _POINTERS or after in _AFTER
        tokens.append(Token(folded[number], is_pointed_at, before, after))
    return [token for token in tokens if token.word not in FILLERS]


def _spans(count: int) -> Iterator[tuple[int, int]]:
    for length in range(min(LONGEST_NAME, count), 0, -1):
        for start in range(count - length + 1):
            yield start, start + length


def _named(tokens: Sequence[Token], country: str, is_common: Callable[[str], bool], own: OwnPlaces) -> Named | None:
    """What these words mean: their usual name as a partner entered it, where one did."""
    key = " ".join(token.word for token in tokens)
    found = _exact(tokens, key, country, is_common)
    if found:
        entered = own.named.get(key)
        return entered if entered and set(entered.areas) & set(found.areas) else found
    if all(is_common(token.word) for token in tokens):
        return None
    joined = _joined(tokens, country, own)
    if joined or not tokens[0].is_pointed_at:
        return joined
    may_be_misspelt = _may_be_misspelt(tokens, is_common)
    near = (_slipped(one, country, own, may_be_misspelt) for one in _spellings(key, country))
    return next(filter(None, near), None)


def _joined(tokens: Sequence[Token], country: str, own: OwnPlaces) -> Named | None:
    """A name written in another number of words: "kwa mashu", "capetown"."""
    word = "".join(token.word for token in tokens)
    if len(tokens) > WORDS_JOINED or len(word) < SHORTEST_JOINED:
        return None
    return own.joined.get(word) or (lookup(word, country) if len(tokens) > 1 else None)


def _slipped(word: str, country: str, own: OwnPlaces, may_be_misspelt: bool) -> Named | None:
    return _misspelt_own(word, own) or (_misspelt(word, country) if may_be_misspelt else None)


def _exact(tokens: Sequence[Token], key: str, country: str, is_common: Callable[[str], bool]) -> Named | None:
    if len(tokens) > 1:
        return None if all(is_common(token.word) for token in tokens) else lookup(key, country)
    token = tokens[0]
    return pointed(token.word, token.before, token.after, country) or _one_word(token, country, is_common)


def _may_be_misspelt(tokens: Sequence[Token], is_common: Callable[[str], bool]) -> bool:
    return len(tokens) == 1 and _may_be_a_place(tokens[0].word, is_common)


def _may_be_a_place(word: str, is_common: Callable[[str], bool]) -> bool:
    is_everyday = word in _EVERYDAY or is_common(word) or word.isdigit()
    return len(word) >= SHORTEST_NAME and not is_everyday


def _one_word(token: Token, country: str, is_common: Callable[[str], bool]) -> Named | None:
    word = token.word
    if not _may_be_a_place(word, is_common):
        return None
    for spelling in _spellings(word, country):
        named = lookup(spelling, country)
        if named and (token.is_pointed_at or not named.is_small) and not is_common(spelling):
            return named
    return None


def _spellings(word: str, country: str) -> Iterator[str]:
    """The word, then what remains without a prefix or ending that was written onto the name."""
    yield word
    for prefix in _LOCATIVE.get(country, ()):
        if word.startswith(prefix) and len(word) - len(prefix) >= SHORTEST_NAME:
            yield word[len(prefix) :]
            yield f"u{word[len(prefix) :]}"
    if is_indic(word):
        yield from (word[:cut] for cut in range(len(word) - 1, SHORTEST_STEM - 1, -1))


@lru_cache(maxsize=4096)
def lookup(key: str, country: str) -> Named | None:
    """What a folded name means in that country."""
    line = gazetteer_of(country).get(key)
    return read_line(key, line) if line is not None else None


@lru_cache(maxsize=8192)
def _misspelt(word: str, country: str) -> Named | None:
    """The place whose name differs least, if all such names lie in the same area."""
    near = _near(word, buckets_of(country)) if len(word) >= SHORTEST_MISSPELT and not is_indic(word) else []
    return _least([(slips, named) for slips, key in near if (named := lookup(key, country))])


@lru_cache(maxsize=8192)
def _misspelt_own(key: str, own: OwnPlaces) -> Named | None:
    """Likewise the place that partners entered, whose name may have several words and may exist twice."""
    near = _near(key, own.buckets) if len(key) >= SHORTEST_OWN and not is_indic(key) else []
    return own.named[near[0][1]] if len(near) == 1 else _least([(slips, own.named[name]) for slips, name in near])


def _least(near: list[tuple[float, Named]]) -> Named | None:
    best = min((slips for slips, _ in near), default=None)
    meant = [named for slips, named in near if slips == best]
    areas = {area for named in meant for area in named.areas}
    return meant[0] if len(areas) == 1 else None


def _near(word: str, buckets: Buckets) -> list[tuple[float, str]]:
    """The names that begin alike and differ by a slip or two, each with its number of slips."""
    most = 2 if len(word) >= TWO_SLIPS_FROM else 1
    alike = (buckets.get((word[0], length), ()) for length in range(len(word) - most, len(word) + most + 1))
    return [
        (slips, key)
        for names in alike
        for key, slips, _ in extract(word, names, scorer=OSA.distance, score_cutoff=most, limit=None)
    ]
