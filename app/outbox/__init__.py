"""Messages to citizens: what they may say, how they are queued, delivered and receipted."""
