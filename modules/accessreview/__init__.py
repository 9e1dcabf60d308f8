"""Review of access: what each role reaches, who uses which role, the mayor's review of each year.

It promises that the municipality can show who can see what, and that somebody answers for it once a
year: Regulation (EU) 2016/679, art. 32(1)(d) and 5(2). It has no switch. It gives no role and takes
none by itself: the mayor takes one, by the same act as on the page of people.
"""
