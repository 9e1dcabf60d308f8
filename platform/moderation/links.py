"""Links in what people say in public: those to other sites wait for a moderator."""

from __future__ import annotations

import re

from obshto.platform.unit_of_work import UnitOfWork

_link = re.compile(r"(?:https?://|www\.)\S", re.IGNORECASE)


def is_suspicious(uow: UnitOfWork, words: str) -> bool:
    """It leads to other sites: spam and fraud do."""
    own = uow.scope.address.partition("://")[2] if uow.scope else ""
    foreign = re.sub(re.escape(own), "", words) if own else words
    foreign = re.sub(r"https?://(?=[/\s]|$)", "", foreign)
    return bool(_link.search(foreign))
