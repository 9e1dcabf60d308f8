"""Count of a vote on paper: turnout by hour, protocols of sections, the result and what follows.

For everybody who follows the day and the night, for the municipality that enters what the sections
hand over. It promises that two people read each protocol, and that each number says why. It
refuses to know who voted, or how: people vote on paper, and the election commission announces.
"""
