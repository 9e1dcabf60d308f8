"""Posts of a municipality: said once, heard on each of its channels.

For editors: what is published in the portal, or a short post of its own, goes out as feeds, to the
regional profile and to social networks; a correction and a withdrawal follow. For readers: those
feeds, and what the municipality says on networks, without being watched by them. It promises that
each channel says what became of a post. It refuses to hide a post that a network did not take.
"""
