"""Who may do what: accounts, sign-in, gates."""
