"""What staff fill in about posts, channels and sources."""
