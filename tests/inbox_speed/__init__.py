"""How quick the inbox is with a million reports at one partner: `python -m tests.inbox_speed FOLDER`.

The folder keeps the database, so a second run measures at once. Of each page it tells the work on a processor,
which other work on the machine does not lengthen, and the time by the clock. `--plans MS` prints how PostgreSQL
goes about what takes longer.
"""
