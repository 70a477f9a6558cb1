"""Until when something is to be done about a report, in working time, and what happens when that has passed."""
