"""Local referendum: the law walks beside whoever organises it, from the question to the date.

For whoever proposes, for committees, council and everybody. It promises that each date, number and
refusal says why, by article. It refuses to hold a vote or to take a signature by a click: people
sign and vote on paper.
"""
