"""The table of messages: each goes where its writer means it to, or nowhere, and never to a wrong partner."""

from __future__ import annotations

from collections import Counter

import pytest

from app.understanding.meaning import Meaning, understand
from tests.app.understanding.directory_data import shipped_directory
from tests.app.understanding.messages import MESSAGES

ROWS = [tuple(message.split("|")) for message in MESSAGES]

LANGUAGES_SEEN = {
    "GH": {"en", "ak", "ee", "ha"},
    "IN": {"hi", "hi-Latn", "en", "mr", "mr-Latn", "ta", "te"},
    "ID": {"id", "en", "jv"},
    "KE": {"en", "sw"},
    "NG": {"en", "pcm", "ha", "yo", "ig"},
    "SN": {"fr", "wo"},
    "ZA": {"en", "zu", "xh", "st", "tn", "af"},
}


def _where(country: str, meaning: Meaning) -> str:
    if meaning.kind != "report":
        return meaning.command or meaning.kind
    return meaning.entry_point or f"{country} {meaning.sector}"


@pytest.mark.parametrize(("country", "text", "expected"), ROWS, ids=lambda value: value[:50])
def test_a_message_goes_where_its_writer_means_it_to(country: str, text: str, expected: str) -> None:
    assert _where(country, understand(text, country, shipped_directory())) == expected


def test_the_table_has_messages_for_every_entry_point() -> None:
    told = Counter(expected for _, _, expected in ROWS)
    assert all(told[entry.slug] >= 8 for entry in shipped_directory().entry_points)


@pytest.mark.parametrize("country", sorted(LANGUAGES_SEEN))
def test_every_language_offered_in_a_country_is_recognised(country: str) -> None:
    reports = [understand(text, of, shipped_directory()) for of, text, _ in ROWS if of == country]
    assert LANGUAGES_SEEN[country] <= {report.language for report in reports}
    assert set(shipped_directory().country(country).languages) <= LANGUAGES_SEEN[country]
