"""The commands of operators: JSON alone on standard output, everything else on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import wraps
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from app.channels.listing import describe_channels
from app.directory_commands import directory
from app.languages_command import languages
from app.outbox.report_json import describe_report, list_reports, show_report
from app.reports.reference import WrongReference, read_reference
from app.understand_command import understand_command
from app.viewer import COMMAND, acting_as

channels = AppGroup("channels", help="The numbers and codes that people write or dial.")
reports = AppGroup("reports", help="What people reported.")


def register(app: Flask) -> None:
    """Give the application its commands."""
    for group in (channels, reports, directory, languages):
        app.cli.add_command(group)
    app.cli.add_command(understand_command)


def as_command(run: Callable[..., None]) -> Callable[..., None]:
    """Run on behalf of the viewer `command`, which sees reports but never a contact."""

    @wraps(run)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        with acting_as(COMMAND):
            run(*args, **kwargs)

    return wrapped


@channels.command("list")
@as_command
def channels_list() -> None:
    """Print every channel with its addresses and secret, as a JSON array."""
    _print_array(describe_channels(current_app.extensions["settings"].public_url))


@reports.command("list")
@click.option("--since", type=click.DateTime(), help="Only those created at or after this time (UTC).")
@click.option("--limit", type=click.IntRange(min=1), help="Only so many, the newest.")
@as_command
def reports_list(since: datetime | None, limit: int | None) -> None:
    """Print the reports, newest first, as a JSON array."""
    _print_array(map(describe_report, list_reports(since, limit)))


@reports.command("show")
@click.argument("reference")
@as_command
def reports_show(reference: str) -> None:
    """Print one report with its messages and its timeline, as a JSON object; never a contact."""
    try:
        read = read_reference(reference)
    except WrongReference:
        raise click.ClickException("the check character of this reference is wrong") from None
    found = show_report(str(read)) if read else None
    if found is None:
        raise click.ClickException(f"there is no report {reference}")
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))


def _print_array(rows: Iterable[dict[str, Any]]) -> None:
    """Print as the rows come, so that a long list needs no memory."""
    sys.stdout.write("[")
    for number, row in enumerate(rows):
        sys.stdout.write((",\n " if number else "\n ") + json.dumps(row, ensure_ascii=False))
    sys.stdout.write("\n]\n")
    sys.stdout.flush()
