"""What can be done with pages."""
