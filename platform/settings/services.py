"""Read a part's settings as its dataclass, save them as a fact."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, TypeVar, get_origin, get_type_hints

from flask_babel import LazyString, lazy_gettext
from sqlalchemy.exc import IntegrityError

from obshto.platform.domain_events import DomainEvent
from obshto.platform.errors import Conflict
from obshto.platform.settings.models import SettingsValue
from obshto.platform.unit_of_work import UnitOfWork

Settings = TypeVar("Settings")


class UnknownSetting(ValueError):
    """A stored or a given key that the part does not know, or a value of another type."""


@dataclass(frozen=True, kw_only=True)
class SettingsChanged(DomainEvent):
    """Somebody set a part anew; `keys` says what, the values may be nobody's business."""

    name: ClassVar[str] = "settings:value.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променени настройки")
    is_public: ClassVar[bool] = True

    part: str
    keys: str


def settings_of(uow: UnitOfWork, part: str, shape: type[Settings]) -> Settings:
    """The settings of a part here: stored values over the defaults. One query."""
    row = uow.session.get(SettingsValue, part)
    return checked(shape, row.values if row else {})


def version_of(uow: UnitOfWork, part: str) -> int:
    """How often they were changed; 0 while the defaults hold."""
    row = uow.session.get(SettingsValue, part)
    return row.version if row else 0


def save_settings(uow: UnitOfWork, part: str, values: Settings, *, expected_version: int) -> None:
    """Keep them all; records which have changed. Nothing is written when nothing has.

    `expected_version` is the version that their author had before their eyes. Raises Conflict.
    """
    row = uow.session.get(SettingsValue, part, with_for_update=True)
    before = asdict(settings_of(uow, part, type(values)))  # type: ignore[call-overload]  # a dataclass by contract
    after: dict[str, Any] = asdict(values)  # type: ignore[call-overload]
    changed = sorted(key for key in after if after[key] != before[key])
    if not changed:
        return
    if version_of(uow, part) != expected_version:
        raise Conflict
    if row:
        row.values = after
    else:
        _keep_first(uow, part, after)
    uow.emit(SettingsChanged(part=part, keys=", ".join(changed)))


def _keep_first(uow: UnitOfWork, part: str, values: dict[str, Any]) -> None:
    try:
        with uow.session.begin_nested():
            uow.session.add(SettingsValue(part=part, values=values))
    except IntegrityError:  # somebody else's first, in the same instant
        raise Conflict from None


def checked(shape: type[Settings], given: dict[str, Any]) -> Settings:
    """The dataclass out of plain values. Raises UnknownSetting: a typo is never swallowed."""
    types = get_type_hints(shape)
    known = {field.name for field in fields(shape)}  # type: ignore[arg-type]
    for key, value in given.items():
        if key not in known or type(value) is not (get_origin(types[key]) or types[key]):
            raise UnknownSetting(f"{shape.__name__}.{key} = {value!r}")
    return shape(**given)
