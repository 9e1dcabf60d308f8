"""Demonstration obligations: invented people with numbers that nobody alive can have."""

from __future__ import annotations

import io
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select

from obshto.modules.payments.models import Import, ImportState
from obshto.modules.payments.services.bundles import choose
from obshto.modules.payments.services.import_run import apply_import, read_file
from obshto.modules.payments.services.obligations import ALL, payer_named
from obshto.modules.payments.services.table_reader import COLUMNS
from obshto.platform.clock import today
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.ports import cashier

# Born before 1905; the company's number begins as none does.
OWNER, NEIGHBOUR, COMPANY = "0307159274", "0402299282", "999000017"
NAMES = {OWNER: "Проба Пробова", NEIGHBOUR: "Пробен Съседов", COMPANY: "Проба ЕООД"}
PROPERTY, WASTE, VEHICLE, DOG = "442100", "442400", "442300", "448013"
# Who, what, of which thing, years from now, instalment, sum, last day (empty: as the law says).
ROWS = (
    (OWNER, PROPERTY, "7121Н1001", 0, 1, "31,20", ""),
    (OWNER, PROPERTY, "7121Н1001", 0, 2, "31,20", ""),
    (OWNER, WASTE, "7121Н1001", 0, 2, "24,30", "31.10"),
    (OWNER, PROPERTY, "7121Н1001", 1, 1, "32,00", ""),
    (OWNER, PROPERTY, "7121Н1001", 1, 2, "32,00", ""),
    (OWNER, DOG, "", 1, 0, "12,00", ""),
    (NEIGHBOUR, VEHICLE, "ВН1234", 1, 1, "40,55", ""),
    (NEIGHBOUR, VEHICLE, "ВН1234", 1, 2, "40,55", ""),
    (COMPANY, WASTE, "7121Н2002", 1, 1, "180,00", "30.06"),
    (COMPANY, WASTE, "7121Н2002", 1, 2, "180,00", "31.10"),
)


def seed(uow: UnitOfWork) -> None:
    """One file brought in, two to be decided about, a choice begun; seeding twice is harmless."""
    known = cashier().kinds(uow)
    year = today().year
    rows = [row for row in ROWS if row[1] in known]
    if not rows:
        return
    one = read_file(uow, _file(rows, year), name="danaci.csv", request_id=_id("first"))
    if one.state == "read":
        apply_import(uow, one, expected_version=one.version)
    broken = [*rows[:2], (OWNER, "000000", "", 0, 0, "дванадесет", "")]
    read_file(uow, _file(broken, year), name="danaci-greshni.csv", request_id=_id("second"))
    corrected = [(*rows[0][:5], "33,10", "")]
    read_file(uow, _file(corrected, year), name="danaci-popraveni.csv", request_id=_id("third"))
    uow.session.flush()
    choose(uow, payer_named(uow, NEIGHBOUR), ALL, request_id=_id("choice"))


def _file(rows: list[tuple[str, str, str, int, int, str, str]], year: int) -> io.BytesIO:
    lines = [";".join(COLUMNS.values())]
    for number, kind, thing, later, instalment, cents, day in rows:
        due = f"{day}.{year + later}" if day else ""
        cells = (number, NAMES[number], kind, thing, year + later, instalment or "", cents, due)
        lines.append(";".join(map(str, cells)))
    return io.BytesIO("\n".join(lines).encode())


def _id(key: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"payments/{key}")


def plant(uow: UnitOfWork, mark: str) -> None:
    """A file of that name that was put away before it brought anything in."""
    request_id = uuid5(NAMESPACE_URL, mark)
    if uow.session.scalar(select(Import.id).where(Import.request_id == request_id)) is None:
        planted = Import(
            request_id=request_id,
            name=f"Контролен файл {mark}",
            state=ImportState.DROPPED,
            rows=0,
            read_at=uow.now,
            read_by=uow.principal.name,
        )
        uow.session.add(planted)
