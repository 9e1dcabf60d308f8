"""Refusals of legal terms."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import DomainError


class NoRuleYet(DomainError):
    """The texts of law that we have read begin later than this day."""

    sentence = _("За тази дата няма правило за срока")


class ProcedureBroken(Exception):
    """A row of a procedure that nobody could go by; says in which file, which row, what."""
