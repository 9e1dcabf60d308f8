"""Promises of the municipality: kept, late, dropped with a reason; what followed from what.

For citizens who want to see whether a word was kept, for the mayor who has to keep it. It promises
that nothing promised goes away: a day that passed is red until somebody says what became of it, a
moved day shows the first one beside it. It refuses to delete a promise.
"""
