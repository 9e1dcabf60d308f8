"""A mutant of the application: it does not ask whether it has seen some money before."""

from uuid import uuid4

from obshto.billing.arrivals import services as arrivals
from obshto.billing.charges import settlement
from obshto.ops.compose import compose
from obshto.ops.config import read_config

_book = settlement._book


def book(uow, charge, money):
    """As if the provider gave each message about the same money another name."""
    named = {name: getattr(money, name) for name in money.__slots__}
    return _book(uow, charge, settlement.Money(**named | {"provider_id": str(uuid4())}))


settlement._book = book
arrivals.is_new = lambda uow, gateway, notice: True
app = compose(read_config())
