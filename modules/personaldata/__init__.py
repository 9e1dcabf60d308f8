"""Personal data: a person sees who of the staff opened their data, asks why, uses their rights.

It promises an answer in a month, by a number that can be followed with an account, without one, or
on paper. It has no switch: the rights are those of Regulation (EU) 2016/679. It never tells one
person of another, and never which official it was beyond the office.
"""
