"""Looks at a case and at the keeper of a dog: recorded each time, shown to the person."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext
from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy import case as case_of
from sqlalchemy.orm import load_only

from obshto.modules.eservices.events import ApplicationLookedAt
from obshto.modules.eservices.models import Case, Dog, Draft, Look
from obshto.modules.eservices.services.states import record_of
from obshto.platform.modularity.manifest import DataKind, LookedAt
from obshto.platform.privacy.errors import DataRestricted
from obshto.platform.privacy.restrictions import restriction_refusal
from obshto.platform.purposes import services as purposes
from obshto.platform.purposes.break_glass import BREAK_GLASS
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

PART = "eservices"
WORKING, ENTERED, SIGNS, CONTROL = "working", "entered", "signs", "control"
APPROVES, CALLS = "approves", "calls"
PURPOSES: Mapping[str, LazyString] = {
    WORKING: lazy_gettext("Работи по заявлението"),
    ENTERED: lazy_gettext("Въведе заявлението вместо заявителя"),
    SIGNS: lazy_gettext("Подписва решението втори"),
    APPROVES: lazy_gettext("Одобрява решението"),
    CALLS: lazy_gettext("Обажда се, както човекът поиска"),
    "substitute": lazy_gettext("Замества колега"),
    "question": lazy_gettext("Отговаря на въпрос на заявителя"),
    CONTROL: lazy_gettext("Контрол по служба"),
    **BREAK_GLASS,
}
# What is asked for: the others follow from what somebody does.
_FOLLOW = (WORKING, ENTERED, SIGNS, APPROVES, CALLS)
CHOSEN = tuple(purpose for purpose in PURPOSES if purpose not in _FOLLOW)
REACH = (DataKind.NAME, DataKind.CONTACT)
KINDS = (DataKind.NAME, DataKind.CONTACT, DataKind.NUMBER, DataKind.ANSWERS, DataKind.FILES)
GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „в“ и „д“; АПК, чл. 36"


def is_looking(uow: UnitOfWork, case: Case) -> bool:
    """Whether this member of staff said a purpose in this sitting."""
    return purposes.is_looking(uow, PART, case.id, kinds=KINDS)


def look(
    uow: UnitOfWork, case: Case, purpose: str, *, request_id: UUID | None = None, reason: str = ""
) -> None:
    """Write down that somebody looks, unless this sitting is written down already."""
    fact = record_of(case, ApplicationLookedAt)
    said = purposes.Purpose(
        word=purpose, kinds=KINDS, ground=GROUND, request_id=request_id, reason=reason, fact=fact
    )
    opened = _opened(case)
    subject = replace(opened.subject, name=case.applicant or "")
    purposes.look(uow, replace(opened, subject=subject), said)


def restricted(uow: UnitOfWork, case: Case) -> DataRestricted | None:
    """Why staff may not act upon it: the person's restriction, accepted after it was sent.

    So does that of who is represented.
    """
    refusal = restriction_refusal(uow, lambda: _opened(case).subject, since=case.sent_at)
    if refusal or case.represented_id is None:
        return refusal
    represented = Subject(person_id=case.represented_id)
    return restriction_refusal(uow, lambda: represented, since=case.sent_at)


def look_at_draft(uow: UnitOfWork, draft: Draft) -> None:
    """Who enters it for somebody looks by that alone, from the first answer on.

    The person reads of it under the number that it is sent under.
    """
    answers = draft.read()
    subject = Subject(
        person_id=draft.person_id, email=answers.get("email", ""), phone=answers.get("phone", "")
    )
    opened = purposes.Opened(part=PART, object_id=draft.id, subject=subject)
    purposes.look(uow, opened, purposes.Purpose(word=ENTERED, kinds=KINDS, ground=GROUND))


def look_to_call(uow: UnitOfWork, draft: Draft, *, phone: str) -> None:
    """Who calls somebody that asked for it opens name and phone by that."""
    subject = Subject(person_id=draft.person_id, phone=phone)
    opened = purposes.Opened(part=PART, object_id=draft.id, subject=subject)
    purposes.look(uow, opened, purposes.Purpose(word=CALLS, kinds=REACH, ground=GROUND))


def opened_to_call(uow: UnitOfWork, draft_ids: Collection[UUID]) -> frozenset[UUID]:
    """Of these drafts those whose phone was opened in this sitting. One query."""
    return purposes.looking_at(uow, PART, draft_ids, kinds=REACH)


def look_at_called_draft(uow: UnitOfWork, draft: Draft) -> None:
    """Who calls reads what is filled in, where the person let them."""
    subject = Subject(person_id=draft.person_id)
    opened = purposes.Opened(part=PART, object_id=draft.id, subject=subject)
    purposes.look(uow, opened, purposes.Purpose(word=CALLS, kinds=KINDS, ground=GROUND))


def opens(uow: UnitOfWork, case: Case) -> bool:
    """Whether what the person wrote is shown: the one who works on it looks by that alone."""
    if case.assignee_id == uow.principal.person_id:
        look(uow, case, WORKING)
        return True
    return is_looking(uow, case)


def own_name(uow: UnitOfWork) -> ColumnElement[str | None]:
    """For a query of cases: who sent it, of those alone that this member of staff works on.

    The names of the others do not leave the database. Who shows it says so by `look_at_own`.
    """
    return case_of((Case.assignee_id == uow.principal.person_id, Case.applicant))


def look_at_own(uow: UnitOfWork, cases: Sequence[Case]) -> None:
    """A list of the names of who sent one's own is a look, recorded once a sitting.

    Who sent the others is told when somebody takes them or says a purpose.
    """
    own = [case for case in cases if case.assignee_id == uow.principal.person_id]
    if own:
        fact = record_of(own[0], ApplicationLookedAt)
        said = purposes.Purpose(word=WORKING, kinds=(DataKind.NAME,), ground=GROUND, fact=fact)
        purposes.look_at_each(uow, [_opened(case) for case in own], said)


def looks_at(case_id: UUID) -> Select[RecordedLook]:
    """Who looked at it and what for, the newest first."""
    return looks_at_all((case_id,))


def looks_at_all(case_ids: Collection[UUID]) -> Select[RecordedLook]:
    """Who looked at these, the newest first."""
    former = _former().where(Look.case_id.in_(case_ids))
    return purposes.looks_at_objects(PART, case_ids, former)


def former_looks(person_id: UUID) -> Select[Any]:
    """Looks at the applications of an account that the job has not copied yet."""
    return _former().join(Case, Case.id == Look.case_id).where(Case.person_id == person_id)


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """Applications, also before they were sent, and dogs, as their people know them.

    Three queries.
    """
    drafts = uow.session.scalars(select(Draft.id).where(Draft.id.in_(ids)))
    told = {draft_id: LookedAt(gettext("Започнато заявление"), "") for draft_id in drafts}
    known = load_only(Case.request_id, Case.year, Case.sequence, Case.person_id)
    of_draft = Case.request_id.in_(ids)  # the draft that it was
    cases = select(Case).where(or_(Case.id.in_(ids), of_draft)).options(known)
    for case in uow.session.scalars(cases):
        path = f"/eservices/cases/{case.id}" if case.person_id else ""
        one = LookedAt(gettext("Заявление %(number)s", number=case.number), path)
        told |= {case.id: one, case.request_id: one}
    for dog_id, number in uow.session.execute(
        select(Dog.id, Dog.register_no).where(Dog.id.in_(ids))
    ):
        told[dog_id] = LookedAt(gettext("Куче %(number)s", number=number), "/eservices/dogs")
    return told


def copy_looks(uow: UnitOfWork) -> None:
    """Job: looks of the module's own table go to where all looks are."""
    wanted = select(Look, Case).join(Case, Case.id == Look.case_id)
    wanted = wanted.where(purposes.not_copied(Look)).limit(purposes.AT_ONCE)
    purposes.copy_former(
        uow,
        (
            purposes.FormerLook(
                id=look.id,
                opened=_opened(case),
                at=look.at,
                by_id=look.by_id,
                by_name=look.by_name,
                purpose=look.purpose,
                kinds=KINDS,
                ground=GROUND,
            )
            for look, case in uow.session.execute(wanted)
        ),
    )


def _former() -> Select[Any]:
    return purposes.former_columns(Look, PART, Look.case_id, kinds=KINDS, ground=GROUND)


def _opened(case: Case) -> purposes.Opened:
    """Whose case it is: an account, else the phone and the e-mail in it; and who is represented."""
    if case.person_id or case.is_emptied:
        subject = Subject(person_id=case.person_id)
    else:
        answers = case.read()
        subject = Subject(email=answers.get("email", ""), phone=answers.get("phone", ""))
    represented = (Subject(person_id=case.represented_id),) if case.represented_id else ()
    return purposes.Opened(part=PART, object_id=case.id, subject=subject, others=represented)
