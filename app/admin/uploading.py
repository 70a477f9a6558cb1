"""Files that a form brings."""

from __future__ import annotations

from flask import request


def uploaded(name: str) -> str:
    """The text of the file in this field, empty where there is none; what is no UTF-8 shows as such."""
    file = request.files.get(name)
    if file is None or not file.filename:
        return ""
    return file.read().decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
