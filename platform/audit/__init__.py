"""The activity log of a municipality: who did what, in a chain that shows tampering."""
