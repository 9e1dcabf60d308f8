"""Who has no profile is told by e-mail or by staff, and the console does not pretend otherwise."""

import re

import pytest
from sqlalchemy import select

from obshto.modules.eservices.notifications import reader_of_case
from obshto.modules.eservices.services.letters import news
from obshto.platform.notify.models import Message
from obshto.platform.notify.services import write_letters
from obshto.platform.notify.settings import NotifySettings
from obshto.platform.notify.sms.segments import parts_of
from obshto.platform.settings.services import save_settings, version_of

SENT = "select id from t_gorno_selo.eservices_case"


def text(page):
    return page.text.replace("\xa0", " ")


@pytest.fixture
def by_code(clerk, visitor, walking, owner):
    """by_code(email): the id of a case sent with a code and taken by the clerk."""

    def sent(email=""):
        code = walking.begin(visitor)
        walking.fill(visitor, code, email=email)
        walking.send(visitor, code)
        case_id = owner(SENT)[0][0]
        assert clerk.press(f"/console/eservices/{case_id}", to="/take").status_code == 303
        return case_id

    return sent


def test_the_clerk_is_told_whom_to_call(clerk, by_code):
    case_id = by_code()
    for page in ("", "/ask"):
        shown = text(clerk.get(f"/console/eservices/{case_id}{page}"))
        assert "порталът няма на кого да пише" in shown and "888 123 456" in shown, page


def test_nobody_is_said_to_have_been_written_to(clerk, by_code):
    answer = clerk.press(f"/console/eservices/{by_code()}/ask", words="Кой имот?")
    page = text(clerk.get(answer.location))
    assert "Писахме на заявителя" not in page and "обадете му се" in page


def test_an_address_in_the_application_is_written_to_without_its_code(
    clerk, by_code, queued, uow_in
):
    case_id = by_code("pena@villages.example")
    assert "pena@villages.example" in text(clerk.get(f"/console/eservices/{case_id}"))
    answer = clerk.press(f"/console/eservices/{case_id}/ask", words="Тайна подробност")
    assert "Писахме на заявителя" in text(clerk.get(answer.location))
    (fact,) = [a["payload"] for _, a in queued() if a.get("fact") == "eservices:application.asked"]
    with uow_in("gorno-selo") as uow:
        (reader,) = reader_of_case(uow, fact)
        subject, letter = news(uow, fact)
    assert (reader.person_id, reader.email) == (None, "pena@villages.example")
    assert "/eservices/resume" in letter and "Тайна" not in subject + letter
    assert not re.search(r"\d{20}", letter)


def test_who_has_a_profile_is_written_to(clerk, taken):
    assert "на кого да пише" not in text(clerk.get(f"/console/eservices/{taken}"))
    answer = clerk.press(f"/console/eservices/{taken}/ask", words="Кой имот?")
    assert "Писахме на заявителя" in text(clerk.get(answer.location))
    assert re.search(r"said=eservices\.asked$", answer.location)


@pytest.fixture
def sends_sms(uow_in):
    """The municipality sends short messages."""
    with uow_in("gorno-selo") as uow:
        settings = NotifySettings(sms_sender="GORNO")
        save_settings(uow, "notify", settings, expected_version=version_of(uow, "notify"))
        uow.session.commit()


@pytest.fixture
def told(queued, uow_in):
    """told(fact): messages to the person that follow from the fact, however often the job runs."""

    def of(fact):
        [asked] = [asked for _, asked in queued() if asked.get("fact") == fact]
        with uow_in("gorno-selo") as uow:
            for _run in range(2):
                write_letters(uow, fact=fact, payload=asked["payload"], cause=asked["cause"])
            rows = uow.session.scalars(select(Message).where(Message.person_id.is_(None)))
            return [(row.channel, row.recipient, row.text) for row in rows]

    return of


@pytest.mark.usefixtures("sends_sms")
def test_a_phone_alone_gets_the_receipt_as_an_sms_without_code_or_name(
    visitor, walking, told, owner
):
    code = walking.begin(visitor)
    walking.fill(visitor, code)
    receipt = visitor.get(walking.send(visitor, code).location)
    assert "като SMS" in text(receipt)
    [(channel, phone, words)] = told("eservices:application.sent")
    [(year, sequence)] = owner("select year, sequence from t_gorno_selo.eservices_case")
    assert (channel, phone) == ("sms", "+359888123456")
    assert words.startswith(f"Община Горно село: заявление {year}-{sequence:05d} е прието")
    assert words.endswith("/eservices/resume") and parts_of(words) <= 2
    assert code not in words and "Пена" not in words


def test_where_no_sms_is_sent_nobody_is_promised_one(visitor, walking, told):
    code = walking.begin(visitor)
    walking.fill(visitor, code)
    assert "като SMS" not in text(visitor.get(walking.send(visitor, code).location))
    assert told("eservices:application.sent") == []


@pytest.mark.usefixtures("sends_sms")
def test_news_goes_to_no_phone(clerk, by_code, told):
    """A number that nobody has proven hears once; what comes after it is told by staff."""
    answer = clerk.press(f"/console/eservices/{by_code()}/ask", words="Кой имот?")
    assert "обадете му се" in text(clerk.get(answer.location))
    assert told("eservices:application.asked") == []
