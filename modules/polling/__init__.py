"""Polling places of a vote on paper: where people vote, who sits there, what is packed.

For everybody who asks „къде гласувам?“, for the municipality that prepares the sections. It
promises that an address that somebody looks up is kept nowhere. It refuses to know who voted, or
how.
"""
