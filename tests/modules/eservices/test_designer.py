"""The service designer: a clerk makes a service, tries it, publishes it; people apply for it."""

import html
import json
import re
from uuid import uuid4

import pytest

from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
OWN = "/console/eservices/own"
HALL = "Разрешение за ползване на спортната зала"


@pytest.fixture
def designer(offered, sign_in):
    return sign_in(VILLAGE, Role.SECRETARY, name="Сийка Секретарова", email="s@v.example")


def text(page):
    return html.unescape(re.sub(r"\s+", " ", page.text.replace("\xa0", " ")))


class Design:
    """The designer's pages, as somebody who fills them in."""

    def __init__(self, person, walking, title=HALL, origin=""):
        self.person, self.walking = person, walking
        data = {"request_id": uuid4(), "title": title, "need": "property", "origin": origin}
        answer = person.post(f"{OWN}/new", data)
        assert answer.status_code == 303, text(answer)
        self.path = re.search(rf"{OWN}/[0-9a-f-]{{36}}", answer.location)[0]

    @property
    def page(self):
        return self.person.get(self.path)

    def save(self, part, status=303, **data):
        path = f"{self.path}/{part}"
        shown = self.person.get(path)
        assert shown.status_code == 200, (part, shown.status_code)
        sent = {**filled(shown), **data, "expected_version": self.walking.seen_on(shown)}
        answer = self.person.post(path, {k: v for k, v in sent.items() if v is not None})
        assert answer.status_code == status, text(answer)[:3000]
        return answer

    def about(self, **changed):
        self.save("about", law="Наредба за спортните имоти, чл. 12", **changed)

    def step(self, title):
        self.save("steps/new", title=title)
        return re.findall(r"/steps/(step-\d+)", self.page.text)[-1]

    def ask(self, place, label, kind="text", **more):
        self.save(f"add/{place}", label=label, kind=kind, **{"required": "y", **more})

    def press(self, path):
        return self.person.press(self.path, to=path)

    def publish(self, note="Първа версия"):
        return self.save("publish", note=note)

    @property
    def key(self):
        return re.search(r"/eservices/(own-[0-9a-f]+)", self.page.text)[1]


def filled(page):
    """What the boxes of a page hold, as a browser would send them again."""
    found = {}
    for tag in re.findall(r"<input [^>]*>", page.text):
        name, value = (re.search(rf' {a}="([^"]*)"', tag) for a in ("name", "value"))
        is_box = 'type="checkbox"' in tag or 'type="radio"' in tag
        if name and (not is_box or " checked" in tag):
            found[name[1]] = html.unescape(value[1]) if value else ""
    areas = re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>(.*?)</textarea>', page.text, re.S)
    found |= {name: html.unescape(words) for name, words in areas}
    for name, inside in re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', page.text, re.S):
        options = re.findall(r"<option [^>]*>", inside)
        chosen = next((o for o in options if " selected" in o), options[0])
        found[name] = html.unescape(re.search(r'value="([^"]*)"', chosen)[1])
    return found


@pytest.fixture
def hall(designer, walking):
    """A service with a condition, a fee and a term of its own, ready to be published."""
    design = Design(designer, walking)
    design.about()
    use = design.step("Кога и за какво")
    design.ask(use, "За какво Ви трябва залата?", "radios", options="Тренировка\nТържество")
    design.ask(use, "Дата на ползване", "date")
    more = design.step("Още за тържеството")
    design.ask(more, "Колко души ще дойдат?", "number", when0="za_kakvo_vi_triabva_zalata=a2")
    design.ask(more, "Отговорник", "person", purpose="да знаем кой отговаря за реда")
    design.ask(more, "Ще пазя реда", "declaration", options="Ще пазя реда и имуществото.")
    design.save(
        "terms", rule="apk_general", own_days="5", own_kind="workdays", fee="12,50", official="Кмет"
    )
    design.save("letters", issued="Ключът се взима от портиера.")
    return design


def answers(walking, **own):
    return {
        **{name: walking.answers[name] for name in ("acting", "identity", "address", "contact")},
        **own,
        "delivery": {"delivery": "office"},
    }


PARTY = {
    "step-1": {
        "za_kakvo_vi_triabva_zalata": "a2",
        "data_na_polzvane": ["12", "1", "2027"],
    },
    "step-2": {
        "kolko_dushi_shte_doidat": "40",
        "otgovornik-0-name": "Пена Иванова Пробова",
        "otgovornik-0-egn": "0307159274",
        "shte_pazia_reda": "a1",
    },
}


def test_a_service_made_without_code_is_applied_for_and_decided(
    hall, citizen, clerk, walking, visitor
):
    assert HALL not in text(visitor.get("/eservices/"))
    hall.publish()
    key = hall.key
    assert HALL in text(visitor.get("/eservices/"))
    assert HALL in text(visitor.get("/eservices/?q=спортната зала"))
    page = text(visitor.get(f"/eservices/{key}"))
    assert "Срокът на общината в работни дни: 5" in page and "12,50 €" in page
    assert "Колко души ще дойдат" in text(visitor.get(f"/eservices/{key}/form"))
    ref = walking.begin(citizen, key)
    walking.fill(citizen, ref, answers(walking, **PARTY))
    check = text(citizen.get(f"/eservices/drafts/{ref}"))
    assert "Пена Иванова Пробова, 0307159274" in check
    case = re.search(r"cases/([0-9a-f-]{36})", walking.send(citizen, ref).location)[1]
    path = f"/console/eservices/{case}"
    assert clerk.press(path, to="/take").status_code == 303
    shown = clerk.get(f"{path}/issue")
    answer = clerk.post(
        f"{path}/issue",
        {"decision_text": "Залата е Ваша.", "expected_version": walking.seen_on(shown)},
    )
    assert answer.status_code == 303, text(answer)
    assert "Издадено" in text(citizen.get(f"/eservices/cases/{case}"))
