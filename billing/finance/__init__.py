"""The pages of the finance office."""
