"""Pages of polling: the search, the sections, commissions, materials, papers."""

import re
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import ClassVar
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.polling.models import CommissionMember
from obshto.modules.polling.services import commissions, papers, sections, votes
from obshto.modules.polling.services.commissions import forget_commissions
from obshto.modules.polling.services.materials import reckoned
from obshto.modules.referendum.models import Referendum
from obshto.modules.referendum.settings import ReferendumSettings
from obshto.platform.clock import SOFIA, day_of, today
from obshto.platform.modularity.bus_routes import BusRoutes, RoundTrip
from obshto.platform.permissions import Role
from obshto.platform.settings.services import save_settings

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
ROOM = {
    "number": "1",
    "place": "Читалището",
    "address": "ул. Първа 1",
    "is_accessible": "y",
    "entrance": "Рампа откъм двора",
    "voters": "412",
}
PAPERS = ("ballot", "protocols", "sheets", "packing", "seals", "notices", "letters")


@pytest.fixture
def vote_id(uow_in, sign_in):
    for village in (VILLAGE, NEIGHBOUR):
        admin = sign_in(village, Role.ADMIN)
        assert admin.press("/console/tenants/referendum", to="/on").status_code == 303
        assert admin.press("/console/tenants/polling", to="/on").status_code == 303
    with uow_in(VILLAGE) as uow:
        texts = ("unit", "decision", "entered_by", "yes_means", "no_means", "reasons")
        row = Referendum(
            request_id=uuid4(),
            year=2026,
            sequence=9,
            proposer="councillors",
            question="Съгласни ли сте?",
            decider="council",
            signers=3,
            state="called",
            vote_on=day_of(uow.now) + timedelta(days=20),
            changed_at=uow.now,
            channel="counter",
            **dict.fromkeys(texts, ""),
        )
        uow.session.add(row)
        uow.commit()
        return row.id


@pytest.fixture
def secretary(vote_id, sign_in):
    return sign_in(VILLAGE, Role.SECRETARY)


def written(person, **changed):
    answer = person.press("/console/polling/new", **{**ROOM, **changed})
    assert answer.status_code == 303, re.findall(r"error-message[^<]*<[^<]*", answer.text)
    return re.sub(r"https?://[^/]+", "", answer.location.partition("?")[0])


def add(person, section, **typed):
    return person.press(section, to="/addresses", **typed)


def seek(person, **typed):
    answer = person.press("/polling/", to="/polling/", **typed)
    return answer.status_code, answer.text.replace("\xa0", " ")


def test_one_section_is_the_section_of_everybody(secretary, client, at):
    written(secretary)
    page = client.get("/polling/", base_url=at(VILLAGE)).text.replace("\xa0", " ")
    assert "Всички гласуват в секция 1" in page
    assert "Рампа откъм двора" in page and "Гласува се на хартия на" in page


def test_an_address_is_found_and_written_nowhere(secretary, sign_in, uow_in, owner):
    first, second = written(secretary), written(secretary, number="2", place="Училището")
    assert add(secretary, first, street="ул. „Дунав“", side="odd").status_code == 303
    assert add(secretary, second, street="ул. „Дунав“", side="even").status_code == 303
    guest = sign_in(VILLAGE)
    status, page = seek(guest, street="дунав", number="14")
    assert status == 200 and "Вашата секция е 2" in page and "Училището" in page
    status, page = seek(guest, street="Дунав", number="")
    assert status == 422 and 'href="#number"' in page
    status, page = seek(guest, street="Тайната улица", number="3")
    assert status == 422 and "Тайната улица" in page  # what was typed stays
    with uow_in(VILLAGE) as uow:
        assert len(sections.open_addresses(uow)) == 2
    told = owner("select entry::text from t_gorno_selo.audit_entry entry")
    assert not any("айната" in str(row) for row in told)


def test_no_address_and_no_number_is_given_twice(secretary):
    first, second = written(secretary), written(secretary, number="2")
    assert add(secretary, first, street="Дунав", side="all").status_code == 303
    answer = add(secretary, second, street="ул. „Дунав“", side="even")
    assert answer.status_code == 422 and "вече в секция 1" in answer.text.replace("\xa0", " ")
    answer = secretary.press("/console/polling/new", **ROOM)
    assert answer.status_code == 422 and 'href="#number"' in answer.text
    assert secretary.press(first, to="/close").status_code == 303
    assert add(secretary, second, street="Дунав", side="even").status_code == 303
    assert secretary.press(first, to="/reopen").status_code == 409  # its addresses are taken


