"""The languages on the command line: how they stand, and their catalogues as they are said today."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click
from flask.cli import AppGroup

from app.database import transaction
from app.translating.catalogues import TRANSLATED
from app.translating.exporting import export
from app.translating.standing import standing
from app.viewer import COMMAND, acting_as

languages = AppGroup("languages", help="What we say to citizens, language by language.")


@languages.command("list")
def list_languages() -> None:
    """Print how each language stands, as a JSON array."""
    with acting_as(COMMAND), transaction() as session:
        found = [asdict(standing(session, code)) for code in TRANSLATED]
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))


@languages.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--only", type=click.Choice(TRANSLATED), help="One language.")
def export_languages(folder: Path, only: str | None) -> None:
    """Write the catalogues into FOLDER with what was corrected and signed off; print each as a JSON array."""
    codes = (only,) if only else TRANSLATED
    done = []
    with acting_as(COMMAND), transaction() as session:
        for number, code in enumerate(codes, 1):
            click.echo(f"{number} of {len(codes)}: {code}", err=True)
            done.append(export(session, folder, code))
    click.echo(json.dumps(done, ensure_ascii=False, indent=1))
