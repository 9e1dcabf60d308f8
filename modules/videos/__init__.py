"""Recordings of meetings and video presentations, for who could not be there or cannot read long.

They promise a text version of each video, that can be searched and leads into the player, captions,
and that a point of an agenda leads to its minute. They refuse a foreign player, a video that
browsers do not play, and to keep a recording longer than the municipality's own term.
"""
