"""Fixtures that all tests share, one file a subject; `tests/conftest.py` registers them."""
