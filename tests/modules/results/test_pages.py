"""Pages of results: roles, a section's page by its code, two people at once, what all see."""

import json
import re
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import select

from obshto.modules.polling.models import PollingSection
from obshto.modules.results.models import ProtocolEntry, TurnoutReport, VoteNight
from obshto.modules.results.services import states
from obshto.modules.results.services.codes import section_code
from obshto.modules.results.services.states import COUNTING
from obshto.platform.legal.procedures import Procedure
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
GOOD = {"listed": 500, "signed": 300, "ballots": 300, "yes": 200, "no": 90, "invalid": 10}
OTHER = {"listed": 1233, "signed": 400, "ballots": 400, "yes": 250, "no": 140, "invalid": 10}


@pytest.fixture
def sections(uow_in, vote_id):
    with uow_in(VILLAGE) as uow:
        order = select(PollingSection.id).order_by(PollingSection.number)
        return list(uow.session.scalars(order))


@pytest.fixture
def secretary(vote_id, sign_in):
    return sign_in(VILLAGE, Role.SECRETARY, name="Проба Секретар")


@pytest.fixture
def clerk(vote_id, sign_in):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK, name="Проба Деловодител")


def plain(answer):
    return answer.text.replace("\xa0", " ")


def read(answer):
    """What stands on the page; ids in its addresses may have any digits."""
    return re.sub(r"<[^>]+>", " ", plain(answer))


def home(vote_id, section_id=None):
    whole = f"/console/results/{vote_id}"
    return f"{whole}/sections/{section_id}" if section_id else whole


def enter(person, page, told, number=1, **more):
    sent = {name: str(value) for name, value in {**told, "complaints": 0, "number": number}.items()}
    return person.press(f"{page}/protocol", to="/protocol", **{**sent, **more})


def photo(person, page, colour="red"):
    stream = BytesIO()
    Image.new("RGB", (60, 40), colour).save(stream, "PNG")
    stream.seek(0)
    return person.press(page, to="/photo", file=(stream, "протокол.png"))


def test_a_night_with_a_contradictory_protocol(vote_id, sections, secretary, clerk, client, at):
    """Two people read two protocols; one goes back; the result is announced with its reasons."""
    first, second = (home(vote_id, one) for one in sections)
    assert enter(clerk, first, GOOD).status_code == 303
    assert "200" not in read(secretary.get(first))  # who reads second does not see the first
    refused = enter(clerk, first, GOOD)
    assert refused.status_code == 422 and "друг човек" in plain(refused)
    assert enter(secretary, first, GOOD).status_code == 303
    broken = {**OTHER, "ballots": 401}
    assert enter(clerk, second, broken, 2).status_code == 303
    assert enter(secretary, second, broken, 2).status_code == 303
    page = plain(secretary.get(second))
    assert "Числата си противоречат" in page and "разликата е 1" in page
    back = plain(secretary.get(f"{second}/return"))
    assert "Бюлетините в кутията са точно колкото подписите" in back
    assert secretary.press(f"{second}/return", words="Пребройте").status_code == 303
    for person in (clerk, secretary):
        assert enter(person, second, OTHER, 2).status_code == 303
    act = f"{home(vote_id)}/acts/announce"
    assert secretary.press(act, words="").status_code == 422
    assert secretary.press(act, words="Решение 7").status_code == 303
    shown = plain(client.get(f"/results/{vote_id}", base_url=at(VILLAGE)))
    assert "Въпросът е приет" in shown and "1733 × 2 ÷ 5, закръглено нагоре = 694" in shown
    assert "Решение 7" in shown and "Проба" not in shown
    assert client.get(f"/results/{vote_id}/protocols.csv", base_url=at(VILLAGE)).status_code == 200
    late = secretary.press(f"{home(vote_id)}/acts/lapse")
    assert late.status_code == 422 and "Защо?" in plain(late)


