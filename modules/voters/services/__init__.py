"""Services of voters."""
