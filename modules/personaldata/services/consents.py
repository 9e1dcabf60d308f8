"""Consents of a person over all components, each withdrawn by one press with a receipt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid5

from flask_babel import gettext

from obshto.modules.personaldata.errors import NoSuchConsent
from obshto.modules.personaldata.models import DataRequest
from obshto.modules.personaldata.services.states import ANSWERED, note
from obshto.modules.personaldata.services.submission import RequestWords, send_request
from obshto.platform.modularity.manifest import Consents, GivenConsent
from obshto.platform.modularity.registry import current_registry
from obshto.platform.purposes.look_words import section_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedConsent:
    """One consent with what its component says of it.

    `request_id` is of the form that withdraws it: the same consent pressed twice is one receipt.
    """

    part: str
    section: str
    source: Consents
    given: GivenConsent
    request_id: UUID


def consents_of(uow: UnitOfWork, person_id: UUID) -> list[ListedConsent]:
    """What somebody with an account has agreed to, component by component. One query for each."""
    return [
        _listed(slug, source, given)
        for slug, source in _sources()
        for given in source.given_by(uow, person_id)
    ]


def withdraw_consent(
    uow: UnitOfWork, part: str, consent_id: UUID, *, request_id: UUID, name: str
) -> DataRequest:
    """It ends at once; the case is the receipt. Twice finds it again. Raises NoSuchConsent."""
    me = uow.principal.person_id
    assert me
    if first := _receipt(uow, request_id, me):
        return first
    every = consents_of(uow, me)
    found = next((one for one in every if (one.part, one.given.id) == (part, consent_id)), None)
    if found is None or found.request_id != request_id:
        raise NoSuchConsent
    words = receipt_words(found)
    told = RequestWords(kind="consent", words=words, name=name, about_id=consent_id)
    row = send_request(uow, told, request_id=request_id)
    found.source.withdraw(uow, me, consent_id)
    row.state, row.ended_at, row.open_key = ANSWERED, uow.now, None
    row.answer = gettext("Съгласието е оттеглено. %(follows)s", follows=found.source.withdrawn)
    note(uow, row, "consent", by_staff=False)
    return row


def receipt_words(one: ListedConsent) -> str:
    """What was agreed, when, to whom, in which words."""
    return "\n".join(
        (
            one.given.title,
            gettext("Дадено на %(day)s", day=day(one.given.given_at)),
            gettext("На кого: %(whom)s", whom=one.source.to_whom),
            gettext("Текстът: „%(wording)s“", wording=one.source.wording),
        )
    )


def _sources() -> Iterator[tuple[str, Consents]]:
    """Of every component, whether it is switched on or not: a consent outlives a switch."""
    for slug, part in current_registry().parts.items():
        if isinstance(part.consents, Consents):
            yield slug, part.consents


def _listed(slug: str, source: Consents, given: GivenConsent) -> ListedConsent:
    key = uuid5(given.id, f"{slug}/{given.given_at.isoformat()}")
    section = section_of(slug)
    return ListedConsent(part=slug, section=section, source=source, given=given, request_id=key)


def _receipt(uow: UnitOfWork, key: UUID, person_id: UUID) -> DataRequest | None:
    found = uow.session.query(DataRequest).filter_by(request_id=key, person_id=person_id)
    return found.one_or_none()
