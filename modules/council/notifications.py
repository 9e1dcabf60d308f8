"""Letters of the council: to who answers councillors' questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _

from obshto.modules.council.events import InquiryEntered, InquiryLate
from obshto.modules.council.models import Inquiry
from obshto.modules.council.permissions import CouncilPermission
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day
from obshto.platform.web.language import SOURCE

Fact = Mapping[str, Any]
Letter = tuple[str, str] | None


def entered(uow: UnitOfWork, fact: Fact) -> Letter:
    """A councillor asked; None where it is answered by now."""
    row = uow.session.get_one(Inquiry, UUID(fact["subject_id"]))
    if row.answered_on:
        return None
    subject = gettext("Питане на съветник: %(title)s", title=row.title)
    term = gettext("Срок за отговор: %(day)s", day=day(row.due_on))
    return worded(subject, row.words, term, _address(uow, row))


def late(uow: UnitOfWork, fact: Fact) -> Letter:
    """Its term passed."""
    row = uow.session.get_one(Inquiry, UUID(fact["subject_id"]))
    if row.answered_on:
        return None
    subject = gettext("Питане на съветник без отговор: %(title)s", title=row.title)
    term = gettext("Срокът беше %(day)s", day=day(row.due_on))
    return worded(subject, term, _address(uow, row))


def _address(uow: UnitOfWork, row: Inquiry) -> str:
    locale = get_locale()
    language = locale.language if locale else SOURCE
    prefix = "" if language == SOURCE else f"/{language}"
    return f"{uow.scope.address}{prefix}{row.path}"


NOTIFICATIONS = (
    Notification(
        fact=InquiryEntered,
        title=_("Ново питане на съветник"),
        to=CouncilPermission.ANSWER,
        letter=entered,
    ),
    Notification(
        fact=InquiryLate,
        title=_("Питане на съветник без отговор в срок"),
        to=CouncilPermission.ANSWER,
        letter=late,
    ),
)
