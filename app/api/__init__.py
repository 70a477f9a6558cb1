"""The JSON API: what a partner's own programs may read and do, with tokens that a lead makes."""
