"""Forum: people of a village discuss a subject, the municipality answers in the same place.

For anybody, with or without an account, by phone and at the counter too. It promises that official
answers stand at the top, that nothing is hidden without a reason and an appeal, and that what
nobody has heard yet comes first. It refuses likes, ranking by
anger, and showing who somebody is unasked.
"""
