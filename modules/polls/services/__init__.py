"""What can be done with polls."""