def test_a_protocol_of_another_section_keeps_what_was_typed(vote_id, sections, clerk):
    page = home(vote_id, sections[0])
    answer = enter(clerk, page, GOOD, number=2)
    assert answer.status_code == 422 and 'href="#number"' in answer.text
    assert 'value="200"' in answer.text
    for wrong in ("-1", "много", ""):
        assert enter(clerk, page, {**GOOD, "yes": wrong}).status_code == 422


def test_the_same_form_twice_is_one_entry(vote_id, sections, clerk, uow_in):
    once, page = str(uuid4()), home(vote_id, sections[0])
    for _ in range(2):
        assert enter(clerk, page, GOOD, request_id=once).status_code == 303
    with uow_in(VILLAGE) as uow:
        assert len(uow.session.scalars(select(ProtocolEntry)).all()) == 1


def code_of(uow_in, vote_id, section_id):
    with uow_in(VILLAGE):
        return section_code(VoteNight(vote_id=vote_id, code_round=0, state=COUNTING), section_id)


def test_a_section_reports_from_a_phone_with_its_code(vote_id, sections, sign_in, uow_in, owner):
    guest, code = sign_in(VILLAGE), code_of(uow_in, vote_id, sections[0])
    wrong = guest.press("/results/section", number="2", code=code)
    assert wrong.status_code == 422 and 'href="#code"' in wrong.text
    opened = guest.press("/results/section", number="1", code=code)
    assert opened.status_code == 200 and "Съобщете активност" in plain(opened)
    ticket = re.search(r'name="ticket"[^>]*value="([^"]+)"', opened.text)[1]
    sent = {"ticket": ticket, "hour": "10", "voted": "42"}
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', opened.text)[1]
    for _ in range(2):
        saved = guest.post("/results/section/turnout", {**sent, "csrf_token": token})
        assert saved.status_code == 200 and "Активността е записана" in plain(saved)
    more = guest.post("/results/section/turnout", {**sent, "voted": "501", "csrf_token": token})
    assert more.status_code == 422 and 'value="501"' in more.text
    bad = guest.post(
        "/results/section/turnout", {**sent, "ticket": f"{ticket}x", "csrf_token": token}
    )
    assert bad.status_code == 422
    with uow_in(VILLAGE) as uow:
        [row] = uow.session.scalars(select(TurnoutReport))
        assert (row.voted, row.by_id) == (42, None)
    shown = plain(guest.get(f"/results/{vote_id}"))
    assert "До 10 часа" in shown and "42" in shown and "Читалището" not in shown
    told = owner("select entry::text from t_gorno_selo.audit_entry entry")
    assert not any(code in str(row) for row in told)


def test_a_clerk_writes_what_is_phoned_in(vote_id, sections, clerk):
    page = home(vote_id, sections[0])
    assert clerk.press(page, to="/turnout", hour="13", voted="120").status_code == 303
    assert "по телефона" in plain(clerk.get(page))
    answer = clerk.press(page, to="/turnout", hour="16", voted="119")
    assert answer.status_code == 422 and 'value="119"' in answer.text


def test_the_radar_says_how_many_are_needed_and_turnout_writes_nobody(
    vote_id, sections, clerk, client, at, owner
):
    for section, hour, voted in ((sections[0], "10", "100"), (sections[1], "10", "43")):
        typed = {"hour": hour, "voted": voted}
        assert clerk.press(home(vote_id, section), to="/turnout", **typed).status_code == 303
    shown = plain(client.get(f"/results/{vote_id}", base_url=at(VILLAGE)))
    # Two fifths of 1 733, rounded up (чл. 41, ал. 1).
    for words in ("694 трябва да гласуват", "143 са гласували дотук", "551 още трябват"):
        assert words in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown)), words
    assert owner("select count(*) from t_gorno_selo.notify_message") == [(0,)]