def test_the_same_form_twice_is_one_section(secretary, uow_in):
    once = str(uuid4())
    assert written(secretary, request_id=once) == written(secretary, request_id=once)


def seat(person, vote_id, section, **changed):
    path = f"/console/polling/votes/{vote_id}/{section.rpartition('/')[2]}/commission"
    typed = {"office": "chair", "name": "Йонка Опитова", "phone": "0888 12 34 56", **changed}
    return person.press(path, to="/commission", **typed), path


def test_a_commission_is_sealed_counted_and_forgotten(secretary, vote_id, uow_in, owner):
    section = written(secretary)
    answer, path = seat(secretary, vote_id, section)
    assert answer.status_code == 303
    page = secretary.get(path).text
    assert "Йонка" in page and "+359888123456" in page
    [(name, phone)] = owner("select name, phone from t_gorno_selo.polling_member")
    assert "Йонка".encode() not in bytes(name) and b"888" not in bytes(phone)
    answer, _ = seat(secretary, vote_id, section)
    assert answer.status_code == 422 and 'href="#office' in answer.text  # one chair
    answer, _ = seat(secretary, vote_id, section, office="member", phone="12")
    assert answer.status_code == 422 and 'href="#phone"' in answer.text
    for _ in range(5):
        assert seat(secretary, vote_id, section, office="member")[0].status_code == 303
    assert seat(secretary, vote_id, section, office="member")[0].status_code == 422
    with uow_in(VILLAGE) as uow:
        [count] = commissions.counts_of(uow, votes.vote_of(uow, vote_id)).values()
        assert (count.members, count.has_chair, count.is_whole) == (6, True, False)
        object.__setattr__(uow, "now", uow.now + timedelta(days=20 + 181))
        forget_commissions(uow)
        assert uow.session.scalars(select(CommissionMember.id)).all() == []


def test_a_member_is_edited_and_leaves(secretary, vote_id):
    _, path = seat(secretary, vote_id, written(secretary))
    one = re.search(rf"{path}/[0-9a-f-]{{36}}", secretary.get(path).text)[0]
    assert secretary.press(one, name="Йонка Опитова", phone="12").status_code == 422
    assert secretary.press(one, name="Йонка Друга", phone="0888 12 34 57").status_code == 303
    page = secretary.get(path).text
    assert "Йонка Друга" in page and "+359888123457" in page
    assert secretary.press(one, to="/remove").status_code == 303
    assert "Йонка" not in secretary.get(path).text
    assert secretary.get(one).status_code == 404


def test_the_clerk_keeps_sections_and_sees_no_names(secretary, vote_id, sign_in, client, at):
    section = written(secretary)
    _, path = seat(secretary, vote_id, section)
    clerk, mayor = sign_in(VILLAGE, Role.REGISTRY_CLERK), sign_in(VILLAGE, Role.MAYOR)
    vote = f"/console/polling/votes/{vote_id}"
    page = clerk.get(vote).text
    assert "Йонка" not in page and path not in page
    assert clerk.get(path).status_code == 403
    assert clerk.get(f"{vote}/letters.pdf").status_code == 403
    assert mayor.get("/console/polling/").status_code == 403
    neighbour = sign_in(NEIGHBOUR, Role.SECRETARY)
    papers = [f"{vote}/{name}.pdf" for name in PAPERS]
    materials = f"{vote}/{section.rpartition('/')[2]}/materials"
    for page in (section, vote, path, materials, *papers):
        assert (secretary.get(page).status_code, neighbour.get(page).status_code) == (200, 404)
    assert "Йонка" not in client.get("/polling/sections", base_url=at(VILLAGE)).text


