"""What is written to people about their own sign-in, in their language. It names no matter and no report."""

from __future__ import annotations

from flask import current_app
from flask_babel import gettext as _

from app.access.models import Account
from app.mail.letter import Letter, written_in


def new_password(account: Account, token: str) -> Letter:
    """The link by which they choose another password."""
    with written_in(account.language):
        body = _(
            "Somebody, probably you, asked for another password for your account at Gapline.\n\n"
            "To choose it, open this link within one hour:\n\n%(link)s\n\n"
            "If it was not you, do nothing: your password stays as it is.\n",
            link=address(f"/new-password/{token}"),
        )
        return Letter(account.email, _("Choose another password"), body, "new_password")


def password_changed(account: Account) -> Letter:
    with written_in(account.language):
        return _notice(account, _("Your password was changed"), _("The password of your account was changed."))


def factor_changed(account: Account) -> Letter:
    with written_in(account.language):
        said = _("A second factor was set up for your account: from now on signing in takes a code.")
        return _notice(account, _("A second factor was set up"), said)


def factor_removed(account: Account, by: str) -> Letter:
    with written_in(account.language):
        said = _(
            "%(name)s has taken the second factor off your account, so that you can set up another one.", name=by
        )
        return _notice(account, _("Your second factor was taken off"), said)


def address(path: str) -> str:
    """The whole address of one of our pages, for links in letters."""
    return current_app.extensions["settings"].public_url + path


def _notice(account: Account, subject: str, said: str) -> Letter:
    """About something that is done; the gettext around it speaks the reader's language."""
    advice = _(
        "If you know nothing of this, sign in, choose another password and sign out everywhere:\n\n%(link)s",
        link=address("/account"),
    )
    return Letter(account.email, subject, f"{said}\n\n{advice}\n", "account_notice")
