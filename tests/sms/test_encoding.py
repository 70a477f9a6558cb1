from __future__ import annotations

import pytest
from hypothesis import given

from sms.encoding import GSM_BASIC, GSM_EXTENSION, Encoding, encoding_of, septets, to_gsm
from tests.sms import oracle
from tests.sms.strategies import anything, gsm_texts, long_texts


def test_the_alphabet_has_127_characters_and_an_escape() -> None:
    assert len(GSM_BASIC) == 127
    assert len(GSM_EXTENSION) == 10
    assert not GSM_BASIC & GSM_EXTENSION


def test_every_character_of_the_basic_plane_is_judged_as_the_oracle_judges_it() -> None:
    characters = [chr(point) for point in range(0x10000)]
    assert [septets(character) for character in characters] == [
        oracle.gsm_septets(character) for character in characters
    ]


@given(long_texts)
def test_septets_are_those_of_the_oracle(text: str) -> None:
    assert septets(text) == oracle.gsm_septets(text)


@given(gsm_texts)
def test_a_gsm_text_survives_the_oracles_encoding(text: str) -> None:
    # Seven padding bits at the end read as an @: an ambiguity of the packing, not of the alphabet.
    assert oracle.gsm_decoded(text).rstrip("@") == text.rstrip("@")


@given(anything)
def test_any_text_has_an_encoding_and_only_gsm_texts_have_septets(text: str) -> None:
    assert (encoding_of(text) is Encoding.GSM7) == (septets(text) is not None)


def test_extension_characters_need_two_septets_but_one_unit_of_ucs2() -> None:
    assert Encoding.GSM7.units("a€") == 3
    assert Encoding.UCS2.units("a€") == 2
    assert Encoding.UCS2.units("नी😀") == 4


@pytest.mark.parametrize(
    ("written", "spelt"),
    [
        ("Ẹ káàsán, omi kò sí ní ilé ìwòsàn ọ̀hún", "E kaàsan, omi kò si ni ilé ìwòsàn ohun"),
        ("Nsɛm pa; ɔhene no baa ha", "Nsem pa; ohene no baa ha"),
        ("ɓera ɗaki ƙasa ƴaƴa", "bera daki kasa yaya"),
        ("ɖeviwo ƒe ɣeyiɣi ŋu ʋu", "deviwo fe geyigi ngu vu"),
        ("Ọ dị mma, ụlọ akwụkwọ ṅụọ", "O di mma, ulo akwukwo nuo"),
        ("La sœur a été reçue à l’hôpital\u202f: « merci »", 'La soeur a été recue à l\'hopital : " merci "'),
        ("“Water” – it’s gone…", '"Water" - it\'s gone...'),
        ("e\u0301cole", "école"),
        ("ɛ\u0301", "e"),
    ],
)
def test_marks_and_letters_that_gsm_lacks_get_a_plain_spelling(written: str, spelt: str) -> None:
    assert to_gsm(written) == spelt


@pytest.mark.parametrize("text", ["पानी नहीं है", "தண்ணீர் இல்லை", "ẹ and 😀", "Nairobi ẹ पानी"])
def test_a_text_that_must_stay_ucs2_keeps_its_marks(text: str) -> None:
    assert to_gsm(text) == text


@given(gsm_texts)
def test_a_gsm_text_is_spelt_as_it_is(text: str) -> None:
    assert to_gsm(text) == text


@given(anything)
def test_a_spelling_is_gsm_or_the_text_itself_and_stays_so(text: str) -> None:
    spelt = to_gsm(text)
    assert spelt == text or encoding_of(spelt) is Encoding.GSM7
    assert to_gsm(spelt) == spelt
