"""Each way in can be loaded by itself, as its process does: nothing rests on what was imported before."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.house.sources import ROOT


@pytest.mark.parametrize("entry", ["app.factory", "app.worker", "app.setup", "app.upkeep"])
def test_it_loads_in_a_process_of_its_own(entry: str):
    loaded = subprocess.run(
        [sys.executable, "-c", f"import {entry}"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert loaded.returncode == 0, loaded.stderr
