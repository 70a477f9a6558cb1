"""Pictures, recordings and files that wait at a provider: fetching one, and deleting it there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from sms.message import TryAgain


@dataclass(frozen=True)
class Fetched:
    """The file as the provider keeps it."""

    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Gone:
    """It will never be had: deleted, too big, or at an address that is not the provider's."""

    reason: str


class MediaStore(Protocol):
    """Where a provider keeps what came with a message. Blocks for its time limits at most, and never raises."""

    def fetch(self, url: str, most: int) -> Fetched | Gone | TryAgain:
        """The file at the address that its message named, of at most `most` bytes."""

    def remove(self, url: str) -> TryAgain | None:
        """Delete it there; None when it is there no more, or was never ours."""
