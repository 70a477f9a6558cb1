"""A small directory written to a folder, valid until a test changes a line of it."""

from __future__ import annotations

from pathlib import Path

from app.directory.catalogue import Directory
from app.directory.reading import read_directory

FILES = {
    "areas.toml": """[KE]
KE-01 = "Baringo"
KE-06 = { name = "Embu", spoken = ["Embu County"] }
""",
    "international.toml": """[[partners]]
slug = "ibp"
name = "International Budget Partnership"
acronym = "IBP"
kind = "reviewer"
""",
    "ke.toml": """code = "KE"
name = "Kenya"
dialling_code = "+254"
currency = "KES"
languages = ["en", "sw"]
timezone = "Africa/Nairobi"
desk = "ke-desk"

[[partners]]
slug = "ke-desk"
name = "Kenya desk"
acronym = "KE desk"
kind = "desk"

[[partners]]
slug = "cedc"
name = "Community Centre"
acronym = "CEDC"

[[entry_points]]
slug = "ke-health"
sector = "health"
name = "Primary health care"
issue = "Better primary health care"
focus = "Dispensaries"
cofog = ["07.2.1", "07"]
problems = [
  { slug = "ke-health/no-drugs", name = "No drugs", gap_kind = "absent" },
  { slug = "ke-health/abuse", name = "Abuse", gap_kind = "other", sensitive = true },
]

[[entry_points.serving]]
partner = "cedc"
role = "movement"
lead = true
areas = ["KE-01"]
valid_from = 2026-01-01
valid_to = 2026-12-31

[[entry_points.programmes]]
name = "Social Health Authority"
aliases = ["SHA", "NHIF"]
cofog = ["07.2.1"]
valid_from = 2024-10-01
confirmed = true

[entry_points.actors]
spends = ["County Executive"]

[[entry_points.answers]]
name = "Asked the county"
[entry_points.answers.texts]
en = "We have asked the county."
sw = "Tumeuliza kaunti."

[entry_points.words.en]
decisive = ["hospital"]
any = ["medicine"]
no-drugs = ["no drugs"]

[entry_points.hints.sw]
no-drugs = ["zimeisha"]

[entry_points.beyond.en]
any = ["surgery"]

[elsewhere.education.en]
any = ["bursary"]

[names.sw]
"ke-health/no-drugs" = "Hakuna dawa"
"ke-health/abuse" = "Ukatili"
""",
}


def write_folder(folder: Path, **changed: tuple[str, str]) -> Path:
    """Write the files; each change replaces one text of a file (named without its ending) by another."""
    for name, text in FILES.items():
        old, new = changed.get(name.removesuffix(".toml"), ("", ""))
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
    return folder


def read_folder(folder: Path, **changed: tuple[str, str]) -> Directory:
    return read_directory(write_folder(folder, **changed))
