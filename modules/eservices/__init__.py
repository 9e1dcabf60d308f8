"""Services of a municipality: from „what do I need?“ to a document that anybody can check.

For citizens on a phone and for those who come to the counter; for clerks with terms of law. It
promises that what is sent is sent once, under a number without gaps, that every date says why, that
the person sees who looked at their case. It refuses to decide: a person of the municipality does.
"""
