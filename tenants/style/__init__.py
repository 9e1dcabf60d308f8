"""Style page: every piece that pages are built of, in every state, for who develops the platform.

It is there in development only. Light and dark, forced colours and the size of the text are the
reader's own; `tests/browser/test_style.py` looks at it in all of them.
"""
