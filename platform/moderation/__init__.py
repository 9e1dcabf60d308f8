"""Moderation of what people say in public: hidden with a reason, appealed once, another decides.

When not to use it: for what staff write, for drafts, for words that must disappear for good.
"""
