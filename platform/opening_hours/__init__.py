"""Opening hours: a week, public holidays, exceptions; read as a clerk types them, told at a moment.

When not to use it: for the time of one event, which has its own beginning and end.
"""
