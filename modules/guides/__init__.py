"""Guides for citizens: step by step how something is done, why it is safe, where to try it first.

It promises that a guide can be read without an account, printed, and answered with a yes or a no
that names nobody; and that a campaign counts leaflets and finished readings, never people. It
refuses to know who read what: whether somebody learned to use a service is theirs to tell.
"""
