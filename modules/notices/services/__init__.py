"""What can be done with notices."""
