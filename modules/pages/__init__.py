"""Pages of a municipality: what it is asked for every day, kept in order, with documents.

It promises that every page has a type and a place, shows from its hour and until its hour, can be
taken back to any earlier text, and that what readers find unclear reaches its editor. It refuses
to be a newspaper: what is new belongs to news.
"""
