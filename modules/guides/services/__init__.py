"""What can be done with guides and campaigns."""