def test_whoever_is_not_trained_by_now_is_printed_to_be_called(
    secretary, vote_id, sign_in, owner, uow_in
):
    section, vote = written(secretary), f"/console/polling/votes/{vote_id}"
    tomorrow = (today() + timedelta(days=1)).isoformat()
    told = {"trained_on": today().isoformat(), "course": "Ръководство, издание 2"}
    _, path = seat(secretary, vote_id, section, **told)
    assert "Ръководство, издание 2" in secretary.get(path).text
    assert "обучени 1" in secretary.get(vote).text.replace("\xa0", " ")
    seat(secretary, vote_id, section, office="member", name="Фикт Утрешен", trained_on=tomorrow)
    seat(secretary, vote_id, section, office="secretary", name="Проба Некога")
    page = secretary.get(vote).text.replace("\xa0", " ")
    assert "обучени 1" in page and "Комисията не е готова" in page
    assert secretary.get(f"{vote}/untrained.pdf").data.startswith(b"%PDF")
    with uow_in(VILLAGE) as uow:
        called = votes.vote_of(uow, vote_id)
        [room] = votes.sections_of(uow, called)
        names = [one.name for one in commissions.untrained_of(uow, called, [room.id])]
        assert names == ["Проба Некога", "Фикт Утрешен"]
    assert sign_in(VILLAGE, Role.REGISTRY_CLERK).get(f"{vote}/untrained.pdf").status_code == 403
    assert sign_in(NEIGHBOUR, Role.SECRETARY).get(f"{vote}/untrained.pdf").status_code == 404


def test_records_of_training_name_courses_where_that_part_is_on(secretary, vote_id, sign_in):
    _, path = seat(secretary, vote_id, written(secretary))
    assert "/console/training/" not in secretary.get(path).text
    admin = sign_in(VILLAGE, Role.ADMIN)
    assert admin.press("/console/tenants/training", to="/on").status_code == 303
    assert 'href="/console/training/"' in secretary.get(path).text


def test_looking_at_a_commission_is_recorded_once_a_sitting(secretary, vote_id, owner):
    section = written(secretary)
    _, path = seat(secretary, vote_id, section)
    for page in (path, path, f"/console/polling/votes/{vote_id}/letters.pdf"):
        assert secretary.get(page).status_code == 200
    looks = owner("select purpose from t_gorno_selo.purposes_look where part = 'polling'")
    assert [tuple(row) for row in looks] == [("appoint",)]


def test_materials_are_reckoned_then_written(secretary, vote_id):
    section = written(secretary)
    second = written(secretary, number="2")
    vote = f"/console/polling/votes/{vote_id}"
    kit = f"{vote}/{section.rpartition('/')[2]}/materials"
    assert 'value="454"' in secretary.get(kit).text  # 412 + 10 % = 453.2, rounded up
    seals = {"first_seal": "101", "last_seal": "104", "packed_on": today().isoformat()}
    assert secretary.press(kit, **seals).status_code == 303
    other = f"{vote}/{second.rpartition('/')[2]}/materials"
    answer = secretary.press(other, first_seal="104", last_seal="104")
    assert answer.status_code == 422 and "вече в секция 1" in answer.text.replace("\xa0", " ")
    answer = secretary.press(other, envelopes="1")
    assert answer.status_code == 422 and 'href="#envelopes"' in answer.text
    for paper in PAPERS:
        assert secretary.get(f"{vote}/{paper}.pdf").data.startswith(b"%PDF")


@pytest.mark.verapdf
def test_papers_out_of_the_register_keep_both_standards(secretary, vote_id, judge):
    section = written(secretary)
    seat(secretary, vote_id, section)
    vote = f"/console/polling/votes/{vote_id}"
    kit = f"{vote}/{section.rpartition('/')[2]}/materials"
    assert secretary.press(kit, first_seal="101", last_seal="104").status_code == 303
    told = secretary.get(vote).text
    for paper in PAPERS:
        assert f"{paper}.pdf" in told
    assert judge({paper: secretary.get(f"{vote}/{paper}.pdf").data for paper in PAPERS}) == []


@pytest.mark.parametrize(("voters", "ballots", "lists"), [(0, 0, 0), (1, 2, 1), (100, 110, 5)])
def test_spare_ballots_are_rounded_up(voters, ballots, lists):
    found = reckoned(voters, spare=10)
    assert (found.ballots, found.envelopes, found.lists) == (ballots, ballots, lists)
    assert found.protocols == 2


