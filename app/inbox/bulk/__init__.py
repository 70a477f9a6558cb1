"""One act on many reports: chosen once, done in chunks by the worker, told later, and undone if need be."""
