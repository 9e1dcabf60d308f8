"""What can be done with taxes and fees."""
