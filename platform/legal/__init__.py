"""Terms of law: one function for every day by which something is due, and why on that day.

A rule has an id, an article and a length. Who may ask, and which rule it is, the module says.

When not to use it: for hours of opening and for instants; a term of law ends with a day.
"""
