"""Trial of a design: filled in as a citizen, seen as a clerk; no case, no number, no letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from sqlalchemy import delete, select

from obshto.modules.eservices.errors import DesignChanged, NoSuchApplication
from obshto.modules.eservices.models import Case, DesignedService, DesignedVersion, Draft, Offer
from obshto.modules.eservices.models.designed import TRIAL
from obshto.modules.eservices.services import letters
from obshto.modules.eservices.services.answers import to_bring
from obshto.modules.eservices.services.case_queries import term_of
from obshto.modules.eservices.services.decisions import Text, document_text, refusal_text
from obshto.modules.eservices.services.design.compiler import compiled_text
from obshto.modules.eservices.services.design.designs import read_design
from obshto.modules.eservices.services.destinations import names_of
from obshto.modules.eservices.services.drafts import new_draft
from obshto.modules.eservices.services.offers import offer_of
from obshto.modules.eservices.services.official_names import official_title
from obshto.modules.eservices.services.own_services import definition_behind, definition_in
from obshto.modules.eservices.services.paper import filled_form
from obshto.modules.eservices.services.published_acts import shown_of
from obshto.modules.eservices.services.submission import case_on_trial
from obshto.platform.db.base import new_id
from obshto.platform.documents.sheets import DocumentSheet, Piece, typeset
from obshto.platform.entity import expect_version
from obshto.platform.legal.terms import Term
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

REASONS = "Причините, които служителят ще напише."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What would follow if it were sent now."""

    term: Term
    fee_cents: int | None
    form: Sequence[Sequence[Piece]]
    document: Text
    refusal: Text
    letters: Sequence[tuple[str, str]]
    bring: Sequence[str]
    goes_to: str  # the name of the office or role; empty: all who work on the service
    public: Sequence[str]  # what the open register would show of it


def start_trial(uow: UnitOfWork, row: DesignedService, *, expected_version: int) -> Draft:
    """An empty draft of the design as it stands, in place of this designer's last.

    Raises DesignChanged.
    """
    expect_version(row, expected_version, DesignChanged)
    text = compiled_text(read_design(row), row.key, TRIAL)
    kept = select(DesignedVersion).where(
        DesignedVersion.service == row.key, DesignedVersion.number == TRIAL
    )
    version = uow.session.scalar(kept) or DesignedVersion(
        id=new_id(), service=row.key, number=TRIAL, note=""
    )
    version.definition, version.published_at = text, uow.now
    version.published_by_id, version.published_by = uow.principal.person_id, uow.principal.name
    uow.session.add(version)
    uow.session.execute(delete(Draft).where(Draft.request_id == _id(uow, row)))
    draft = new_draft(uow, definition_in(text), request_id=_id(uow, row))
    uow.session.add(draft)
    uow.session.flush()
    return draft


def trial_draft(uow: UnitOfWork, row: DesignedService, *, to_change: bool = False) -> Draft:
    """The draft in which this designer tries it. Raises NoSuchApplication."""
    wanted = select(Draft).where(Draft.request_id == _id(uow, row))
    draft = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if draft is None:
        raise NoSuchApplication
    return draft


def rehearse(
    uow: UnitOfWork, row: DesignedService, draft: Draft, official: Mapping[str, str]
) -> Rehearsal:
    """Send it inside a savepoint that is rolled back: all is seen, nothing is kept."""
    with uow.savepoint() as transaction:
        if offer_of(uow, row.key) is None:
            uow.session.add(_offer(row))
        case = case_on_trial(uow, draft)
        seen = _seen(uow, case, official)
        transaction.rollback()
    return seen


def printed(uow: UnitOfWork, text: Text) -> bytes:
    """The document as it will print, with „ПРОБЕН“ across it. Raises CannotBePrinted."""
    sheet = DocumentSheet(
        title=text.title,
        municipality=official_title(uow),
        lines=text.lines,
        foot=["Изх. № ПРОБА", "Код за проверка: няма, документът е пробен"],
        check_url=f"{uow.scope.address}/eservices/verify",
        is_trial=True,
    )
    return typeset(sheet, at=uow.now)


def _seen(uow: UnitOfWork, case: Case, official: Mapping[str, str]) -> Rehearsal:
    fact = {"subject_id": str(case.id), "number": case.number, "service": case.service}
    told = (letters.acknowledged, letters.decided, letters.refused)
    definition = definition_behind(case)
    return Rehearsal(
        term=term_of(case),
        fee_cents=case.fee_cents,
        form=filled_form(uow, case),
        document=document_text(uow, case, official),
        refusal=refusal_text(uow, case, REASONS),
        letters=[letter(uow, fact) for letter in told],
        bring=to_bring(definition, case.read(), SOURCE),
        goes_to=names_of(uow, [case.goes_to]).get(case.goes_to, ""),
        public=[f"{label}: {said}" for label, said in shown_of(definition, case, official)],
    )


def _offer(row: DesignedService) -> Offer:
    told = {"fee_cents": None, "official": "", "keep_years": None}
    told |= read_design(row).get("offer", {})
    return Offer(id=new_id(), service=row.key, is_online=True, **told)


def _id(uow: UnitOfWork, row: DesignedService) -> UUID:
    return uuid5(row.id, f"trial/{uow.principal.person_id}")
