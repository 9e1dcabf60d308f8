"""Mandates: an assistant acts on the portal in a person's place, for some acts, until a day.

For people who cannot or will not use the portal themselves and trust somebody of the municipality
to. It promises that a mandate is read aloud and signed on paper before two witnesses, that it can
be withdrawn at any moment by a call or by a code, and that each act under it can be seen. It
refuses to let the assistant enter the signature of their own mandate, to ask for a password, and to
lend what only the person may do: a vote, an opinion, a request about their own data.
"""
