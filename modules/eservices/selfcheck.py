"""What a whole site has of services."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from obshto.modules.eservices.services.catalogue import services
from obshto.modules.eservices.services.offers import is_online, offers
from obshto.platform.modularity.manifest import Criterion, Mend, Outcome
from obshto.platform.unit_of_work import UnitOfWork

ENOUGH = 3  # services that one can apply for here


def online(uow: UnitOfWork) -> Outcome:
    """Some services that can be applied for without going anywhere."""
    known = offers(uow)
    number = sum(is_online(service, known.get(key)) for key, service in services(uow).items())
    mends = () if number >= ENOUGH else (Mend(gettext("Услуги и такси"), OFFERS),)
    return Outcome(min(1, number / ENOUGH), mends)


OFFERS = "/console/eservices/offers"
SELFCHECK = (
    Criterion(
        word="eservices.online",
        title=_("Услуги, които се подават през портала"),
        advice=_("Включете поне три услуги, за които човек не трябва да идва."),
        points=10,
        look=online,
    ),
)
