"""How quick the inbox is with a million reports at one partner: `python -m tests.inbox_speed FOLDER`.

The folder keeps the database, so a second run measures at once. `--plans MS` prints how PostgreSQL goes about what
takes longer.
"""
