"""`python -m app.supervisor`"""

from __future__ import annotations

import sys

from app.supervisor.run import main

if __name__ == "__main__":
    sys.exit(main())
