"""Making a database ready for this version: tables, directory, and in demo mode something to look at."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.access.models import Account
from app.database import transaction
from app.demo.accounts import PASSWORD, add_accounts, sign_ins
from app.demo.cases import add_cases
from app.demo.channels import add_channels
from app.demo.history import add_history, publish_history
from app.demo.samples import add_samples
from app.demo.views import add_views
from app.directory.catalogue import Directory
from app.directory.current import current_directory
from app.directory.load import load_data_files
from app.embedded import resolve_url
from app.factory import create_app
from app.migrate import upgrade
from app.roles import OWNER
from app.settings import BadSettings, Settings
from app.viewer import COMMAND, INTAKE, acting_as


def prepare_instance(settings: Settings) -> Sequence[str]:
    """Migrate, load the directory and, in demo mode, create what a first look needs. Safe to repeat.

    Returns lines to print. Raises DirectoryError for unusable data files, BadSettings where production finds
    demo accounts.
    """
    upgrade(resolve_url(settings, OWNER))
    app = create_app(settings)
    with app.app_context():
        with acting_as(COMMAND), transaction() as session:
            load_data_files(session)
        return _demo(app, settings) if settings.is_demo else _production()


def _demo(app: Flask, settings: Settings) -> Sequence[str]:
    with acting_as(COMMAND), transaction() as session:
        add_channels(session, settings, app.extensions["vault"])
        directory = current_directory()
        add_accounts(session, directory)
    app.extensions.pop("directory")  # read before there were channels
    with acting_as(INTAKE), transaction() as session:
        add_samples(session)
    add_history()
    add_cases()
    with acting_as(COMMAND), transaction() as session:
        add_views(session)
    publish_history()
    return _to_print(settings.public_url, directory)


def _to_print(public_url: str, directory: Directory) -> Sequence[str]:
    """The addresses of a demo and who may sign in there."""
    places = {
        "report": "/report",
        "track a report": "/track",
        "phone simulator": "/simulator",
        "sign in": "/sign-in",
    }
    people = [f"  {person.email:32} {person.role}" for person in sign_ins(directory)]
    return [*(f"{name:16} {public_url}{path}" for name, path in places.items()), f"password: {PASSWORD}", *people]


def refuse_demo_accounts(session: Session) -> None:
    """Raises BadSettings where a sign-in exists whose password everybody can read."""
    if session.scalar(select(exists().where(Account.is_demo))):
        raise BadSettings("demo accounts exist in this database: production does not start with them")


def _production() -> Sequence[str]:
    with acting_as(COMMAND), transaction() as session:
        refuse_demo_accounts(session)
    return []
