"""One search over all lists of the queue: what was typed is a number, a person, a name, a phone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from obshto.modules.eservices.services.case_queries import is_entry_number
from obshto.modules.eservices.services.catalogue import named
from obshto.modules.eservices.services.codes import applicant_index
from obshto.modules.eservices.services.search_words import index_words, words_of
from obshto.platform.errors import InvalidValue
from obshto.platform.identifiers import checked_egn, checked_eik, checked_lnch, checked_phone
from obshto.platform.unit_of_work import UnitOfWork

SEQUENCE = 8  # digits of the part of an entry number after the year, at most
MOST_WORDS = 6


def wanted_by(uow: UnitOfWork, text: str, *, today: date) -> Mapping[str, str]:
    """What the words of a clerk mean, as it may stand in an address: no name, no person's number.

    Empty where they are nothing that is looked for.
    """
    text = " ".join(text.split()).removeprefix("№").strip()
    if is_entry_number(text):
        return {"number": text}
    bare = text.replace(" ", "").replace("-", "")
    if bare.isascii() and bare.removeprefix("+").isdigit():
        return _number(bare, today)
    words = words_of(text)[:MOST_WORDS]
    if not words:
        return {}
    keys = ".".join(service.key for service in named(uow, text))
    found = {"words": ".".join(index_words(words)), "services": keys}
    return {name: value for name, value in found.items() if value}


def _number(digits: str, today: date) -> Mapping[str, str]:
    """Of a person or a company only if it is one: the check digits say so."""
    for check in (checked_egn, checked_lnch, checked_eik):
        try:
            return {"person": applicant_index(check(digits, today=today)).hex()}
        except InvalidValue:
            continue
    try:
        return {"words": ".".join(index_words([checked_phone(digits)]))}
    except InvalidValue:
        pass
    is_sequence = digits.isdigit() and len(digits) <= SEQUENCE and int(digits) > 0
    return {"number": digits} if is_sequence else {}
