"""Who tells is reached by phone too, the list finds a number, a point elsewhere is sent on."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, select, text
from tests.modules.reports.conftest import path_of

from obshto.modules.reports.models import Report
from obshto.modules.reports.notifications import reader, reader_by_letter
from obshto.modules.reports.services.submission import ReportWords, send_report
from obshto.platform.cases.channels import PHONE
from obshto.platform.notify.address import Address
from obshto.platform.notify.models import Channel, Message
from obshto.platform.notify.settings import NotifySettings
from obshto.platform.settings.services import save_settings

HERE, THERE = "gorno-selo", "dolno-selo"
VIDIN, BELOGRADCHIK = "10971", "03616"  # settlements whose places are known
AT_THE_NEIGHBOURS = "43.6272, 22.6836"


@pytest.fixture
def villages(house, config):
    """Reports are on in both villages; each has a settlement of its own."""
    engine = create_engine(config.migrator)
    add = text(
        "INSERT INTO shared.settlement (ekatte, municipality, kind, names, is_seat, sort_key)"
        ' VALUES (:code, :slug, \'село\', \'{"bg": "Село", "en": "Selo"}\', true, \'a\')'
    )
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['reports']"))
        for slug, code in ((HERE, VIDIN), (THERE, BELOGRADCHIK)):
            connection.execute(add, {"slug": slug, "code": code})
    yield
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM shared.settlement"))
        connection.execute(text("DELETE FROM shared.regional_report"))
    engine.dispose()


@pytest.fixture
def get(villages, client, at):
    return lambda path: client.get(path, base_url=at(HERE))


@pytest.fixture
def send(client, at, villages):
    def go(**typed):
        told = {"words": "Не свети", "place": "до чешмата", "request_id": uuid4(), **typed}
        path = f"/reports/new/tell?kind=lamp&settlement={VIDIN}"
        return client.post(path, data=told, base_url=at(HERE))

    return go


def told(uow, **more):
    words = {"kind": "lamp", "settlement": VIDIN, "words": "Не свети", "place": "до чешмата"}
    report = send_report(uow, ReportWords(**words, **more), request_id=uuid4())
    uow.session.flush()
    return report


def test_who_left_a_phone_alone_hears_what_became_of_it_but_not_that_it_came(uow_in, villages):
    with uow_in(HERE) as uow:
        by_phone = {"phone": "+359888123456", "name": "Проба", "channel": PHONE}
        fact = {"subject_id": str(told(uow, **by_phone).id)}
        assert list(reader(uow, fact)) == [Address(None, "Проба", "", "bg", "+359888123456")]
        assert list(reader_by_letter(uow, fact)) == []
        silent = {"subject_id": str(told(uow).id)}
        assert list(reader(uow, silent)) == []


def test_a_phone_that_is_none_is_refused_and_stays(send):
    answer = send(phone="123")
    assert answer.status_code == 422
    assert "Такъв телефон няма" in answer.text and 'value="123"' in answer.text
    assert send(phone="0888 123 456").status_code == 303


def test_a_point_at_the_neighbours_leads_there_with_its_kind(send):
    answer = send(point=AT_THE_NEIGHBOURS)
    assert answer.status_code == 422
    assert "Подайте сигнала там" in answer.text and "Не свети" in answer.text
    there = f"//{THERE}.localhost"
    assert there in answer.text
    assert f"/reports/new/tell?kind=lamp&amp;settlement={BELOGRADCHIK}" in answer.text


def test_a_point_in_another_country_leads_nowhere(send):
    answer = send(point="45.0000, 26.0000")
    assert answer.status_code == 422 and "Подайте сигнала там" not in answer.text


def test_what_has_climbed_is_a_list_that_everybody_sees(get, uow_in):
    with uow_in(HERE) as uow:
        late, timely = told(uow), told(uow)
        late.escalation = 3
        numbers = late.number, timely.number
        uow.commit()
    page = get("/reports/?state=late").text
    assert numbers[0] in page and numbers[1] not in page


def test_a_number_finds_its_report_and_no_other(get, uow_in):
    with uow_in(HERE) as uow:
        first, second = told(uow).number, told(uow).number
        uow.commit()
    page = get(f"/reports/?number={first}").text
    assert f'value="{first}"' in page
    assert page.count(second) == 0 and page.count(first) > 1
    assert "Няма такива сигнали" in get("/reports/?number=99999").text


def test_felling_is_seen_once_an_official_has_looked(get, uow_in):
    with uow_in(HERE) as uow:
        kind = {"kind": "felling", "settlement": VIDIN, "words": "Секат", "place": "гората"}
        send_report(uow, ReportWords(**kind), request_id=uuid4())
        uow.session.flush()
        number = uow.session.scalars(select(Report)).one().number
        uow.commit()
    assert number not in get("/reports/").text


@pytest.fixture
def with_sms(uow_in, villages):
    with uow_in(HERE) as uow:
        save_settings(uow, "notify", NotifySettings(sms_sender="GORNO"), expected_version=0)
        uow.commit()


def told_sms(uow_in):
    with uow_in(HERE) as uow:
        rows = uow.session.scalars(select(Message).where(Message.channel == Channel.SMS))
        return [row.text for row in rows.all()]


def test_a_phone_that_was_typed_hears_nothing_before_its_owner_typed_the_code(
    send, client, at, uow_in, with_sms
):
    own = path_of(send(phone="0888 123 456"))
    with uow_in(HERE) as uow:
        report = uow.session.scalars(select(Report)).one()
        fact = {"subject_id": str(report.id)}
        assert list(reader(uow, fact)) == []
    here = {"base_url": at(HERE)}
    page = client.get(own, **here).text
    assert "Искате ли вести по SMS?" in page
    once = re.search(r'phone/code">.*?name="request_id" value="([^"]+)"', page, re.S)[1]
    for _ in range(2):  # pressed twice
        asked = client.post(f"{own}/phone/code", data={"request_id": once}, **here)
        assert asked.status_code == 303
    [sms] = told_sms(uow_in)
    code = re.search(r"\d{6}", sms)[0]
    wrong = client.post(f"{own}/phone", data={"code": f"{(int(code) + 1) % 10**6:06d}"}, **here)
    assert wrong.status_code == 422 and "Кодът не съвпада" in wrong.text
    assert client.post(f"{own}/phone", data={"code": code}, **here).status_code == 303
    with uow_in(HERE) as uow:
        assert [one.phone for one in reader(uow, fact)] == ["+359888123456"]
    assert "Искате ли вести по SMS?" not in client.get(own, **here).text
    assert client.get(f"{own}/phone", **here).status_code == 303


def test_guesses_at_a_code_end(send, client, at, with_sms):
    own = path_of(send(phone="0888 123 457"))
    guesses = [{"code": f"{n:06d}"} for n in range(6)]
    tries = [client.post(f"{own}/phone", data=one, base_url=at(HERE)).text for one in guesses]
    assert "сгрешен много пъти" in tries[-1] and "сгрешен много пъти" not in tries[0]


def test_the_code_of_another_municipality_opens_no_phone(send, client, at, with_sms):
    path = path_of(send(phone="0888 123 456"))
    assert client.get(f"{path}/phone", base_url=at(THERE)).status_code == 404
    assert client.post(f"{path}/phone/code", base_url=at(THERE)).status_code == 404


def test_one_device_that_tells_of_one_place_over_and_over_is_asked_a_sum_and_no_other(send, client):
    """The neighbour on the same line is not asked, nor is the same device at another place."""
    first = send(point="43.99120, 22.87250").status_code  # before it the browser has no name
    here = [send(point="43.99120, 22.87250").status_code for _ in range(6)]
    assert [first, *here] == [303] * 7
    asked = send(point="43.99110, 22.87240", words="Пак не свети")
    assert asked.status_code == 422
    assert "Колко прави" in asked.text and "Пак не свети" in asked.text
    assert send(point="43.99620, 22.87250").status_code == 303
    client._cookies.clear()  # another browser of the same house
    assert send(point="43.99110, 22.87240").status_code == 303
