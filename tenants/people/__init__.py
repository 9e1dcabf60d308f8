"""People of the region: who is signed in, who holds which role in a municipality."""
