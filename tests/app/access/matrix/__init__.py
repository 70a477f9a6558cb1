"""Every route, for every role, at every partner: who may use it on whose rows, in tables that can be read."""
