"""What we say to citizens, corrected and signed off by those who speak their languages, and checked before."""
