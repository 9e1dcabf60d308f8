"""The control person of the leak watch, on the call list."""

from __future__ import annotations

from obshto.modules.crisis.services.contacts import ContactData, write_contact
from obshto.platform.db.control_rows import control_id
from obshto.platform.unit_of_work import UnitOfWork


def plant(uow: UnitOfWork, mark: str) -> None:
    """Nobody calls them: the phone is the mark. Twice is once."""
    name = f"Контролен запис {mark}"
    data = ContactData(name=name, phone=mark, settlement="", note=name)
    write_contact(uow, data, request_id=control_id(mark))
