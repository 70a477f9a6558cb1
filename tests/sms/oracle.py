"""An independent GSM 7-bit encoder, and a segmenter written from the specification by trying every break."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from smspdudecoder.codecs import GSM, UCS2


def gsm_septets(text: str) -> int | None:
    """Septets of a text, by character: seven bits fill an octet, fourteen fill two. None if unspellable."""
    try:
        return sum(len(GSM.encode(character)) // 2 for character in text)
    except ValueError:
        return None


def gsm_decoded(text: str) -> str:
    return GSM.decode(GSM.encode(text))


def utf16_units(text: str) -> int:
    return len(UCS2.encode(text)) // 4


def fewest_parts(sizes: tuple[int, ...], alone: int, in_company: int) -> int:
    """The fewest parts any segmentation needs whose breaks fall between characters.

    Dynamic programming over all breaks, from the end: unlike the implementation it never fills greedily.
    """
    if sum(sizes) <= alone:
        return 1
    reached = list(accumulate(sizes, initial=0))
    needed = [0] * len(reached)
    for start in reversed(range(len(sizes))):
        last = bisect_right(reached, reached[start] + in_company)
        needed[start] = 1 + min(needed[start + 1 : last])
    return needed[0]
