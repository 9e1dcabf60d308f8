"""Data use: which part says what becomes of the data that the page at hand asks for.

It is the part whose page it is, unless its view says that another one keeps them.
"""

from __future__ import annotations

from flask import g

_KEEPER = "data_keeper"


def data_kept_by(slug: str) -> None:
    """What the form of this page asks for is kept by that part, under its declaration."""
    setattr(g, _KEEPER, slug)


def keeper_of_data() -> str:
    """The part that was named; "" where it is the page's own."""
    slug: str = g.get(_KEEPER, "")
    return slug
