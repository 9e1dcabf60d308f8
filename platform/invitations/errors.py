"""Refusals of invitations."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError


class InvitedBefore(DomainError):
    sentence = _("Организация с този имейл вече е поканена")


class InvitationSent(Conflict):
    sentence = _("Поканата вече е изпратена и остава")


class TooManyInvited(DomainError):
    sentence = _("Организациите може да са най-много %(most)s")
