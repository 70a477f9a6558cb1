"""Recorded forms of the providers' webhooks."""

from __future__ import annotations

import json
from pathlib import Path

_WIRE = Path(__file__).parents[1] / "wire"


def recorded(provider: str, name: str) -> dict[str, str]:
    """One recorded form, as its fields."""
    return json.loads((_WIRE / provider / f"{name}.json").read_text("utf-8"))


def all_recorded(provider: str, kind: str) -> list[dict[str, str]]:
    """Every recorded form whose name begins with `kind`."""
    return [recorded(provider, path.stem) for path in sorted((_WIRE / provider).glob(f"{kind}*.json"))]
