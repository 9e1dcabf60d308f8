"""Advisory votes by phone for residents who are on the roll: secret, counted, provable by anybody.

It promises that each ballot is counted once and that everybody can check it with a program that is
not ours (Belenios). It refuses to hold a voter's code, a trustee's key or a clear choice, and to be
called a referendum.
"""
