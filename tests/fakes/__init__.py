"""Stand-ins for the services outside: real servers on the loopback, not patches."""
