"""Buildings that only say where something is: "the tap near the hospital" is not about the hospital."""

from __future__ import annotations

from app.understanding.fold import words_of
from app.understanding.index import Match

_BEFORE_A_LANDMARK = {
    "en": (
        "road to",
        "bridge to",
        "near",
        "next to",
        "behind",
        "beside",
        "opposite",
        "past",
        "close to",
        "in front of",
        "nearby",
    ),
    "pcm": ("for back of", "near"),
    "sw": ("karibu na", "nyuma ya", "kando ya", "mbele ya"),
    "fr": ("devant", "près de", "près du", "à côté de", "à côté du", "derrière", "en face de", "en face du"),
    "id": ("dekat", "sebelah", "belakang", "depan", "seberang"),
    "hi-Latn": ("ke paas",),
    "ha": ("kusa da", "bayan"),
    "yo": ("lẹba", "lẹyin"),
    "ig": ("n'akụkụ", "n'azụ"),
    "af": ("naby", "langs", "agter"),
    "zu": ("eduze", "eduze kwe"),
}
"""Words that stand before the name of a place when it only helps to find another."""

_PHRASES = frozenset(tuple(words_of(phrase)) for said in _BEFORE_A_LANDMARK.values() for phrase in said)
_LONGEST = max(map(len, _PHRASES))
_ARTICLES = frozenset(("l", "la", "le", "de", "die", "di", "wa", "ya"))


def is_landmark(words: list[str], match: Match) -> bool:
    """Whether this building, named in the message at that place, only tells where something is."""
    if not any(term.is_decisive for term in match.terms):
        return False
    stop = match.start
    while not _ends_a_phrase(words, stop):
        if not stop or words[stop - 1] not in _ARTICLES:
            return False
        stop -= 1
    return True


def _ends_a_phrase(words: list[str], stop: int) -> bool:
    starts = range(max(stop - _LONGEST, 0), stop)
    return any(tuple(words[start:stop]) in _PHRASES for start in starts)
