"""A file of the tax program, brought in; people who hold its notices, who work with it."""

import io
from dataclasses import dataclass, replace
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, select, text

from obshto.billing.charges.kinds import add_kind
from obshto.billing.charges.lifecycle import charge_of
from obshto.billing.charges.settlement import Money, receive
from obshto.modules.payments.models import Bundle, Import, Obligation, Payer
from obshto.modules.payments.services.bundles import choose, settle
from obshto.modules.payments.services.import_run import apply_import, read_file
from obshto.modules.payments.services.interest import listed, set_rate
from obshto.modules.payments.services.obligations import payer_named
from obshto.modules.payments.services.table_reader import COLUMNS
from obshto.platform.amounts import cents_of
from obshto.platform.clock import today
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
OWNER, OTHER, COMPANY = "0307159274", "0402299282", "999000017"
KINDS = {"442100": "Данък върху имот", "442400": "Такса смет", "448013": "Такса куче"}
NEXT = today().year + 1  # its early discount is always to come


def line(number=OWNER, kind="442100", *, thing="7121-1", year=NEXT, part=1, cents="60,00", due=""):
    return (number, "Проба Пробова", kind, thing, str(year), str(part or ""), cents, due)


YEAR = (line(part=1), line(part=2))


def csv_of(*lines, encoding="utf-8", between=";"):
    rows = [between.join(cells) for cells in (COLUMNS.values(), *lines)]
    return io.BytesIO("\r\n".join(rows).encode(encoding))


@pytest.fixture(autouse=True)
def switched_on(house, config):
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['news', 'payments']"))
    engine.dispose()


@dataclass
class Office:
    """The finance office of a village, as its services see it."""

    app: object
    slug: str = VILLAGE
    next = NEXT
    owner, other, company = OWNER, OTHER, COMPANY
    line = staticmethod(line)
    year = YEAR
    csv = staticmethod(csv_of)

    def open_uow(self, name="Снежана Илчева"):
        return open_uow(scope_named(self.slug), Principal(name=name))

    def furnish(self):
        for code, title in KINDS.items():
            self.furnish_with(code, title)

    def furnish_with(self, code, title="Друго"):
        with self.app.app_context(), self.open_uow() as uow:
            add_kind(uow, code=code, title=title, request_id=uuid4())

    def read(self, *lines, name="danaci.csv", **how):
        with self.app.app_context(), self.open_uow() as uow:
            return read_file(uow, csv_of(*lines, **how), name=name, request_id=uuid4()).id

    def bring_in(self, *lines):
        """Read and applied; the id of the import."""
        with self.app.app_context(), self.open_uow() as uow:
            one = read_file(uow, csv_of(*lines), name="danaci.csv", request_id=uuid4())
            apply_import(uow, one, expected_version=one.version)
            return one.id

    def set_rates(self, percent):
        """For every half-year that the platform does not know, up to today."""
        with self.app.app_context(), self.open_uow() as uow:
            for row in listed(uow):
                if row.percent is None:
                    half = 1 if row.begins_on.month == 1 else 2
                    hundredths = cents_of(percent)
                    set_rate(uow, row.begins_on.year, half, hundredths, expected_version=0)

    def code(self, number=OWNER):
        with self.app.app_context(), self.open_uow() as uow:
            return payer_named(uow, number).code

    def choose(self, choice="all", number=OWNER, request_id=None):
        with self.app.app_context(), self.open_uow() as uow:
            payer = payer_named(uow, number)
            made = choose(uow, payer, choice, request_id=request_id or uuid4())
            assert made.pieces
            return made

    def pay(self, bundle, cents=None, on=None):
        """The money comes, the worker hears of it."""
        self.receive(bundle, cents, on)
        self.hear(bundle)

    def receive(self, bundle, cents=None, on=None):
        """The money comes to `billing`, which tells of it; nobody has heard yet."""
        with self.app.app_context(), self.open_uow() as uow:
            charge = charge_of(uow, bundle.charge_id, to_change=True)
            money = Money(way="bank", provider_id=str(uuid4()), cents=cents or charge.owed_cents)
            receive(uow, charge, replace(money, received_on=on or today()))

    def hear(self, bundle):
        with self.app.app_context(), self.open_uow() as uow:
            settle(uow, [uow.session.get(Bundle, bundle.id)])

    def bundle(self, bundle):
        return self.all(Bundle, Bundle.id == bundle.id)[0]

    def owed(self, number=OWNER):
        """(year, instalment) to what is left of it."""
        with self.app.app_context(), self.open_uow() as uow:
            payer = payer_named(uow, number)
            rows = select(Obligation).where(Obligation.payer_id == payer.id)
            return {(o.year, o.instalment): o.left_cents for o in uow.session.scalars(rows)}

    def all(self, model, *such):
        with self.app.app_context(), self.open_uow() as uow:
            found = list(uow.session.scalars(select(model).where(*such)))
            uow.session.expunge_all()
            return found

    def kept(self, import_id):
        """What still lies there of a file: its rows, what it would change."""
        with self.app.app_context(), self.open_uow() as uow:
            one = uow.session.get(Import, import_id)
            return one.body, one.told

    def payers(self):
        return len(self.all(Payer))


@pytest.fixture
def office(app):
    made = Office(app)
    made.furnish()
    return made


@pytest.fixture
def finance(sign_in):
    return sign_in(VILLAGE, Role.FINANCE_OFFICER, name="Снежана Илчева")


@pytest.fixture
def clerk(sign_in):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK, name="Мая Тошева")
