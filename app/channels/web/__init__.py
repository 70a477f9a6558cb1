"""The way in by web page, and the page on which a report is tracked; no script, and no cookie needed.

Where script runs, reports can be written without network too (docs/decisions/0009)."""
