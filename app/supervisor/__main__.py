"""`python -m app.supervisor`"""

from __future__ import annotations

import sys

from app.settings import Settings
from app.supervisor.run import Report, main


def prepare(settings: Settings) -> Report:
    """Imported only now: loading the whole application takes a while, and signals are handled already."""
    from app.setup import prepare_instance

    return prepare_instance(settings)


if __name__ == "__main__":
    sys.exit(main(prepare))
