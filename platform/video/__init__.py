"""Video rooms behind a port: who may join, who may speak, who must leave; the media is a server's.

When not to use it: for a link to somebody else's service, which is an address and no room.
"""
