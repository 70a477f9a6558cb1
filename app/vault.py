"""Fields that are encrypted at rest, and the keyed index by which they can still be found.

AES-256-GCM with the place of the field as associated data, so a ciphertext copied to another row or column does
not open there. The index is HMAC-SHA256 under a key of its own that never rotates with the encryption keys.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
"""The nonce size that NIST SP 800-38D recommends for GCM."""

TAG_BYTES = 16
"""What GCM appends to the ciphertext."""

ENTRY = re.compile(r"([A-Za-z0-9_-]{1,32}):([0-9a-fA-F]{64})")
FEWEST_DIFFERENT_BYTES = 16
"""Fewer among 32 random bytes come up less than once in 10^16: such a key was typed, not drawn."""


class BadKeys(ValueError):
    """FIELD_KEYS is not of the form `index:<64 hex digits>,<name>:<64 hex digits>,…`."""


class CannotOpen(RuntimeError):
    """The ciphertext is damaged, from another row, or sealed with a key that is not here."""


@dataclass(frozen=True)
class Vault:
    """`keys` by name; the first seals, all of them open."""

    index_key: bytes
    keys: dict[str, bytes]

    def index(self, value: str) -> bytes:
        """A stable look-up value that reveals nothing without the index key."""
        return hmac.new(self.index_key, value.encode(), hashlib.sha256).digest()

    def seal(self, value: str, place: str) -> bytes:
        """Encrypt for one place (`table/column/row`)."""
        return self.seal_bytes(value.encode(), place)

    def open(self, sealed: bytes, place: str) -> str:
        """Decrypt what was sealed for this place; raises CannotOpen."""
        return self.open_bytes(sealed, place).decode()

    def seal_bytes(self, value: bytes, place: str) -> bytes:
        """Encrypt what is no text, for one place."""
        name, key = next(iter(self.keys.items()))
        nonce = secrets.token_bytes(NONCE_BYTES)
        return name.encode() + b":" + nonce + AESGCM(key).encrypt(nonce, value, place.encode())

    def open_bytes(self, sealed: bytes, place: str) -> bytes:
        """Decrypt what `seal_bytes` sealed for this place; raises CannotOpen."""
        name, _, rest = sealed.partition(b":")
        key = self.keys.get(name.decode("ascii", "replace"))
        if key is None:
            raise CannotOpen("sealed with a key that FIELD_KEYS does not hold")
        if len(rest) < NONCE_BYTES + TAG_BYTES:
            raise CannotOpen(f"a value of {place.rpartition('/')[0]} is cut short")
        try:
            return AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], place.encode())
        except InvalidTag:
            raise CannotOpen(f"cannot open a value of {place.rpartition('/')[0]}") from None


def read_vault(field_keys: str) -> Vault:
    """Read FIELD_KEYS; raises BadKeys, which says which entry is wrong but never shows any of it."""
    entries = [_entry(number, entry) for number, entry in enumerate(field_keys.split(","), 1)]
    keys = dict(entries)
    if len(keys) < len(entries) or len(set(keys.values())) < len(entries):
        raise BadKeys("a name or a key stands twice in FIELD_KEYS")
    index_key = keys.pop("index", None)
    if index_key is None or not keys:
        raise BadKeys("FIELD_KEYS needs an entry named index and at least one encryption key")
    return Vault(index_key, keys)


def _entry(number: int, entry: str) -> tuple[str, bytes]:
    found = ENTRY.fullmatch(entry.strip())
    if found is None:
        raise BadKeys(f"entry {number} of FIELD_KEYS must be name:64 hex digits")
    key = bytes.fromhex(found[2])
    if len(set(key)) < FEWEST_DIFFERENT_BYTES:
        raise BadKeys(f"entry {number} of FIELD_KEYS is too weak: draw 32 random bytes")
    return found[1], key
