"""Register of processing activities (Regulation (EU) 2016/679, art. 30), as it stands now.

What the parts declare, with what the officer adds; what the municipality does outside the portal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from flask_babel import LazyString, force_locale, lazy_gettext
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.dataprotection.errors import NoSuchActivity, StaleProtectionRow
from obshto.modules.dataprotection.events import ActivityChanged
from obshto.modules.dataprotection.models import ProcessingActivity
from obshto.platform.entity import expect_version
from obshto.platform.modularity.manifest import Component, Processing
from obshto.platform.modularity.registry import current_registry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import find_municipality

# The columns of the register, in their order (art. 30(1)).
COLUMNS: Mapping[str, LazyString] = {
    "title": lazy_gettext("Дейност"),
    "purpose": lazy_gettext("За какво се ползват"),
    "ground": lazy_gettext("Правно основание"),
    "people": lazy_gettext("Чии данни"),
    "kinds": lazy_gettext("Кои данни"),
    "recipients": lazy_gettext("Кой ги вижда"),
    "transfers": lazy_gettext("Предаване извън Европейския съюз"),
    "kept": lazy_gettext("Пазим ги"),
    "protection": lazy_gettext("Как са защитени"),
}
# What holds for every declared activity until the officer says it better.
_PEOPLE, _STAFF = lazy_gettext("хората, които ползват услугата"), lazy_gettext("служителите")
_TRANSFERS = lazy_gettext("не се предават")
_PROTECTION = lazy_gettext(
    "отделна база за общината, кодирани полета, достъп само с право, записан преглед с причина"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """One activity in Bulgarian; `key` is „part:word“, or the id of an own one."""

    key: str
    title: str
    purpose: str
    ground: str
    people: str
    kinds: str
    recipients: str
    transfers: str
    kept: str
    protection: str

    def frozen(self) -> dict[str, Any]:
        """As a version of the register keeps it."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityWords:
    """What the officer writes. The first five are of an own activity alone."""

    people: str
    recipients: str
    transfers: str
    protection: str
    title: str = ""
    purpose: str = ""
    ground: str = ""
    kinds: str = ""
    kept: str = ""


def current_entries(uow: UnitOfWork) -> list[RegisterEntry]:
    """The register as it stands: declared activities part by part, then the own ones. One query."""
    rows = activity_rows(uow)
    added = {(row.part, row.word): row for row in rows if row.part}
    with force_locale(SOURCE):
        entries = [
            _declared(part, one, added.get((part.slug, one.word))) for part, one in declared(uow)
        ]
    return entries + [_own(row) for row in rows if not row.part]


def declared(uow: UnitOfWork) -> list[tuple[Component, Processing]]:
    """What the parts that are on in this municipality declare."""
    here = find_municipality(uow.scope.slug)
    parts = current_registry().switched_on(here.modules if here else ())
    return [(part, one) for part in parts for one in part.processing]


def activity_rows(uow: UnitOfWork) -> Sequence[ProcessingActivity]:
    """What the officer wrote, the own activities by title."""
    rows = select(ProcessingActivity).where(ProcessingActivity.removed_at.is_(None))
    found = uow.session.scalars(rows.order_by(ProcessingActivity.title, ProcessingActivity.id))
    return found.all()


def entry_of(uow: UnitOfWork, part: str, word: str) -> RegisterEntry:
    """A declared activity. Raises NoSuchActivity."""
    key = f"{part}:{word}"
    found = next((entry for entry in current_entries(uow) if entry.key == key), None)
    if found is None:
        raise NoSuchActivity
    return found


def declared_row(uow: UnitOfWork, part: str, word: str) -> ProcessingActivity | None:
    """What the officer added to a declared activity, locked; None before that."""
    row = select(ProcessingActivity).where(
        ProcessingActivity.part == part, ProcessingActivity.word == word
    )
    return uow.session.scalar(row.with_for_update().execution_options(populate_existing=True))


def own_activity(uow: UnitOfWork, activity_id: UUID) -> ProcessingActivity:
    """An activity outside the portal, locked. Raises NoSuchActivity."""
    row = select(ProcessingActivity).where(
        ProcessingActivity.id == activity_id,
        ProcessingActivity.part == "",
        ProcessingActivity.removed_at.is_(None),
    )
    found = uow.session.scalar(row.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NoSuchActivity
    return found


def add_activity(
    uow: UnitOfWork, words: ActivityWords, *, request_id: UUID, part: str = "", word: str = ""
) -> ProcessingActivity:
    """Write it down. The same form twice is one; of two officers at once the second is refused.

    Raises StaleProtectionRow.
    """
    row = ProcessingActivity(request_id=request_id, part=part, word=word, **asdict(words))
    try:
        with uow.session.begin_nested():
            uow.session.add(row)
    except IntegrityError:
        same = select(ProcessingActivity).where(ProcessingActivity.request_id == request_id)
        found = uow.session.scalar(same)
        if found is None:
            raise StaleProtectionRow from None
        return found
    uow.emit(ActivityChanged(subject_id=row.id))
    return row


def change_activity(
    uow: UnitOfWork, row: ProcessingActivity, words: ActivityWords, *, expected_version: int
) -> None:
    """Write it anew. Raises StaleProtectionRow."""
    new = asdict(words)
    if all(getattr(row, name) == said for name, said in new.items()):
        return
    expect_version(row, expected_version, StaleProtectionRow)
    for name, said in new.items():
        setattr(row, name, said)
    uow.emit(ActivityChanged(subject_id=row.id))


def remove_activity(uow: UnitOfWork, row: ProcessingActivity, *, expected_version: int) -> None:
    """Take an own activity out; approved versions keep it. Raises StaleProtectionRow."""
    expect_version(row, expected_version, StaleProtectionRow)
    row.removed_at = uow.now
    uow.emit(ActivityChanged(subject_id=row.id))


def _declared(part: Component, one: Processing, row: ProcessingActivity | None) -> RegisterEntry:
    return RegisterEntry(
        key=f"{part.slug}:{one.word}",
        title=str(one.title),
        purpose=str(one.purpose),
        ground=one.ground,
        people=row.people if row else str(_STAFF if one.is_of_staff else _PEOPLE),
        kinds=", ".join(str(kind.label) for kind in one.kinds),
        recipients=row.recipients if row else str(one.recipients),
        transfers=row.transfers if row else str(_TRANSFERS),
        kept=str(one.kept),
        protection=row.protection if row else str(_PROTECTION),
    )


def _own(row: ProcessingActivity) -> RegisterEntry:
    return RegisterEntry(key=str(row.id), **{name: getattr(row, name) for name in COLUMNS})
