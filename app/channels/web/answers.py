"""What a person has answered so far, carried from page to page in one sealed field and stored nowhere.

See docs/decisions/0004: nothing half-done is kept by us, and nothing readable by the browser's history.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass, replace

from app.reports.reference import ALPHABET
from app.vault import CannotOpen, Vault

LASTS = 24 * 60 * 60
"""Seconds for which a form can be gone on with. Afterwards nobody reads what is in it, on any device."""

KEPT_FOR = 8 * 24 * 60 * 60
"""Seconds for which a report that waited on a phone for the network can still be sent: the seven days that a phone
keeps it (static/offline/drafts.js), and the day that it may have been begun before. It is only filed, never shown
again: whoever finds the phone reads nothing of it through us."""

SEED_BYTES = 16
SECRET_CHARACTERS = 10
"""Five bits each, so 50 bits (contracts, reference)."""

PLACE = "web/report/answers"


class Unreadable(ValueError):
    """The field was changed on the way, is older than a day, or was sealed with keys that are gone."""


@dataclass(frozen=True)
class Answers:
    """None is a question not answered yet, an empty text one that was passed over.

    `seed` (hex) makes this form's number and secret, `started` is in Unix seconds, `problem` is a problem type's
    slug, `for_other` is `yes` or empty, `contact` is `none` or `text`, `number` is E.164, `location` is written as
    a `Location` is, `photos` is a digest of those sent with the last page, `draft` the number that a phone gave to
    a report which it wrote without network.
    """

    seed: str
    started: int
    language: str
    language_is_chosen: bool = False
    country: str | None = None
    sector: str | None = None
    problem: str | None = None
    area: str | None = None
    place: str = ""
    location: str = ""
    words: str | None = None
    for_other: str = ""
    contact: str | None = None
    number: str = ""
    photos: str = ""
    draft: str = ""

    @property
    def form(self) -> uuid.UUID:
        """The number under which these very answers are filed, however often they are sent.

        A draft has its own. Else it depends on the answers too: who goes back to a page that was sent and writes
        something else means another report, and that must not be lost as a repetition.
        """
        return uuid.UUID(bytes=self._derived("form")[:16])

    @property
    def secret(self) -> str:
        """The secret that opens the filed report, the same for each repetition of one form."""
        bits = int.from_bytes(self._derived("secret"))
        return "".join(ALPHABET[bits >> 5 * position & 31] for position in range(SECRET_CHARACTERS))

    def _derived(self, purpose: str) -> bytes:
        answered = replace(self, seed="", started=0, language="", language_is_chosen=False)
        said = json.dumps([purpose, self.draft or asdict(answered)], sort_keys=True)
        return hmac.new(bytes.fromhex(self.seed), said.encode(), hashlib.sha256).digest()


def begin(language: str, is_chosen: bool) -> Answers:
    """A fresh form in this language."""
    return Answers(secrets.token_hex(SEED_BYTES), int(time.time()), language, is_chosen)


def begin_draft(number: uuid.UUID, language: str, vault: Vault) -> Answers:
    """A form that a phone began by itself: the same number is the same form, and only we can tell its secret."""
    seed = vault.index(f"web/draft/{number}")[:SEED_BYTES]
    return Answers(seed.hex(), int(time.time()), language, language_is_chosen=True, draft=str(number))


def seal(answers: Answers, vault: Vault) -> str:
    """The answers as one opaque text for a hidden field; what was not asked yet takes no room in it."""
    said = {name: value for name, value in asdict(answers).items() if value != getattr(Answers, name, None)}
    return urlsafe_b64encode(vault.seal(json.dumps(said, ensure_ascii=False), PLACE)).decode()


def unseal(text: str, vault: Vault, lasts: int = LASTS) -> Answers:
    """Raises Unreadable for anything but what `seal` gave within the last day, or these seconds."""
    try:
        answers = Answers(**json.loads(vault.open(urlsafe_b64decode(text.encode()), PLACE)))
    except (CannotOpen, ValueError, TypeError):
        raise Unreadable from None
    if not 0 <= time.time() - answers.started < lasts:
        raise Unreadable
    return answers
