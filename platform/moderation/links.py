"""Links in what people say in public: those to other sites wait for a moderator.

An address counts with `https://` or `www.`, bare with a path, or bare under an ending that sites
have and sentences do not: a full stop without a space after it joins two words, too. Labels and
their number are bounded, as those of names are (RFC 1035), so that a long text costs its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from obshto.platform.unit_of_work import UnitOfWork

_ENDINGS = (
    *("com", "net", "org", "info", "biz", "online", "shop", "site", "store", "xyz", "club"),
    *("casino", "bet", "app", "click", "co", "io", "tv", "cc", "bg", "бг", "eu", "ro", "ru"),
    *("su", "rs", "gr", "mk", "tr", "ua", "рф"),
)
_FILES = ("pdf", "docx?", "xlsx?", "odt", "jpe?g", "png")
_link = re.compile(
    rf"""
    https?://(?P<named>[^\s/?\#]+)
    | (?<![\w@])(?<!\w[.-])(?P<bare>
        www\.[^\s/?\#]+
        | (?:[^\W_][\w-]{{0,62}}\.){{1,8}} (?:
            (?:{"|".join(_ENDINGS)})(?![\w@-])
            | (?!(?:{"|".join(_FILES)})/)[a-z]{{2,}}(?=(?::\d+)?/\S)
        ) (?::\d+)?
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)


def is_suspicious(uow: UnitOfWork, words: str) -> bool:
    """It leads to other sites: spam and fraud do."""
    own = uow.scope.address.partition("://")[2] if uow.within else ""
    return any(host != own for host in hosts_in(words))


def hosts_in(words: str) -> Iterator[str]:
    """The sites that a text leads to, in their order, with their ports."""
    for found in _link.finditer(words):
        host: str = found["named"] or found["bare"]
        yield host.rstrip(".,;:!?)»“\"'").casefold()
