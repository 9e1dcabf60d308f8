"""Pages of consultations: said without an account, confirmed, entered, answered, told; no name."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pikepdf
import pytest
from sqlalchemy import select, update
from support.consultation_pages import NAME, NEIGHBOUR, VILLAGE, WORDS, WRITTEN, enter, path_of
from support.pdf_text import pages_of

from obshto.modules.consultations.models import Consultation, Opinion
from obshto.modules.consultations.paper import paper_of
from obshto.modules.consultations.services.codes import code_of
from obshto.modules.consultations.services.regional import show_in_region
from obshto.platform.clock import now
from obshto.platform.notify.models import Message
from obshto.platform.permissions import Role
from obshto.platform.storage.samples import sample_picture
from obshto.platform.web.formats import day


@pytest.fixture
def switched_on(sign_in):
    for village in (VILLAGE, NEIGHBOUR):
        admin = sign_in(village, Role.ADMIN)
        assert admin.press("/console/tenants/consultations", to="/on").status_code == 303


@pytest.fixture
def secretary(sign_in, switched_on):
    return sign_in(VILLAGE, Role.SECRETARY)


@pytest.fixture
def opened(secretary):
    """The id of a published consultation."""
    made = secretary.post("/console/consultations/new", {**WRITTEN, "request_id": uuid4()})
    path = path_of(made)
    assert path_of(secretary.press(f"{path}/publish")) == path
    return path.rpartition("/")[2]


@pytest.fixture
def visitor(opened, client, at):
    class Visitor:
        def get(self, path, village=VILLAGE):
            return client.get(path, base_url=at(village))

        def post(self, path, data=None, village=VILLAGE):
            return client.post(path, data=data or {}, base_url=at(village))

        def say(self, **changed):
            typed = {
                "words": WORDS,
                "author": NAME,
                "behalf": "own",
                "email": "author@villages.example",
                "request_id": uuid4(),
            }
            return self.post(f"/consultations/{opened}/say", {**typed, **changed})

    return Visitor()


@pytest.fixture
def ended(uow_in, opened):
    def end():
        with uow_in(VILLAGE) as uow:
            closes_at = now() - timedelta(seconds=1)
            row = update(Consultation).where(Consultation.id == opened)
            uow.session.execute(row.values(closes_at=closes_at))
            uow.session.commit()

    return end


def test_everybody_reads_the_draft_with_its_term(visitor, opened):
    page = visitor.get(f"/consultations/{opened}").text
    assert "Наредба за дърветата" in page and "Втори абзац" in page
    assert "ЗНА чл. 26" in page.replace("\xa0", " ")
    assert "Наредба за дърветата" in visitor.get("/consultations/").text


def test_a_stranger_says_it_and_confirms_by_the_letter(visitor, opened, owner):
    once = uuid4()
    assert path_of(visitor.say(request_id=once)) == "/consultations/confirm"
    assert path_of(visitor.say(request_id=once)) == "/consultations/confirm"
    page = visitor.get(f"/consultations/{opened}").text
    assert WORDS not in page
    found = owner("select count(*) from t_gorno_selo.consultations_opinion")
    assert found == [(1,)]


def test_the_link_of_the_letter_shows_and_a_button_confirms(visitor, opened, code_of_first):
    visitor.say(shows_name="y")
    code = code_of_first()
    path = f"/consultations/confirm/{code}"
    asked = visitor.get(path)
    assert WORDS in asked.text and "-00001" not in asked.text
    assert path_of(visitor.post(path)) == f"/consultations/opinion/{code}"
    assert path_of(visitor.post(path)) == f"/consultations/opinion/{code}"
    assert path_of(
        visitor.get(path).__class__ and visitor.post("/consultations/confirm", {"code": code})
    )
    own = visitor.get(f"/consultations/opinion/{code}").text
    assert re.search(r"20\d\d-00001", own)
    page = visitor.get(f"/consultations/{opened}/opinions").text
    assert WORDS in page and NAME in page
    assert visitor.get(f"/consultations/opinion/{code}", village=NEIGHBOUR).status_code == 404
    assert visitor.get(path, village=NEIGHBOUR).status_code == 404


@pytest.fixture
def code_of_first(uow_in):
    def find():
        with uow_in(VILLAGE) as uow:
            request_id = uow.session.scalar(select(Opinion.request_id).order_by(Opinion.sent_at))
            return code_of(request_id)

    return find


def test_what_is_wrong_is_said_and_what_was_typed_stays(visitor):
    for changed, said in (
        ({"email": ""}, "имейл"),
        ({"words": ""}, "Напишете становището"),
        ({"author": ""}, "Напишете имената си"),
        ({"behalf": "organisation"}, "Напишете името на организацията"),
        ({"behalf": "king"}, "Изберете отговор"),
        ({"paragraph": "9", "stance": "change"}, "от 1 до 2"),
        ({"paragraph": "втори", "stance": "change"}, "цифри"),
        ({"paragraph": "1"}, "Изберете отговор"),
        ({"paragraph": "1", "stance": "love"}, "Изберете отговор"),
        ({"file": (BytesIO(b"MZ\x00"), "a.exe")}, "Изберете файл"),
    ):
        answer = visitor.say(**changed)
        assert answer.status_code == 422, changed
        assert said in answer.text.replace("\xa0", " "), changed
        assert changed.get("words", WORDS) in answer.text


def test_too_late_says_the_second_and_keeps_the_text(visitor, opened, ended):
    ended()
    answer = visitor.say()
    assert answer.status_code == 409
    assert re.search(r"\d\d:\d\d:\d\d", answer.text) and WORDS in answer.text
    assert "Изпратете становището" not in answer.text


def test_a_profile_has_its_number_at_once_and_nobody_else_opens_it(
    sign_in, opened, visitor, switched_on
):
    person = sign_in(VILLAGE, name="Проба Гражданинова", email="citizen@villages.example")
    typed = {"words": WORDS, "author": NAME, "behalf": "own", "request_id": uuid4()}
    receipt = path_of(person.post(f"/consultations/{opened}/say", typed))
    assert re.search(r"20\d\d-00001", person.get(receipt).text)
    assert WORDS in person.get(receipt).text
    assert "-00001" in person.get("/consultations/mine").text
    assert visitor.get(receipt).status_code in (302, 303)
    other = sign_in(VILLAGE, name="Друг Човек", email="other@villages.example")
    assert other.get(receipt).status_code == 404
    assert NAME not in visitor.get(f"/consultations/{opened}").text


def test_one_supports_an_opinion_once_and_takes_it_back(sign_in, secretary, opened):
    _, opinion = enter(secretary, opened)
    person = sign_in(VILLAGE, name="Проба Гражданинова", email="citizen@villages.example")
    path = f"/consultations/{opened}/opinions/{opinion}/support"
    for _ in range(2):
        assert person.post(path, {"give": "y"}).status_code == 303
    assert "Подкрепя го 1 човек" in person.get(f"/consultations/{opened}/opinions").text
    person.post(path, {"give": ""})
    assert "Подкрепя го" not in person.get(f"/consultations/{opened}/opinions").text
    other = "00000000-0000-0000-0000-000000000001"
    assert person.post(f"/consultations/{opened}/opinions/{other}/support").status_code == 404


def test_nobody_supports_an_own_opinion(sign_in, opened):
    person = sign_in(VILLAGE, name="Проба Гражданинова", email="citizen@villages.example")
    typed = {"words": WORDS, "author": NAME, "behalf": "own", "request_id": uuid4()}
    opinion = path_of(person.post(f"/consultations/{opened}/say", typed)).rpartition("/")[2]
    page, path = f"/consultations/{opened}/opinions", f"/opinions/{opinion}/support"
    assert path not in person.get(page).text
    refused = person.post(f"/consultations/{opened}{path}", {"give": "y"})
    assert refused.status_code == 409 and "Ваше становище" in refused.text.replace("\xa0", " ")
    assert "Подкрепя го" not in person.get(page).text
    reader = sign_in(VILLAGE, name="Друг Човек", email="other@villages.example")
    assert path in reader.get(page).text


def test_the_clerk_is_asked_for_the_author_s_name(secretary, opened):
    page = secretary.post(
        f"/console/consultations/{opened}/enter", {"words": WORDS, "request_id": uuid4()}
    )
    assert page.status_code == 422 and "Напишете имената на автора" in page.text


def test_the_clerk_enters_paper_prints_the_slip_and_looks_for_a_purpose(
    secretary, opened, visitor, sign_in
):
    slip, opinion = enter(secretary, opened, phone="0933 11")
    page = secretary.get(slip).text
    number = re.search(r"20\d\d-\d{5}", page)[0]
    code = re.sub(r"\D", "", re.search(r'ob-number">([\d \xa0]+)<', page)[1])
    own = path_of(
        visitor.post(
            "/consultations/follow", {"number": number, "code": code, "request_id": uuid4()}
        )
    )
    assert WORDS in visitor.get(own).text
    desk = f"/console/consultations/opinions/{opinion}"
    assert NAME not in secretary.get(desk).text
    secretary.press(desk, to="/look", purpose="contact")
    assert NAME in secretary.get(desk).text
    assert "Свързва се с подателя" in visitor.get(own).text
    mayor = sign_in(VILLAGE, Role.MAYOR)
    assert mayor.get(slip).status_code == 403
    assert NAME not in mayor.get(desk).text


def test_from_answers_to_the_outcome(secretary, opened, visitor, ended):
    _, first = enter(secretary, opened)
    _, second = enter(
        secretary, opened, words="Не ми харесва", organisation="Клуб", behalf="organisation"
    )
    base = f"/console/consultations/{opened}"
    ended()
    said = {"outcome": "Прие се.", "changes": "Променихме втория абзац."}
    refused = secretary.press(f"{base}/outcome", **said)
    assert refused.status_code == 422 and "Становища без отговор: 2" in refused.text
    assert "Променихме втория абзац." in refused.text
    chosen = f"{base}/answer?chosen={first}&chosen={second}"
    assert WORDS in secretary.get(chosen).text
    told = {"chosen": [first, second], "outcome": "partly", "reason": "", "request_id": uuid4()}
    assert secretary.post(f"{base}/answer", told).status_code == 422
    assert secretary.post(f"{base}/answer", {**told, "reason": "Отчасти."}).status_code == 303
    untied = secretary.press(f"{base}/outcome", **said)  # no new text says what they moved
    assert untied.status_code == 422 and "Променихме втория абзац." in untied.text
    assert path_of(secretary.press(f"{base}/outcome", **said, knows_untied="y")) == base
    page = visitor.get(f"/consultations/{opened}").text
    assert (
        "Променихме втория абзац." in page
        and "Отчасти." in page
        and "Кого чухме" in page
        and "под 10" in page
    )
    table = visitor.get(f"/consultations/{opened}/table.csv").text
    assert "от името на Клуб" in table and NAME not in table
    record = visitor.get(f"/consultations/{opened}/record.json")
    assert record.json["table_sha256"] and NAME not in record.text
    assert visitor.get(f"/consultations/{opened}/table.pdf").status_code == 404  # not set yet
    assert secretary.get(f"{base}/heard").status_code == 200


def test_a_hidden_opinion_shows_its_reason_in_its_place(secretary, opened, visitor):
    _, opinion = enter(secretary, opened)
    path = f"/console/consultations/opinions/{opinion}/hide"
    assert secretary.press(path, words="", rule="personal").status_code == 422
    assert secretary.press(path, words="Телефон на съсед", rule="").status_code == 422
    assert secretary.press(path, words="Телефон на съсед", rule="personal").status_code == 303
    page = visitor.get(f"/consultations/{opened}/opinions").text
    assert "Правило 3: без чужди лични данни. Телефон на съсед" in page and WORDS not in page
    assert "Правило 3: без чужди лични данни" in visitor.get("/consultations/rules").text
    assert WORDS not in visitor.get(f"/consultations/{opened}/table.csv").text
    assert WORDS not in visitor.get(f"/consultations/{opened}/record.json").text


def test_a_wave_is_hidden_by_one_act_and_told_in_the_log(secretary, opened, visitor, sign_in):
    wave = [enter(secretary, opened, words=f"Купете тук {number}")[1] for number in range(3)]
    path = f"/console/consultations/{opened}/hide"
    asked = f"{path}?chosen={wave[0]}&chosen={wave[1]}"
    page = secretary.get(asked).text
    assert "Скриване на 2 становища" in page and "Купете тук 2" not in page
    [(address, fields)] = [form for form in secretary.forms(asked) if form[0] == path]
    typed = {**fields, "chosen": wave[:2], "rule": "advertising", "words": "Продава стока"}
    assert secretary.post(path, typed | {"words": ""}).status_code == 422
    for _ in range(2):  # a double click is one act
        assert secretary.post(path, typed).status_code == 303
    shown = visitor.get(f"/consultations/{opened}/opinions").text
    assert "Купете тук 2" in shown and "Купете тук 1" not in shown
    assert visitor.get("/moderation/").text.count("Продава стока") == 1
    editor, neighbour = sign_in(VILLAGE, Role.EDITOR), sign_in(NEIGHBOUR, Role.SECRETARY)
    assert (editor.get(path).status_code, neighbour.get(path).status_code) == (403, 404)


def test_each_role_may_what_its_words_say(sign_in, secretary, opened):
    base = f"/console/consultations/{opened}"
    _, opinion = enter(secretary, opened)
    may = {
        Role.EDITOR: {"": 200, "/text": 200, "/document": 200, "/publish": 403, "/enter": 403},
        Role.REGISTRY_CLERK: {"": 200, "/text": 403, "/enter": 200, "/answer": 403},
        Role.MAYOR: {"": 200, "/heard": 200, "/outcome": 403, "/extend": 403},
        Role.FINANCE_OFFICER: {"": 403, "/opinions": 403},
    }
    for role, pages in may.items():
        person = sign_in(VILLAGE, role)
        for page, status in pages.items():
            assert person.get(base + page).status_code == status, (role, page)
    editor = sign_in(VILLAGE, Role.EDITOR)
    assert editor.get(f"/console/consultations/opinions/{opinion}/hide").status_code == 403
    assert sign_in(NEIGHBOUR, Role.SECRETARY).get(base).status_code == 404


def test_a_document_is_read_by_all_once_it_is_public(secretary, visitor, opened):
    base = f"/console/consultations/{opened}"
    file = {"title": "Оценка", "role": "document", "request_id": uuid4()}
    empty = secretary.post(f"{base}/document", file)
    assert empty.status_code == 422 and "Изберете файл" in empty.text
    file["file"] = (BytesIO("Текст".encode()), "a.txt")
    assert secretary.post(f"{base}/document", file).status_code == 303
    page = visitor.get(f"/consultations/{opened}").text
    path = re.search(r'href="(/consultations/files/[^"]+)"', page)[1]
    assert visitor.get(path).data.decode() == "Текст"
    assert visitor.get(path, village=NEIGHBOUR).status_code == 404


def test_a_picture_beside_the_draft_says_what_is_on_it(secretary, opened, visitor):
    def attach(file, role="picture", title="Стара липа до чешмата"):
        typed = {"role": role, "title": title, "file": file, "request_id": uuid4()}
        return secretary.post(f"/console/consultations/{opened}/document", typed)

    assert attach((BytesIO(b"no picture"), "lipa.jpg")).status_code == 422
    assert attach((sample_picture(), "lipa.png"), title="").status_code == 422
    assert attach((sample_picture(), "lipa.png")).status_code == 303
    page = visitor.get(f"/consultations/{opened}").text
    assert 'alt="Стара липа до чешмата"' in page
    shown = re.search(r'src="(/consultations/files/[^"]+)"', page)[1]
    assert visitor.get(shown).mimetype == "image/webp"
    assert visitor.get(shown, village=NEIGHBOUR).status_code == 404


def test_a_draft_is_nowhere_public(secretary, visitor):
    made = path_of(secretary.post("/console/consultations/new", {**WRITTEN, "request_id": uuid4()}))
    draft = made.rpartition("/")[2]
    for page in ("", "/say", "/opinions", "/table.csv", "/record.json"):
        assert visitor.get(f"/consultations/{draft}{page}").status_code == 404
    assert secretary.get(f"{made}/preview").status_code == 200
    deleted = secretary.press(f"{made}/delete")
    assert "list=deleted" in deleted.location


def test_the_region_lists_what_is_open(secretary, opened, uow_in, client, at, visitor):
    with uow_in(VILLAGE) as uow:
        show_in_region(uow)
    page = client.get("/consultations/", base_url=at("")).text
    assert "Наредба за дърветата" in page and f"/consultations/{opened}" in page


EMAIL = "glas@villages.example"


@pytest.fixture
def asked(visitor, secretary, opened, uow_in):
    """An opinion, and how somebody without an account asks for the letter that supports it."""
    _, opinion = enter(secretary, opened, phone="0933 11 22 33")

    def link(email=EMAIL):
        path = f"/consultations/opinions/{opinion}/support"
        answer = visitor.post(path, {"email": email, "request_id": uuid4()})
        assert path_of(answer) == f"/consultations/opinions/{opinion}/asked"
        assert "Проверете пощата си" in visitor.get(path_of(answer)).text
        with uow_in(VILLAGE) as uow:
            letters = [one.text for one in uow.session.query(Message) if one.recipient == email]
        return re.search(r"/consultations/support/[\w-]+", letters[-1])[0]

    link.opinion = opinion
    return link


def test_without_an_account_a_letter_counts_it_once_and_takes_it_back(visitor, asked, opened):
    page = f"/consultations/{opened}/opinions"
    assert f"/opinions/{asked.opinion}/support" in visitor.get(page).text
    link = asked()
    assert "Подкрепя го" not in visitor.get(page).text
    assert "Подкрепете" in visitor.get(link).text
    for _ in range(2):
        assert visitor.post(link, {"request_id": uuid4()}).status_code == 303
    assert "Подкрепя го 1 човек" in visitor.get(page).text
    assert visitor.post(f"{link}/withdraw", {"request_id": uuid4()}).status_code == 303
    assert "Подкрепя го" not in visitor.get(page).text


def test_a_letter_opened_after_the_last_day_says_so(visitor, asked, opened, uow_in):
    link = asked()
    with uow_in(VILLAGE) as uow:
        ended = uow.now - timedelta(hours=1)
        uow.session.execute(update(Consultation).values(closes_at=ended))
        uow.commit()
    answer = visitor.get(link)
    assert answer.status_code == 200 and "вече не събират подкрепа" in answer.text
    assert 'value="Подкрепете"' not in answer.text
    late = visitor.post(link, {"request_id": uuid4()})
    assert late.status_code == 422 and "вече не събират подкрепа" in late.text


def test_an_account_of_that_address_is_no_second_voice(visitor, asked, opened, sign_in):
    visitor.post(asked(), {"request_id": uuid4()})
    same = sign_in(VILLAGE, email=EMAIL)
    same.post(f"/consultations/{opened}/opinions/{asked.opinion}/support", {"give": "y"})
    assert "Подкрепя го 1 човек" in visitor.get(f"/consultations/{opened}/opinions").text


def test_a_support_told_by_phone_counts_once_and_never_its_author_s(secretary, asked, opened):
    path = f"/console/consultations/opinions/{asked.opinion}/support"
    assert path in secretary.get(path.removesuffix("/support")).text

    def enter_support(phone):
        typed = {"channel": "phone", "phone": phone, "request_id": uuid4()}
        return secretary.post(path, typed)

    assert enter_support("").status_code == 422
    for _ in range(2):
        assert enter_support("0888 123 456").status_code == 303
    own = enter_support("0933 112233")
    assert own.status_code == 422 and "Ваше становище" in own.text.replace("\xa0", " ")
    assert "Подкрепя го 1 човек" in secretary.get(f"/consultations/{opened}/opinions").text


def test_a_letter_of_support_opens_nothing_at_the_neighbours(client, at, asked):
    link, typed = asked(), {"request_id": uuid4()}
    assert client.get(link, base_url=at(NEIGHBOUR)).status_code == 404
    assert client.post(link, data=typed, base_url=at(NEIGHBOUR)).status_code == 404
    assert client.post(f"{link}/withdraw", data=typed, base_url=at(NEIGHBOUR)).status_code == 404
    form = f"/consultations/opinions/{asked.opinion}/support"
    assert client.get(form, base_url=at(NEIGHBOUR)).status_code == 404


def test_a_reader_says_that_an_opinion_breaks_a_rule_and_staff_decide(
    visitor, secretary, asked, opened, client, at, uow_in
):
    path = f"/consultations/opinions/{asked.opinion}/flag"
    assert path in visitor.get(f"/consultations/{opened}/opinions").text
    once = uuid4()
    assert visitor.post(path, {"request_id": once}).status_code == 422
    for _ in range(2):
        typed = {"rule": "insult", "request_id": once}
        assert visitor.post(path, typed).status_code == 303
    assert client.get(path, base_url=at(NEIGHBOUR)).status_code == 404
    desk = f"/console/consultations/opinions/{asked.opinion}"
    queue = f"/console/consultations/{opened}/opinions?list=flagged"
    assert desk in secretary.get(queue).text
    assert "Правило 1: без обиди: каза 1 човек" in secretary.get(desk).text.replace("\xa0", " ")
    assert secretary.press(desk, to="/leave").status_code == 303
    assert desk not in secretary.get(queue).text
    visitor.post(path, {"rule": "threat", "request_id": uuid4()})
    hidden = secretary.press(f"{desk}/hide", rule="threat", words="Плаши.")
    assert hidden.status_code == 303
    assert desk not in secretary.get(queue).text
    assert "вече е скрито" in visitor.get(path).text.replace("\xa0", " ")


def test_a_published_one_stands_in_the_feed_and_on_a_poster_with_its_term(
    opened, secretary, sign_in, visitor, uow_in
):
    admin = sign_in(VILLAGE, Role.ADMIN)
    assert admin.press("/console/tenants/feeds", to="/on").status_code == 303
    feed = visitor.get("/feeds/rss.xml").text
    assert "Наредба за дърветата" in feed and f"/consultations/{opened}" in feed
    with uow_in(VILLAGE) as uow:
        paper = paper_of(uow, UUID(opened))
        closes_on = uow.session.get(Consultation, UUID(opened)).closes_on
        assert (paper.title, paper.path) == ("Наредба за дърветата", f"/consultations/{opened}")
        assert paper.facts == (("Кажете мнението си до", day(closes_on)),)
    printer = sign_in(VILLAGE, Role.EDITOR, Role.SECRETARY)
    sheet = printer.get(
        printer.press(f"/console/posters/consultations/{opened}", size="a4", language="bg").location
    )
    with pikepdf.open(BytesIO(sheet.data)) as document:
        assert "Наредба за дърветата" in str(document.docinfo["/Title"])
    words = " ".join(pages_of(BytesIO(sheet.data))).replace("\xa0", " ")
    assert "Кажете мнението си до" in words and str(closes_on.year) in words
