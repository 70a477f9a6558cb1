"""Fill a folder's database once, then measure: see the package."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from flask import Flask
from sqlalchemy import select

from app.access.models import Account
from app.access.people import viewer_of
from app.database import transaction
from app.demo.channels import add_channels
from app.directory.current import current_directory
from app.directory.load import load_data_files
from app.embedded import EmbeddedServer, start
from app.factory import create_app
from app.migrate import upgrade
from app.roles import APP, OWNER
from app.settings import load_settings
from app.viewer import COMMAND, acting_as
from tests.builders.accounts import an_account
from tests.inbox_speed.filling import fill
from tests.inbox_speed.measuring import measure, plan
from tests.inbox_speed.pages import addresses
from tests.inbox_speed.remembering import remember

STAFF = 5


def main() -> None:
    reader = argparse.ArgumentParser(prog="python -m tests.inbox_speed")
    reader.add_argument("folder", type=Path)
    reader.add_argument("--reports", type=int, default=1_050_000, help="copied in where the folder has none yet")
    reader.add_argument("--plans", type=float, metavar="MS", help="also print plans of statements that take longer")
    reader.add_argument("--without", nargs="*", default=(), metavar="WORD", help="leave out pages named like this")
    reader.add_argument("--only", nargs="*", default=(), metavar="WORD", help="only pages named like this")
    asked = reader.parse_args()
    asked.folder.mkdir(exist_ok=True)
    server = start(asked.folder)
    try:
        with ready(server, asked.folder, asked.reports) as app:
            for account in (people()[0], people()[-1]):
                tell(app, server, account, asked)
    finally:
        server.stop()


@contextmanager
def ready(server: EmbeddedServer, folder: Path, reports: int) -> Iterator[Flask]:
    """The application on a database that has been filled, now or earlier."""
    upgrade(server.url(OWNER))
    settings = {"INSTANCE": str(folder), "DATABASE_URL": server.url(APP), "PUBLIC_URL": "https://gapline.test"}
    app = create_app(load_settings(settings))
    with app.app_context():
        if not people():
            _fill(app, server, reports)
        yield app


def people() -> list[Account]:
    """Those of the partner, then the desk."""
    with acting_as(COMMAND), transaction() as session:
        return list(session.scalars(select(Account).order_by(Account.id)))


def _fill(app: Flask, server: EmbeddedServer, reports: int) -> None:
    with acting_as(COMMAND), transaction() as session:
        load_data_files(session)
        add_channels(session, app.extensions["settings"], app.extensions["vault"])
    accounts = [an_account("partner_member").id for _ in range(STAFF)]
    an_account("desk")
    with psycopg.connect(server.url("postgres")) as connection:
        fill(connection, accounts, reports)
        remember(connection)
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def tell(app: Flask, server: EmbeddedServer, account: Account, asked: argparse.Namespace) -> None:
    with acting_as(COMMAND), transaction():
        viewer = viewer_of(account, current_directory(), datetime.now(UTC).date())
    print(f"\n{viewer.kind}: milliseconds of work, of it in PostgreSQL, by the clock, and how many statements")
    for one in measure(app, account, _wanted(addresses(viewer), asked)):
        run = one.run
        in_database = sum(statement.work for statement in run.statements)
        print(
            f"{run.work:8.0f} {in_database:8.0f} {run.clock:8.0f} {len(run.statements):3}  {one.name}", flush=True
        )
        for statement in run.statements:
            if asked.plans is not None and statement.work > asked.plans:
                found = plan(server.url(APP), viewer, statement.text, statement.parameters)
                print(f"\n{statement.work:.0f} ms: {statement.text}\n{found}\n")


def _wanted(pages: dict[str, str], asked: argparse.Namespace) -> dict[str, str]:
    left = {name: where for name, where in pages.items() if not any(word in name for word in asked.without)}
    return {
        name: where for name, where in left.items() if not asked.only or any(word in name for word in asked.only)
    }


if __name__ == "__main__":
    main()
