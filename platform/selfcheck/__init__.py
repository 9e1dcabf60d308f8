"""How whole the site of a municipality is: 0 to 100, with what to mend.

When not to use it: for faults of the service, which the operations board tells at once.
"""
