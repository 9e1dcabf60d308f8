"""What can be done with posts, channels and sources."""
