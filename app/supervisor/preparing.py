"""Bring schema, directory and demo data up to date, in a process of its own.

It loads the whole application, which the supervisor then need not hold in memory for as long as it runs.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence

from app.settings import BadSettings, load_settings
from app.supervisor.children import PROJECT
from app.supervisor.tether import tethered


class SetUpFailed(RuntimeError):
    """Schema, directory or demo data could not be brought up to date; standard error says why."""


def prepare(environment: Mapping[str, str]) -> Sequence[str]:
    """Prepare what this environment names; returns lines to show to the person who started us."""
    done = subprocess.run(  # noqa: S603 our own module
        tethered([sys.executable, "-m", __name__]),
        env=dict(environment),
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
        check=False,
    )
    if done.returncode:
        raise SetUpFailed("Gapline could not prepare its database: see above")
    lines: list[str] = json.loads(done.stdout)
    return lines


def main() -> None:
    from app.setup import prepare_instance  # the whole application: not for the supervisor, which imports this file

    try:
        lines = prepare_instance(load_settings())
    except BadSettings as refusal:
        sys.exit(f"gapline: {refusal}")
    json.dump(list(lines), sys.stdout)


if __name__ == "__main__":
    main()
