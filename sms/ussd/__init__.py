"""USSD: what a telephone's menu holds, how its pages turn, what providers say of a session. Knows no product."""
