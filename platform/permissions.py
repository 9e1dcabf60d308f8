"""A permission is a word with a label. Parts invent words; the platform compares them."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import LazyString, lazy_gettext


class Role(StrEnum):
    """The ready-made roles. A word names the roles that carry it at first."""

    label: LazyString

    def __new__(cls, value: str, label: LazyString) -> Role:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    MAYOR = "mayor", lazy_gettext("кмет")
    SECRETARY = "secretary", lazy_gettext("секретар на общината")
    EDITOR = "editor", lazy_gettext("редактор")
    REGISTRY_CLERK = "registry_clerk", lazy_gettext("деловодител")
    FINANCE_OFFICER = "finance_officer", lazy_gettext("служител „Местни данъци и такси“")
    DATA_PROTECTION_OFFICER = (
        "data_protection_officer",
        lazy_gettext("длъжностно лице по защита на данните"),
    )
    ADMIN = "admin", lazy_gettext("администратор на портала")
    # Held for the region, on the operations host; in a municipality it carries nothing.
    OPERATOR = "operator", lazy_gettext("специалист от ИТ екипа")


class Permission(StrEnum):
    """Members are written `WORD = "slug:noun.verb", label, (Role.EDITOR,)`."""

    label: LazyString
    roles: frozenset[Role]

    def __new__(cls, value: str, label: LazyString, roles: tuple[Role, ...] = ()) -> Permission:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.roles = frozenset(roles)
        return member
