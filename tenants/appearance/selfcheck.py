"""What a whole site says of its municipality itself."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import Criterion, Mend, Outcome
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.tenants.municipalities.lookup import municipality_here

LOOK = "/console/tenants/appearance/"
CONTACT = ("phone", "email", "address")


def emblem(uow: UnitOfWork) -> Outcome:
    """Whether it wears a coat of arms."""
    if municipality_here(uow).emblem:
        return Outcome(1)
    return Outcome(0, (Mend(gettext("Герб на общината"), f"{LOOK}emblem/"),))


def contact(uow: UnitOfWork) -> Outcome:
    """Telephone, mail and address, a third each."""
    told = municipality_here(uow).contact
    share = sum(bool(told.get(word)) for word in CONTACT) / len(CONTACT)
    return Outcome(share, () if share == 1 else (Mend(gettext("Облик на портала"), LOOK),))


def languages(uow: UnitOfWork) -> Outcome:
    """The name of the municipality in each language that it offers, one of them not its own."""
    here = municipality_here(uow)
    others = [language for language in here.languages if language != SOURCE]
    share = sum(language in here.titles for language in others) / len(others) if others else 0
    return Outcome(share, () if share == 1 else (Mend(gettext("Облик на портала"), LOOK),))


SELFCHECK = (
    Criterion(
        word="tenants.contact",
        title=_("Телефон, имейл и адрес на общината"),
        advice=_("Попълнете ги в облика на портала. Стоят на всяка страница."),
        points=6,
        look=contact,
    ),
    Criterion(
        word="tenants.emblem",
        title=_("Герб на общината"),
        advice=_("По герба хората познават, че порталът е на общината."),
        points=4,
        look=emblem,
    ),
    Criterion(
        word="tenants.languages",
        title=_("Име на общината на другите езици"),
        advice=_("Включете поне един език освен българския и преведете името."),
        points=4,
        look=languages,
    ),
)
