"""From the mayor's letter of the week, as a mail server took it, to one act behind each line."""

import re
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text

from obshto.modules.eservices.models import Offer
from obshto.modules.eservices.services.case_queries import case_of
from obshto.modules.eservices.services.complaints import complain
from obshto.modules.promises.services.promises import PromiseWords, give_promise
from obshto.platform.clock import day_of
from obshto.platform.notify.delivery import send_letter
from obshto.platform.notify.job_names import TRANSPORT
from obshto.platform.notify.letter import letter_of
from obshto.platform.notify.models import Message
from obshto.platform.notify.transport import SmtpTransport
from obshto.platform.permissions import Role
from obshto.platform.thread.writer import write_stations
from obshto.tenants.weekly_letter.events import WeeklyLetterWritten
from obshto.tenants.weekly_letter.services import write_weekly_letters

VILLAGE = "gorno-selo"
ON = "UPDATE shared.tenant SET modules = '{news,eservices,promises}' WHERE slug = 'gorno-selo'"
DECISION = {"as_of": ["20", "11", "2026"], "debts": "none", "debts_list": "", "before": "банка"}
LINE = re.compile(r"^.+\n(http\S+)$", re.MULTILINE)
SERVICES, PROMISES = "/console/eservices", "/console/promises"


@pytest.fixture
def to_sign(citizen, clerk, walking, uow_in):
    """The id of a case whose decision waits for somebody else than the clerk who prepared it."""
    with uow_in(VILLAGE) as uow:
        uow.session.scalars(select(Offer).where(Offer.service == "1998")).one().needs_second = True
        uow.commit()
    walking.fill(citizen, ref := walking.begin(citizen))
    case_id = walking.send(citizen, ref).location.split("/cases/")[1][:36]
    clerk.press(f"{SERVICES}/{case_id}", to="/take")
    version = walking.seen_on(clerk.get(path := f"{SERVICES}/{case_id}/issue"))
    told = {**DECISION, "expected_version": version, "confirmed": "1"}
    assert clerk.post(path, told).location.endswith("said=eservices.proposed")
    return case_id


@pytest.fixture
def late(sent, uow_in, migrator):
    """The id of a case that nobody took in time and somebody complained of; a promise is late."""
    with migrator.begin() as connection:
        connection.execute(text(ON))
    with uow_in(VILLAGE) as uow:
        case, today = case_of(uow, UUID(sent)), day_of(uow.now)
        case.due_on = today - timedelta(days=3)
        complain(uow, case, "Чакам отдавна.", request_id=uuid4())
        words = PromiseWords(
            **{"title": "Ремонт на чешмата", "words": "", "settlement": "", "office": ""},
            **{"owes": "mayor", "given_on": today - timedelta(30), "due_on": today - timedelta(2)},
        )
        give_promise(uow, words, request_id=uuid4())
        write_stations(uow)
        uow.commit()
    return sent


@pytest.fixture
def mayor(offered, sign_in):
    roles = Role.MAYOR, Role.SECRETARY  # who signs, too
    return sign_in(VILLAGE, *roles, name="Кметица Проба", email="kmet@villages.example")


@pytest.fixture
def letter(app, to_sign, late, mayor, uow_in, serving, mailbox, monkeypatch):
    """What the mail server has for the mayor."""
    with serving() as port, uow_in(VILLAGE) as uow:
        smtp = SmtpTransport(f"smtp://127.0.0.1:{port}", timeout=30)
        monkeypatch.setitem(app.extensions, TRANSPORT, smtp)
        write_weekly_letters(uow)
        uow.session.flush()
        written = select(Message.id).where(Message.fact == WeeklyLetterWritten.name)
        send_letter(uow, message_id=str(uow.session.scalars(written).one()))
        uow.commit()
    [raw] = mailbox.taken
    found = letter_of(raw)
    assert found.recipient == "kmet@villages.example"
    return found


def test_each_line_of_the_letter_leads_to_its_act(letter, mayor, late, to_sign):
    links = [address.removeprefix(mayor.base) for address in LINE.findall(letter.text)]
    for link in links:
        assert mayor.get(link).status_code == 200, link
    named = {urlsplit(link).path + "?" + urlsplit(link).query: link for link in links}
    queue, promises = f"{SERVICES}/?list=late", f"{PROMISES}/?state=late"
    asked, signed = f"{SERVICES}/said?", f"{SERVICES}/{to_sign}/proposal?"
    assert {queue, promises, asked, signed} <= set(named)

    assert late in mayor.get(queue).text
    assert mayor.press(f"{SERVICES}/{late}", to="/take").status_code == 303
    complaint = led(mayor, named[asked], rf"{SERVICES}/said/complaints/[0-9a-f-]+")
    assert mayor.press(complaint, words="Прав сте, поех го днес.").status_code == 303
    promise = led(mayor, promises, rf"{PROMISES}/[0-9a-f-]{{36}}")
    assert mayor.press(f"{promise}/keep", outcome="Водата тече отново.").status_code == 303
    assert mayor.press(named[signed], to="/sign").status_code == 303

    left = mayor.get("/console/tenants/weekly-letter/").text.partition("<main")[2]
    assert not [link for link in (promises, asked, signed) if link.rstrip("?") in left]


def led(person, path, address):
    """Where a list leads, the first of what fits."""
    return re.search(rf'href="({address})"', person.get(path).text)[1]
