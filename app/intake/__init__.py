"""The one way in: whatever the channel, a citizen's words are stored once and filed with their partner."""
