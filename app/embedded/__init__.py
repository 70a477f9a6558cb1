"""The embedded PostgreSQL: a server of our own under INSTANCE/database, for when DATABASE_URL is not set."""

from app.embedded.cluster import DatabaseFailed
from app.embedded.server import EmbeddedServer
from app.embedded.sharing import find_running, lend, resolve_url, start

__all__ = ["DatabaseFailed", "EmbeddedServer", "find_running", "lend", "resolve_url", "start"]
