"""`make run`: one process that owns the database, the web server and the worker, and leaves none behind."""
