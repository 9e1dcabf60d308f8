"""Questions of citizens about a public thing: kept once, answered for everybody to read.

The tables are those of the modules: each says whether a question is shown at once or let in first.
"""
