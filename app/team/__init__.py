"""The people of a partner or desk: inviting them, what each may do, who stands in for whom."""
