"""One file per provider: its wire formats, its words for what happened as tables, and how to send through it."""
