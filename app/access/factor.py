"""The second factor: codes of an authenticator app (TOTP, RFC 6238), and recovery codes on paper.

A code opens once: of each half minute only one is taken, and none of an earlier one after it. The secret is sealed;
of recovery codes only keyed hashes are stored.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

import pyotp
import segno
from flask import current_app
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.access.models import Account, RecoveryCode
from app.vault import Vault

ISSUER = "Gapline"
SECONDS = 30
DRIFT = 1
"""Half minutes that a telephone's clock may be off, to either side."""

RECOVERY_CODES = 10
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32, which has no letter that looks like a digit."""

RECOVERY_LENGTH = 12
"""60 bits: nobody guesses one in the five tries of a quarter of an hour."""


class NothingToConfirm(LookupError):
    """No second factor is being set up."""


def begin(account: Account) -> None:
    """Draw a new secret. The old one, if any, stays good until the new one is confirmed."""
    account.factor_draft = _vault().seal(pyotp.random_base32(), _place(account))


def draft_of(account: Account) -> str | None:
    """The secret that is being set up."""
    return _vault().open(account.factor_draft, _place(account)) if account.factor_draft else None


def address_of(secret: str, account: Account) -> str:
    """What the QR code says to an authenticator app."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name=ISSUER)


def picture_of(address: str) -> str:
    """The QR code as the address of an image that is in the page itself."""
    return segno.make(address, error="m", micro=False).svg_data_uri(scale=5, border=4, dark="#12231f", light="#fff")


def confirm(session: Session, account: Account, code: str, now: datetime) -> Sequence[str] | None:
    """Turn the draft into the second factor where the code is right: returns its recovery codes, else None.

    Raises NothingToConfirm.
    """
    draft = draft_of(account)
    if draft is None:
        raise NothingToConfirm
    step = _step(draft, code, now)
    if step is None:
        return None
    account.factor_secret, account.factor_draft = account.factor_draft, None
    account.factor_since, account.factor_step = now, step
    return draw_recovery_codes(session, account)


def is_right(session: Session, account: Account, code: str) -> bool:
    """Whether this code opens the account now; it then never does again. The row of the account must be locked."""
    given = _plain(code)
    if account.factor_secret is None:
        return False
    if len(given) == RECOVERY_LENGTH:
        return _use_recovery_code(session, account, given)
    secret = _vault().open(account.factor_secret, _place(account))
    step = _step(secret, given, datetime.now(UTC))
    if step is None or step <= (account.factor_step or 0):
        return False
    account.factor_step = step
    return True


def remove(session: Session, account: Account) -> None:
    """Forget the second factor and its recovery codes."""
    account.factor_secret = account.factor_draft = account.factor_since = account.factor_step = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))


def draw_recovery_codes(session: Session, account: Account) -> Sequence[str]:
    """New ones, shown this once; the ones before are worth nothing."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(code_hash=_hash(account, code), account_id=account.id) for code in codes)
    return [f"{code[:4]}-{code[4:8]}-{code[8:]}" for code in codes]


def codes_left(session: Session, account: Account) -> int:
    count = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.account_id == account.id)
    return session.scalar(count) or 0


def _use_recovery_code(session: Session, account: Account, code: str) -> bool:
    used = delete(RecoveryCode).where(RecoveryCode.code_hash == _hash(account, code))
    return session.execute(used.returning(RecoveryCode.code_hash)).first() is not None


def _step(secret: str, code: str, now: datetime) -> int | None:
    """The half minute of which this is the code, if it is near enough to now."""
    totp, current, given = pyotp.TOTP(secret), int(now.timestamp()) // SECONDS, _plain(code)
    near = range(current - DRIFT, current + DRIFT + 1)
    return next((step for step in near if hmac.compare_digest(totp.generate_otp(step), given)), None)


def _plain(code: str) -> str:
    """As people type it: with spaces or hyphens, in either case, with O for 0."""
    letters = "".join(letter for letter in code.upper() if letter.isascii() and letter.isalnum())
    return letters.translate(str.maketrans("OIL", "011"))[: RECOVERY_LENGTH + 1]


def _hash(account: Account, code: str) -> bytes:
    return _vault().index(f"recovery-code/{account.id}/{code}")


def _place(account: Account) -> str:
    return f"account/factor_secret/{account.id}"


def _vault() -> Vault:
    return current_app.extensions["vault"]
