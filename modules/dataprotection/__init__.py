"""Data protection: the officer's register of processing, the policy, unusual looks, incidents.

It promises that the municipality can show what it does with data of people, who approved that, and
that a breach is told within 72 hours. It has no switch: the duties are those of Regulation (EU)
2016/679. It watches data, never citizens; what it counts of staff the officer alone sees.
"""
