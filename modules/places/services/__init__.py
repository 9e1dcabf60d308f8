"""What can be done with places."""
