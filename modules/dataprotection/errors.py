"""Refusals of data protection."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotAllowed, NotFound, StaleRow


class NoSuchActivity(NotFound):
    """No part declares it here, nobody entered it."""

    sentence = _("Няма такава дейност в регистъра")


class NoSuchRegister(NotFound):
    """Not here: another municipality's, or not approved yet."""

    sentence = _("Няма такава версия на регистъра")


class NoSuchFinding(NotFound):
    """Not here, or about who asks."""

    sentence = _("Няма такъв необичаен преглед")


class NoSuchIncident(NotFound):
    """Not here, or about who asks."""

    sentence = _("Няма такова нарушение")


class NoSuchProcessor(NotFound):
    sentence = _("Няма такъв договор")


class NoSuchLeave(NotFound):
    sentence = _("Няма такъв отпуск")


class NotOfStaff(DomainError):
    """Chosen from a list that is older than the roles."""

    sentence = _("Този човек вече няма роля в общината. Изберете друг.")


class OwnLeave(NotAllowed):
    """Who is away does not say so of themselves, nor take it back."""

    sentence = _("Вашия отпуск го въвежда друг: кметът или секретарят")


class NoSuchAssessment(NotFound):
    sentence = _("Няма такава оценка на въздействието")


class StaleProtectionRow(StaleRow):
    """Somebody else was first."""


class RegisterUnchanged(DomainError):
    sentence = _("От одобрената версия насам нищо не е променено")


class WaitsAlready(Conflict):
    sentence = _("Една версия вече чака кмета. Изчакайте той да я одобри или върне.")


class OwnProposal(NotAllowed):
    """Four eyes: who proposed the register does not approve it."""

    sentence = _("Който е предложил регистъра, не може и да го одобри")


class OwnAssessment(NotAllowed):
    """Four eyes: who proposed an assessment does not approve it."""

    sentence = _("Който е предложил оценката, не може и да я одобри")


class AssessmentDecided(Conflict):
    sentence = _("Оценката вече чака одобрение или по нея е решено")


class RegisterDecided(Conflict):
    sentence = _("По тази версия вече е решено")


class FindingClosed(Conflict):
    sentence = _("За този преглед вече е решено")


class IncidentOver(Conflict):
    sentence = _("Нарушението вече е приключено")


class NotYetWhole(DomainError):
    """What must be written before an incident is closed or an assessment goes to the mayor."""

    sentence = _("Първо попълнете: %(missing)s")
