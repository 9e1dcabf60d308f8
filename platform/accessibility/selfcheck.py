"""What a whole site has of accessibility: nobody waits for an answer for a month."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from obshto.platform.accessibility.services import waiting
from obshto.platform.clock import day_of
from obshto.platform.modularity.manifest import Criterion, Mend, Outcome
from obshto.platform.unit_of_work import UnitOfWork

PATIENCE = timedelta(days=30)


def answered(uow: UnitOfWork) -> Outcome:
    """Nothing waits for longer than a month."""
    oldest = uow.session.scalar(waiting().limit(1))
    if oldest is None or oldest.told_on >= day_of(uow.now - PATIENCE):
        return Outcome(1)
    return Outcome(0, (Mend(gettext("Сигнали за достъпност"), "/console/accessibility/"),))


SELFCHECK = (
    Criterion(
        word="accessibility.answered",
        title=_("Отговор на всеки, който не може да ползва портала"),
        advice=_("Прочетете какво пречи на хората и им отговорете до един месец."),
        points=4,
        look=answered,
    ),
)
