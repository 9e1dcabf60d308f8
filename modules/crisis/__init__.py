"""Warnings in a disaster: one text reaches every village, channel, wall and telephone.

For the official who is alone with a phone at two in the morning, and for whoever must know at once,
with or without the internet. It promises that nothing leaves on one person's word by day, that an
update replaces the text before it, that who was told of the danger is told of its end. It refuses
to frighten: a rehearsal reaches only those who agreed and no public page shows it.
"""
