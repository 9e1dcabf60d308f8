"""What is refused about the formula and its plans."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError


class InForceAlready(Conflict):
    """A version that is in force stays as it is."""

    sentence = _(
        "Тази версия вече важи, затова не се променя. Направете нова, която важи от бъдещ месец."
    )


class MonthIsPast(DomainError):
    sentence = _("Изберете бъдещ месец: за миналите общините знаят колко плащат")


class MonthIsTaken(DomainError):
    sentence = _("От този месец вече важи друга версия. Променете нея или изберете друг месец.")


class PlanIsUsed(DomainError):
    sentence = _("По плана „%(plan)s“ плащат общини. Първо им изберете друг план.")


class NoSuchPlan(DomainError):
    sentence = _("Няма такъв план във формулата, която важи от този месец")


class TooSmallAPlan(DomainError):
    """Nothing that is on may fall out of the plan unseen."""

    sentence = _("В този план няма модули, които общината е включила: %(modules)s")
