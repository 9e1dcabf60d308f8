"""What a municipality has switched on."""
