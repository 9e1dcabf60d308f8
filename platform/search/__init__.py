"""What is published anywhere, kept where the region can read it."""
