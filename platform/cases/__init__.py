"""Cases: what somebody sent, under a number, until a clerk has decided it.

Columns are mixins, so each module keeps its own tables and keys. When not to use it: for what has
no owner and no term (an opinion, a rating); there `entry.py` and `channels.py` are enough.
"""
