"""Leaflet of a vote in large letters: when, where, the three ways to vote."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from obshto.modules.voting.services import queries
from obshto.modules.voting.services.addresses import places_of
from obshto.platform.modularity.manifest import Paper
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import moment
from obshto.platform.web.language import language_in_force

LONGEST_PLACES = 160
WAYS = (
    _(
        "По телефона или на компютър: снимайте квадратния код от писмото или въведете 25-те цифри."
        " Изберете, запечатайте и запишете контролния номер."
    ),
    _("На гише: елате с писмото и гласувайте на таблет. Никой не вижда екрана."),
    _("На хартия: елате с писмото, преди да сте гласували по телефона."),
    _("До края може да гласувате пак: брои се последният глас."),
    _("Кодът е само Ваш: не го давайте на никого, и на служител."),
    _("Изгубили сте писмото? Обадете се: анулираме го и Ви даваме ново."),
)


def paper_of(uow: UnitOfWork, election_id: UUID) -> Paper | None:
    """In the language in force; what is asked and where stays in Bulgarian. None for a draft, a
    trial, one that is over.
    """
    found = queries.public_among(uow, [election_id])
    if not found or found[0].closes_at <= uow.now:
        return None
    [election] = found
    when = {"first": moment(election.opens_at), "last": moment(election.closes_at)}
    return Paper(
        kind=gettext("Допитване: гласувайте"),
        title=election.title,
        facts=(
            (gettext("Кога"), gettext("от %(first)s до %(last)s", **when)),
            (gettext("Къде"), places_of(election, LONGEST_PLACES)),
        ),
        text=tuple(map(str, WAYS)),
        path=f"/voting/{election.slug}",
        language=language_in_force(),
    )
