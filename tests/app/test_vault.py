"""Sealed fields open in their own place with their own key, and nowhere else."""

from __future__ import annotations

import hashlib
import hmac
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.settings import new_field_keys, new_secret
from app.vault import BadKeys, CannotOpen, Vault, read_vault

PLACE = "contact/number/1"
INDEX, FIRST, SECOND = "0f1e2d3c4b5a69788796a5b4c3d2e1f0" * 2, new_secret(), new_secret()
texts = st.text(max_size=80).filter(lambda text: text.isprintable())


@pytest.fixture(scope="module")
def vault() -> Vault:
    return read_vault(new_field_keys())


@given(value=texts, place=texts)
def test_what_was_sealed_opens_in_its_place(vault: Vault, value: str, place: str) -> None:
    assert vault.open(vault.seal(value, place), place) == value


@given(value=st.binary(max_size=80))
def test_what_is_no_text_opens_too(vault: Vault, value: bytes) -> None:
    assert vault.open_bytes(vault.seal_bytes(value, PLACE), PLACE) == value


@given(value=texts, place=texts, other=texts)
def test_it_opens_in_no_other_place(vault: Vault, value: str, place: str, other: str) -> None:
    if place != other:
        with pytest.raises(CannotOpen):
            vault.open(vault.seal(value, place), other)


@given(value=st.text(min_size=4, max_size=30, alphabet="0123456789+"))
def test_the_value_does_not_show_and_no_two_sealings_are_alike(vault: Vault, value: str) -> None:
    first, second = vault.seal(value, PLACE), vault.seal(value, PLACE)
    assert value.encode() not in first
    assert first != second


@given(data=st.data())
def test_one_changed_bit_anywhere_is_noticed(vault: Vault, data: st.DataObject) -> None:
    sealed = bytearray(vault.seal("+254711000001", PLACE))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(CannotOpen):
        vault.open(bytes(sealed), PLACE)


def test_a_value_that_was_cut_short_is_noticed_wherever_it_was_cut(vault: Vault) -> None:
    sealed = vault.seal("+254711000001", PLACE)
    for length in range(len(sealed)):
        with pytest.raises(CannotOpen):
            vault.open(sealed[:length], PLACE)


@given(rubbish=st.binary(max_size=60))
def test_rubbish_never_opens(vault: Vault, rubbish: bytes) -> None:
    for sealed in (rubbish, b"k1:" + rubbish):
        with pytest.raises(CannotOpen):
            vault.open(sealed, PLACE)


def test_another_key_under_the_same_name_does_not_open_it(vault: Vault) -> None:
    with pytest.raises(CannotOpen):
        read_vault(new_field_keys()).open(vault.seal("+254711000001", PLACE), PLACE)


def test_an_error_names_the_column_and_neither_row_nor_value(vault: Vault) -> None:
    sealed = vault.seal("+254711000001", "contact/number/abc123")
    with pytest.raises(CannotOpen) as error:
        vault.open(sealed, "contact/number/def456")
    assert "contact/number" in str(error.value)
    assert not any(secret in str(error.value) for secret in ("254711", "abc123", "def456"))


def test_after_rotation_the_new_key_seals_and_the_old_one_still_opens() -> None:
    before = read_vault(f"index:{INDEX},k1:{FIRST}")
    during = read_vault(f"index:{INDEX},k2:{SECOND},k1:{FIRST}")
    old = before.seal("+254711000001", PLACE)
    assert during.open(old, PLACE) == "+254711000001"
    new = during.seal("+254711000001", PLACE)
    assert new.startswith(b"k2:")
    with pytest.raises(CannotOpen):
        before.open(new, PLACE)


def test_once_the_old_key_is_gone_what_it_sealed_stays_shut_and_the_rest_opens() -> None:
    old = read_vault(f"index:{INDEX},k1:{FIRST}").seal("+254711000001", PLACE)
    after = read_vault(f"index:{INDEX},k2:{SECOND}")
    assert after.open(after.seal("+254711000002", PLACE), PLACE) == "+254711000002"
    with pytest.raises(CannotOpen, match="FIELD_KEYS"):
        after.open(old, PLACE)


def test_the_index_is_an_hmac_that_stays_the_same_through_a_rotation() -> None:
    expected = hmac.new(bytes.fromhex(INDEX), b"+254711000001", hashlib.sha256).digest()
    for keys in (f"k1:{FIRST}", f"k2:{SECOND},k1:{FIRST}", f"k2:{SECOND}"):
        assert read_vault(f"index:{INDEX},{keys}").index("+254711000001") == expected


def test_under_another_index_key_a_number_has_another_index() -> None:
    one, other = (read_vault(f"index:{key},k1:{FIRST}") for key in (INDEX, SECOND))
    assert one.index("+254711000001") != other.index("+254711000001")


@pytest.mark.parametrize(
    "keys",
    [
        "",
        "nonsense",
        FIRST,
        f"k1:{FIRST}",
        f"index:{INDEX}",
        f"index:{INDEX},k1:{FIRST[:-2]}",
        f"index:{INDEX},k1:{FIRST[:-1]}g",
        f"index:{INDEX},k1:{FIRST},",
        f"index:{INDEX},:{FIRST}",
        f"index:{INDEX},k é:{FIRST}",
        f"index:{INDEX},k1:{' ' * 64}",
        f"index:{INDEX},k1:{FIRST},k1:{SECOND}",
        f"index:{INDEX},k1:{INDEX}",
        f"index:{INDEX},k1:{'0' * 64}",
        f"index:{'ab' * 32},k1:{FIRST}",
    ],
    ids=count(),
)
def test_unusable_keys_are_refused_and_not_shown(keys: str) -> None:
    with pytest.raises(BadKeys) as error:
        read_vault(keys)
    for secret in (INDEX, FIRST, SECOND):
        assert secret[:8] not in str(error.value)


def test_spaces_and_line_breaks_between_the_entries_do_no_harm() -> None:
    read = read_vault(f" index:{INDEX} ,\n k1:{FIRST}\n")
    assert read == read_vault(f"index:{INDEX},k1:{FIRST}")
