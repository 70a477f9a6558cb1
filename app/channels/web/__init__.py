"""The way in by web page, and the page on which a report is tracked; no script, and no cookie needed."""