def test_a_photo_is_for_who_enters_and_opening_it_is_recorded(
    vote_id, sections, clerk, secretary, client, at, owner
):
    first, second = (home(vote_id, one) for one in sections)
    assert photo(clerk, first).status_code == 303
    again = photo(clerk, second)
    assert again.status_code == 422 and "вече е към секция 1" in plain(again)
    assert "<img" in clerk.get(f"{first}/protocol").text
    assert secretary.get(f"{first}/photo").mimetype == "image/webp"
    assert client.get(f"{first}/photo", base_url=at(VILLAGE)).status_code in (302, 303, 403)
    looks = owner("select purpose from t_gorno_selo.purposes_look where part = 'results'")
    assert [tuple(row) for row in looks] == [("compare",)]


def test_roles_and_neighbours(vote_id, sections, clerk, sign_in, client, at):
    section = home(vote_id, sections[0])
    for page in (home(vote_id), section, f"{section}/protocol", f"{home(vote_id)}/summary.pdf"):
        assert clerk.get(page).status_code == 200
        assert sign_in(VILLAGE, Role.MAYOR).get(page).status_code == 403
        assert sign_in(NEIGHBOUR, Role.SECRETARY).get(page).status_code == 404
    for page in ("codes.pdf", "acts/announce", "duties/new", "report"):
        assert clerk.get(f"{home(vote_id)}/{page}").status_code == 403
    for act in ("return", "accept", "absent"):
        assert clerk.get(f"{section}/{act}").status_code == 403
    assert client.get(f"/results/{vote_id}", base_url=at(NEIGHBOUR)).status_code == 404
    assert client.get(f"/results/{vote_id}/protocols.csv", base_url=at(VILLAGE)).status_code == 404


def test_who_decides_about_a_protocol_is_a_row_of_the_law(
    vote_id, sections, clerk, secretary, monkeypatch
):
    """A law lets who enters protocols say that there is none; nobody else's act moves with it."""
    section, words = home(vote_id, sections[0]), "Отбележете, че няма протокол"
    assert words in plain(secretary.get(section)) and words not in plain(clerk.get(section))
    file = Path(states.__file__).parents[1] / "data" / "protocol.json"
    told = json.loads(file.read_text("utf-8"))
    [row] = [row for row in told["acts"] if row["id"] == "absent"]
    told["acts"].append({**row, "who": "reader", "from": "2026-11-02"})
    changed = Procedure(told, states.PROTOCOL_WORDS, states.protocol_act)
    monkeypatch.setattr(states, "READING", changed)
    assert words in plain(clerk.get(section))
    assert clerk.press(f"{section}/absent", words="Наводнение").status_code == 303
    page = plain(clerk.get(section))
    assert "Няма протокол" in page and "Наводнение" in page
    assert "Въведете отначало" not in page and clerk.get(f"{section}/return").status_code == 403
    assert "Въведете отначало" in plain(secretary.get(section))


def test_a_returned_protocol_can_be_returned_in_other_words(vote_id, sections, clerk, secretary):
    section = home(vote_id, sections[0])
    assert enter(clerk, section, GOOD).status_code == 303
    for words in ("Няма подпис", "Няма печат"):
        assert secretary.press(f"{section}/return", words=words).status_code == 303
        page = plain(secretary.get(section))
        assert words in page and "Върнете протокола на секцията" in page
    assert enter(clerk, section, GOOD).status_code == 303


def test_papers_for_the_sections(vote_id, secretary):
    for paper in ("codes", "summary"):
        assert secretary.get(f"{home(vote_id)}/{paper}.pdf").data.startswith(b"%PDF")
    page = home(vote_id)
    assert secretary.press(page, to="/codes").status_code == 303
    assert secretary.press(page, to="/rule", is_together="y").status_code == 303
    assert "няма изискване" in plain(secretary.get(page))


def test_the_desk_of_a_referendum_leads_to_the_count(vote_id, secretary, client, at):
    desk = plain(secretary.get(f"/console/referendum/{vote_id}"))
    assert home(vote_id) in desk and "Запишете резултата" not in desk
    assert secretary.get(f"/console/referendum/{vote_id}/steps/overturn").status_code == 404
    shown = client.get(f"/referendum/{vote_id}", base_url=at(VILLAGE)).text
    assert f"/results/{vote_id}" in shown