def test_papers_tell_how_a_ballot_is_marked_by_the_reading_that_holds_here(
    secretary, vote_id, uow_in, monkeypatch
):
    written(secretary)
    printed = []
    monkeypatch.setattr(papers, "tables_pdf", lambda *told, **_: printed.append(str(told)) or b"")
    vote = f"/console/polling/votes/{vote_id}"

    def told():
        printed.clear()
        for paper in ("protocols", "sheets", "notices"):
            assert secretary.get(f"{vote}/{paper}.pdf").status_code == 200
        return printed

    assert ["кутийка" in paper for paper in told()] == [True] * 3
    assert not any("ачеркн" in paper for paper in printed)
    with uow_in(VILLAGE) as uow:
        crossed = ReferendumSettings(crosses_out=True)
        save_settings(uow, "referendum", crossed, expected_version=0)
        uow.commit()
    assert ["ачерк" in paper for paper in told()] == [True] * 3
    assert not any("кутийка" in paper for paper in printed)


class NoonBus:
    """One bus from one village: there before noon, back in the afternoon."""

    asked: ClassVar[list] = []

    def origins(self, uow, destination):
        return ["00002"] if destination == "00001" else []

    def round_trips(self, uow, *, origin, destination, visits):
        self.asked.extend((origin, destination, visit) for visit in visits)
        [(start, end)] = visits
        trip = RoundTrip(
            departs_at=start - timedelta(hours=1),
            arrives_at=start - timedelta(minutes=20),
            returns_at=end + timedelta(minutes=15),
            home_at=end + timedelta(hours=1),
            lines=("ред 7",),
        )
        return [trip]


@pytest.fixture
def buses(app, monkeypatch):
    monkeypatch.setattr(NoonBus, "asked", [])
    parts = app.extensions["obshto"].parts
    offers = replace(parts["hours"], offers={BusRoutes: NoonBus()})
    monkeypatch.setitem(parts, "hours", offers)
    villages = {"00001": "с. Горно село", "00002": "с. Долно поле"}
    monkeypatch.setattr("obshto.modules.polling.forms.page_context.names_here", named(villages))
    return NoonBus


def named(villages):
    return lambda _uow: {code: {"bg": name} for code, name in villages.items()}


def test_who_votes_in_another_village_is_told_the_bus_there_and_back(
    secretary, vote_id, buses, sign_in, uow_in
):
    section = written(secretary, settlement="00001")
    written(secretary, number="2", place="Училището", settlement="00001")
    for code in ("00001", "00002"):
        typed = {"street": f"Първа {code}", "side": "all", "settlement": code}
        assert add(secretary, section, **typed).status_code == 303
    guest = sign_in(VILLAGE)
    status, page = seek(guest, settlement="00002", street="Първа 00002", number="3")
    assert status == 200 and "Вашата секция е 1" in page
    assert "Автобус натам" in page and "Линия" in page and "ред 7" in page
    [(origin, destination, (start, end))] = buses.asked
    assert (origin, destination) == ("00002", "00001")
    with uow_in(VILLAGE) as uow:
        vote_on = uow.session.get(Referendum, vote_id).vote_on
    noon = datetime.combine(vote_on, time(12), SOFIA)
    assert (start, end) == (noon, noon + timedelta(minutes=30))
    for hour in (noon - timedelta(hours=1), noon + timedelta(minutes=45)):
        assert f"{hour:%-H:%M}" in page
    status, page = seek(guest, settlement="00001", street="Първа 00001", number="3")
    assert status == 200 and "Автобус" not in page and len(buses.asked) == 1


def test_where_no_bus_goes_none_is_told(secretary, buses, sign_in, monkeypatch):
    section = written(secretary, settlement="00001")
    written(secretary, number="2", place="Училището", settlement="00001")
    typed = {"street": "Първа", "side": "all", "settlement": "00002"}
    assert add(secretary, section, **typed).status_code == 303
    monkeypatch.setattr(NoonBus, "round_trips", lambda *_, visits, **__: [None] * len(visits))
    status, page = seek(sign_in(VILLAGE), settlement="00002", street="Първа", number="3")
    assert status == 200 and "Вашата секция е 1" in page and "Автобус" not in page
