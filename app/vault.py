"""Fields that are encrypted at rest, and the keyed index by which they can still be found.

AES-256-GCM with the place of the field as associated data, so a ciphertext copied to another row or column does
not open there. The index is HMAC-SHA256 under a key of its own that never rotates with the encryption keys.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
"""The nonce size that NIST SP 800-38D recommends for GCM."""


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
        name, key = next(iter(self.keys.items()))
        nonce = secrets.token_bytes(NONCE_BYTES)
        return name.encode() + b":" + nonce + AESGCM(key).encrypt(nonce, value.encode(), place.encode())

    def open(self, sealed: bytes, place: str) -> str:
        """Decrypt what was sealed for this place; raises CannotOpen."""
        name, _, rest = sealed.partition(b":")
        key = self.keys.get(name.decode("ascii", "replace"))
        if key is None:
            raise CannotOpen("sealed with a key that FIELD_KEYS does not hold")
        try:
            return AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], place.encode()).decode()
        except InvalidTag:
            raise CannotOpen(f"cannot open a value of {place.rpartition('/')[0]}") from None


def read_vault(field_keys: str) -> Vault:
    """Read FIELD_KEYS; raises BadKeys, naming the entry but never its value."""
    keys = dict(_entry(entry) for entry in field_keys.split(","))
    index_key = keys.pop("index", None)
    if index_key is None or not keys:
        raise BadKeys("FIELD_KEYS needs an entry named index and at least one encryption key")
    return Vault(index_key, keys)


def _entry(entry: str) -> tuple[str, bytes]:
    name, _, digits = entry.strip().partition(":")
    if not name or len(digits) != 64:
        raise BadKeys(f"the FIELD_KEYS entry {name!r} must be name:64 hex digits")
    try:
        return name, bytes.fromhex(digits)
    except ValueError:
        raise BadKeys(f"the FIELD_KEYS entry {name!r} is not hexadecimal") from None
