"""Working beside others: who else is at a report, and what one has begun to write about it."""
