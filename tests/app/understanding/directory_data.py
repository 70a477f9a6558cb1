"""The directory as it is shipped, read once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import app.directory
from app.directory.catalogue import Directory
from app.directory.reading import read_directory

FOLDER = Path(app.directory.__file__).parent / "data"


@cache
def shipped_directory() -> Directory:
    return read_directory(FOLDER)
