"""Search index of the queue: blind indexes of the words of a name, and of a phone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress

from sqlalchemy import select

from obshto.modules.eservices.models import Case
from obshto.platform.errors import InvalidValue
from obshto.platform.identifiers import checked_phone
from obshto.platform.keys.encryption import blind_index
from obshto.platform.unit_of_work import UnitOfWork

COLUMN = "eservices_case.search_words"
AT_ONCE = 500  # cases that the job reads in one transaction
_word = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words of a name in their one spelling, without what joins or surrounds them."""
    return [word.casefold() for word in _word.findall(text) if len(word) > 1]


def index_words(words: list[str]) -> list[str]:
    """What is kept of them; the municipality's key alone can make the same again."""
    return sorted({blind_index(COLUMN, word).hex() for word in words})


def search_words(applicant: str, answers: Mapping[str, str]) -> list[str]:
    """Of a case: the words of who applies, and the phone."""
    words = words_of(applicant)
    with suppress(InvalidValue):  # no phone was given
        words.append(checked_phone(answers.get("phone", "")))
    return index_words(words)


def index_old_cases(uow: UnitOfWork) -> None:
    """Job: cases from before the search by name get their words."""
    wanted = select(Case).where(Case.search_words.is_(None), Case.is_emptied.is_(False))
    for case in uow.session.scalars(wanted.order_by(Case.id).limit(AT_ONCE)):
        case.search_words = search_words(case.applicant, case.read())
