"""What editors write: Markdown that becomes safe pages, hints for plain words.

When not to use it: for a line of text without structure, which is escaped by the template.
"""
