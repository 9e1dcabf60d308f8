"""Reports of problems: a broken lamp is told by phone or portal, and „fixed“ means proven.

For anybody, with or without an account. It promises that a report gets a number, an official and a
term, and that „fixed“ has a photograph and can be disputed. It refuses to publish who told, and a
violation that nobody has verified.
"""
