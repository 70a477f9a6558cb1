"""How public money reaches a service, and when it is next decided about: data and pure functions."""
