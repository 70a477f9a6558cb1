"""The month's figures: counted, closed, and published without what would point at a few people."""
