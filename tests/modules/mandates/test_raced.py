"""A withdrawal and an act in the same instant: one comes before the other, never in between."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event
from time import monotonic, sleep

from sqlalchemy import select

from obshto.modules.mandates.permissions import MandatesPermission
from obshto.modules.mandates.services.journal import KeptMandates
from obshto.modules.mandates.services.kinds import CALL
from obshto.modules.mandates.services.lifecycle import withdraw_mandate
from obshto.modules.mandates.services.queries import mandate_of
from obshto.modules.reports.models import Report
from obshto.platform.unit_of_work import Principal

VILLAGE, TELL = "gorno-selo", "/reports/new/tell?kind=road&settlement="
SHELL = ("/stop-acting", "/sign-out")


def _withdraw(uow_in, mandate, begun=None, go_on=None):
    """As staff do while somebody calls; told to wait, the row stays locked meanwhile."""
    with uow_in(VILLAGE) as uow:
        row = mandate_of(uow, mandate.id, to_change=True)
        withdraw_mandate(uow, row, CALL, expected_version=row.version)
        uow.session.flush()
        if begun:
            begun.set()
            go_on.wait(30)
        uow.commit()


def _until_somebody_waits(owner):
    """For a lock of this database."""
    end = monotonic() + 120
    while not owner("SELECT 1 FROM pg_locks WHERE NOT granted"):
        assert monotonic() < end
        sleep(0.02)


def test_an_act_that_meets_a_withdrawal_waits_for_it_and_is_refused(act, mandate, uow_in, owner):
    assistant = act(mandate)
    [fields] = [one for to, one in assistant.forms(TELL) if not to.endswith(SHELL)]
    typed = fields | {"words": "Дупка до чешмата", "place": "чешмата", "photos": ""}
    begun, go_on = Event(), Event()
    with ThreadPoolExecutor(2) as pool:
        withdrawn = pool.submit(_withdraw, uow_in, mandate, begun, go_on)
        assert begun.wait(30)
        sent = pool.submit(assistant.post, TELL, typed)
        _until_somebody_waits(owner)
        go_on.set()
        withdrawn.result(30)
        assert sent.result(30).status_code == 403
    with uow_in(VILLAGE) as uow:
        assert uow.session.scalars(select(Report)).all() == []


def test_a_withdrawal_that_meets_an_act_waits_until_it_is_done(mandate, assistant, uow_in, owner):
    """The gate holds the row until the act is committed; only then may the mandate end."""
    may = Principal(person_id=assistant.person_id, permissions=frozenset(MandatesPermission))
    with ThreadPoolExecutor(1) as pool:
        with uow_in(VILLAGE) as uow:
            acting = replace(uow, principal=may)
            who = (mandate.id, assistant.person_id)
            assert KeptMandates().in_force(acting, *who, to_write=True)
            withdrawn = pool.submit(_withdraw, uow_in, mandate)
            _until_somebody_waits(owner)
            assert KeptMandates().in_force(acting, *who, to_write=True)
            uow.commit()
        withdrawn.result(30)
    with uow_in(VILLAGE) as uow:
        assert KeptMandates().in_force(replace(uow, principal=may), *who, to_write=False) is None
