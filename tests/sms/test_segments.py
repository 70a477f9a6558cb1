from __future__ import annotations

import pytest
from hypothesis import given

from sms.encoding import Encoding
from sms.segments import ALONE, IN_COMPANY, Segments, count, split
from tests.sms import oracle
from tests.sms.strategies import anything, long_texts


@pytest.mark.parametrize(
    ("text", "encoding", "units", "parts", "left"),
    [
        ("", Encoding.GSM7, 0, 1, 160),
        ("a" * 160, Encoding.GSM7, 160, 1, 0),
        ("a" * 161, Encoding.GSM7, 161, 2, 145),
        ("a" * 306, Encoding.GSM7, 306, 2, 0),
        ("a" * 307, Encoding.GSM7, 307, 3, 152),
        ("€" * 80, Encoding.GSM7, 160, 1, 0),
        ("a" * 152 + "€" + "a" * 152, Encoding.GSM7, 306, 3, 152),
        ("न" * 70, Encoding.UCS2, 70, 1, 0),
        ("न" * 71, Encoding.UCS2, 71, 2, 63),
        ("€" * 69 + "न", Encoding.UCS2, 70, 1, 0),
        ("😀" * 35, Encoding.UCS2, 70, 1, 0),
        ("न" * 66 + "😀" + "न" * 66, Encoding.UCS2, 134, 3, 66),
    ],
)
def test_texts_cost_what_the_specification_says(
    text: str, encoding: Encoding, units: int, parts: int, left: int
) -> None:
    assert count(text) == Segments(encoding, units, parts, left)


@given(long_texts)
def test_parts_are_as_few_as_any_segmentation_allows(text: str) -> None:
    septets = oracle.gsm_septets(text)
    if septets is not None:
        sizes = tuple(oracle.gsm_septets(character) or 0 for character in text)
        assert count(text).parts == oracle.fewest_parts(sizes, 160, 153)
    else:
        sizes = tuple(oracle.utf16_units(character) for character in text)
        assert count(text).parts == oracle.fewest_parts(sizes, 70, 67)


@given(long_texts)
def test_ucs2_units_are_those_of_the_utf16_codec(text: str) -> None:
    if count(text).encoding is Encoding.UCS2:
        assert count(text).units == len(text.encode("utf-16-be")) // 2


@given(anything)
def test_parts_put_together_are_the_text_and_each_fits(text: str) -> None:
    segments, parts = count(text), split(text)
    room = (ALONE if len(parts) == 1 else IN_COMPANY)[segments.encoding]
    assert "".join(parts) == text
    assert len(parts) == segments.parts
    assert all(segments.encoding.units(part) <= room for part in parts)


def test_an_escape_pair_waits_for_the_next_part() -> None:
    assert split("a" * 152 + "€" + "a" * 152) == ("a" * 152, "€" + "a" * 151, "a")
