"""Reading the tables: one line for each way in, and what is met there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """`thing` names the row that the address leads to; `met` is what each column of the table meets."""

    method: str
    endpoint: str
    thing: str
    met: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint} ({self.thing})"


def read(table: str) -> tuple[Line, ...]:
    """The lines of a table whose first line names its columns."""
    head, *lines = (line for line in table.splitlines() if line.strip())
    columns = head.partition("|")[2].split()
    return tuple(_line(line, columns) for line in lines)


def read_for(columns: tuple[str, ...], table: str) -> tuple[Line, ...]:
    """The lines of a table without a head, in which all these columns meet the same."""
    lines = (line for line in table.splitlines() if line.strip())
    return tuple(_line(f"{line} {' '.join([line.split()[-1]] * (len(columns) - 1))}", columns) for line in lines)


def _line(text: str, columns: tuple[str, ...] | list[str]) -> Line:
    head, _bar, met = text.partition("|")
    method, endpoint, thing = head.split(maxsplit=2)
    return Line(method, endpoint, thing.strip(), dict(zip(columns, met.split(), strict=True)))
