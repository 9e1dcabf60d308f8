"""The queue asks the same of the database however long it is."""

from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import Engine, event

from obshto.modules.eservices.models import Case, Rating
from obshto.modules.eservices.services.case_queries import LISTS
from obshto.platform.clock import day_of
from obshto.platform.db.base import new_id
from obshto.platform.permissions import Role

FEW, MANY, MOST = 6, 40, 12  # of six there is one in each state
STATES = ("sent", "in_work", "asked", "signing", "issued", "refused")


@contextmanager
def statements():
    heard = []

    def note(connection, cursor, statement, *more):
        if not statement.startswith("UPDATE shared.session"):
            heard.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield heard
    event.remove(Engine, "before_cursor_execute", note)


def fill(uow_in, number):
    with uow_in("gorno-selo") as uow:
        for at in range(number):
            state, today = STATES[at % len(STATES)], day_of(uow.now)
            is_open = state in ("sent", "in_work", "signing")
            case = Case(
                id=new_id(),
                request_id=uuid4(),
                year=2020 + number,
                sequence=at + 1,
                service="1998",
                definition_version=1,
                applicant="Проба Пробова",
                channel="portal",
                entered_by="",
                state=state,
                sent_at=uow.now,
                starts_on=today,
                due_on=today - timedelta(days=at % 3) if is_open else None,
                cure_until=today if state == "asked" else None,
                assignee=f"Служител {at}",
                delivery="office",
                ended_at=None if is_open or state == "asked" else uow.now,
            )
            case.keep({})
            uow.session.add(case)
            uow.session.flush()
            uow.session.add(
                Rating(
                    request_id=uuid4(),
                    case_id=case.id,
                    service="1998",
                    settlement=f"с. Село {at}",
                    channel="portal",
                    score=1,
                    rated_at=uow.now,
                )
            )
        uow.commit()


def asked(person, path):
    with statements() as heard:
        assert person.get(path).status_code == 200
    return len(heard)


def test_no_list_asks_more_because_it_is_longer(offered, sign_in, uow_in):
    head = sign_in("gorno-selo", Role.SECRETARY, Role.REGISTRY_CLERK)
    paths = [f"/console/eservices/?list={name}" for name in LISTS]
    paths += ["/console/eservices/statistics", "/console/eservices/said"]
    fill(uow_in, FEW)
    for path in paths:
        head.get(path)  # what is kept of the frame is kept now
    few = {path: asked(head, path) for path in paths}
    fill(uow_in, MANY)
    assert {path: asked(head, path) for path in paths} == few
    assert max(few.values()) <= MOST
