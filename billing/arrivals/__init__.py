"""What providers let us know, and what follows from it."""
