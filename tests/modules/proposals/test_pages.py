"""Pages of proposals: made without an account, supported by letter, decided, shown done."""

import re
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

from obshto.modules.proposals.forms.proposal import MakeForm
from obshto.platform.audit.models import AuditEntry
from obshto.platform.notify.models import Message
from obshto.platform.permissions import Role
from obshto.platform.rate_limit.services import RateLimit

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
OUTCOMES = "/outcomes/?kind=proposal"
NAME, TITLE = "Проба Авторова", "Пейка пред магазина"


def picture(name="a.jpg"):
    kept = BytesIO()
    Image.new("RGB", (60, 40), "red").save(kept, "JPEG")
    kept.seek(0)
    return kept, name


@pytest.fixture
def clerk(sign_in, switched_on):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK)


@pytest.fixture
def visitor(switched_on, client, at):
    class Visitor:
        def get(self, path, village=VILLAGE):
            return client.get(path, base_url=at(village))

        def post(self, path, data=None, village=VILLAGE):
            return client.post(path, data=data or {}, base_url=at(village))

        def make(self, path="/proposals/new/write?subject=green", **changed):
            return self.post(path, made(**changed))

    return Visitor()


def made(**changed):
    typed = {"title": TITLE, "text": "Да се сложи пейка.", "name": NAME, "request_id": uuid4()}
    return {**typed, **changed}


def path_of(answer):
    assert answer.status_code == 303, re.findall(r"error-message[^<]*<[^<]*", answer.text)
    return re.sub(r"https?://[^/]+", "", answer.location.partition("?")[0])


def public_of(visitor, own):
    return re.search(r"/proposals/[0-9a-f-]{36}(?=\")", visitor.get(own).text)[0]


def version_in(text):
    return re.search(r'name="expected_version"[^>]*value="(\d+)"', text)[1]


def press(person, path, to="", **typed):
    """Fill in a form of the console as it stands."""
    page = person.get(path).text
    hidden = dict(re.findall(r'name="(expected_version|request_id)"[^>]*value="([^"]+)"', page))
    return person.post(path + to, {**hidden, **typed})


@pytest.fixture
def letter_to(uow_in):
    """letter_to(address): the path of the link in the latest letter there."""

    def read(email):
        with uow_in(VILLAGE) as uow:
            rows = uow.session.query(Message).order_by(Message.accepted_at.desc())
            text = next(row.text for row in rows if row.recipient == email)
        return re.search(r"https?://[^/\s]+(/[^\s]+)", text)[1]

    return read


def test_a_bench_goes_from_an_idea_to_being_there(visitor, clerk, letter_to):
    own = path_of(visitor.make(email="author@villages.example"))
    assert "Запишете си номера и кода" in visitor.get(own).text
    public = public_of(visitor, own)
    page = visitor.get(public).text
    assert TITLE in page and NAME not in page and "0 подкрепи" in page
    # Support by letter: opening the page of the link counts nothing.
    asked = {"email": "voice@villages.example", "request_id": uuid4()}
    assert visitor.post(f"{public}/support", asked).status_code == 303
    link = letter_to("voice@villages.example")
    key = re.search(r'name="request_id"[^>]*value="([^"]+)"', visitor.get(link).text)[1]
    assert "0 подкрепи" in visitor.get(public).text
    assert visitor.post(link, {"request_id": key}).status_code == 303
    assert visitor.post(link, {"request_id": key}).status_code == 303
    assert "1 подкрепа" in visitor.get(public).text


def test_what_is_handed_in_is_accepted_with_what_follows_and_shown_done(visitor, clerk):
    own = path_of(visitor.make())
    public = public_of(visitor, own)
    version = version_in(visitor.get(own).text)
    assert visitor.post(f"{own}/hand-in", {"expected_version": version}).status_code == 303
    assert "общината решава" in visitor.get(public).text
    desk = public.replace("/proposals/", "/console/proposals/")
    assert NAME not in clerk.get(desk).text
    assert press(clerk, desk, "/take").status_code == 303
    decision = {"outcome": "accepted", "words": "Слагаме я"}
    refused = press(clerk, f"{desk}/decide", **decision)
    assert refused.status_code == 422 and "Слагаме я" in refused.text
    assert "кой ще го направи" in refused.text
    more = {"follow_up": "Пейка", "follow_up_by": "Озеленяване", "follow_up_on": "2027-03-01"}
    assert press(clerk, f"{desk}/decide", **decision, **more).status_code == 303
    assert "Решено или обещано" in visitor.get(OUTCOMES).text.partition("<li>")[2]
    done = press(clerk, f"{desk}/carry-out", words="Пейката е там", picture=picture())
    assert done.status_code == 303
    old = visitor.get("/proposals/outcomes")
    assert (old.status_code, old.location.endswith(OUTCOMES)) == (301, True)
    page = visitor.get(OUTCOMES).text
    assert "Ние направихме" in page and "Пейката е там" in page and f"{public}/result" in page
    assert visitor.get(f"{public}/result").status_code == 200


def test_the_form_sent_twice_is_one_proposal(visitor, clerk):
    request_id = uuid4()
    first, second = (path_of(visitor.make(request_id=request_id)) for _ in range(2))
    assert first == second
    queue = clerk.get("/console/proposals/?list=collecting").text
    assert queue.count('class="ob-number"') == 1


def test_what_is_missing_is_asked_for_and_what_was_typed_stays(visitor):
    answer = visitor.make(name="", point="някъде", email="без")
    assert answer.status_code == 422 and TITLE in answer.text
    for said in ("законът не допуска анонимни", "43.888, 22.520", "ime@primer.bg"):
        assert said in answer.text
    answer = visitor.get("/proposals/new/write?subject=ghost")
    assert answer.status_code == 422 and 'id="subject-error"' in answer.text


def test_an_account_that_sends_a_lot_is_asked_for_a_sum(visitor, sign_in, monkeypatch):
    monkeypatch.setattr(MakeForm, "rate_limit", RateLimit(thing="proposals:proposal.send", most=1))
    me, path = sign_in(VILLAGE), "/proposals/new/write?subject=green"
    answers = [me.post(path, made()) for _ in range(2)]
    assert [it.status_code for it in answers] == [303, 422]
    assert TITLE in answers[1].text and 'name="sum_answer"' in answers[1].text


def test_alike_ones_are_shown_before_the_form(visitor):
    visitor.make()
    path = "/proposals/new/write?subject=care&title="
    assert "Вече е предложено" in visitor.get(f"{path}Нова пейка до магазина").text
    assert "Вече е предложено" not in visitor.get(f"{path}Лекар в селото").text


def test_a_subject_without_a_referendum_is_still_a_proposal(visitor):
    own = path_of(visitor.make("/proposals/new/write?subject=money"))
    page = visitor.get(public_of(visitor, own)).text
    assert "не допуска местен референдум" in page and "Събира подкрепа" in page


def test_an_account_supports_once_by_a_press_and_takes_it_back(visitor, sign_in):
    public = public_of(visitor, path_of(visitor.make()))
    me = sign_in(VILLAGE)
    for _ in range(2):
        assert press(me, public, "/support").status_code == 303
    page = me.get(public).text
    assert "1 подкрепа" in page and "Подкрепяте това предложение" in page
    assert press(me, public, "/support/withdraw").status_code == 303
    assert "0 подкрепи" in me.get(public).text


def test_nobody_reads_who_supports_it(visitor, clerk, sign_in, letter_to):
    public = public_of(visitor, path_of(visitor.make()))
    me = sign_in(VILLAGE, name="Проба Подкрепяща", email="account@villages.example")
    assert press(me, public, "/support").status_code == 303
    asked = {"email": "voice@villages.example", "request_id": uuid4()}
    visitor.post(f"{public}/support", asked)
    assert visitor.post(letter_to("voice@villages.example"), {"request_id": uuid4()}).location
    typed = {"channel": "counter", "personal_number": "6101057509", "phone": "0888123456"}
    assert press(clerk, f"/console{public}/support", **typed).status_code == 303
    for reader, page in ((visitor, public), (me, public), (clerk, f"/console{public}")):
        text = reader.get(page).text
        assert "3 подкрепи" in text
        for known in ("Подкрепяща", "account@", "voice@", "6101057509", "888123456", "888 123"):
            assert known not in text.partition("<main")[2], (page, known)


def test_who_supports_by_letter_or_account_and_then_on_paper_counts_once(
    visitor, clerk, sign_in, letter_to, owner
):
    public = public_of(visitor, path_of(visitor.make()))
    me = sign_in(VILLAGE, name="Проба Подкрепяща", email="account@villages.example")
    assert press(me, public, "/support").status_code == 303
    visitor.post(f"{public}/support", {"email": "voice@villages.example", "request_id": uuid4()})
    assert visitor.post(letter_to("voice@villages.example"), {"request_id": uuid4()}).location
    desk = f"/console{public}"
    for number, email in (
        ("6101057509", "Voice@villages.example"),
        ("7501020018", "account@villages.example"),
    ):
        typed = {"channel": "post", "personal_number": number, "email": email}
        assert press(clerk, f"{desk}/support", **typed).status_code == 303
    assert "2 подкрепи" in visitor.get(public).text
    typed = {"channel": "post", "email": "third@villages.example"}
    assert press(clerk, f"{desk}/support", **typed).status_code == 303
    assert "3 подкрепи" in visitor.get(public).text
    kept = owner("select email from t_gorno_selo.support_support where channel = 'post'")
    assert kept and set(kept) == {(None,)}
    assert press(clerk, f"{desk}/support", channel="post", email="сгрешен").status_code == 422


def test_supporters_hear_of_a_change_and_the_old_words_stay(visitor, letter_to, clerk, app):
    own = path_of(visitor.make())
    public = public_of(visitor, own)
    typed = {"email": "voice@villages.example", "request_id": uuid4()}
    visitor.post(f"{public}/support", typed)
    visitor.post(letter_to("voice@villages.example"), {"request_id": uuid4()})
    page = visitor.get(f"{own}/improve").text
    better = {"title": "Две пейки", "text": "Две.", "expected_version": version_in(page)}
    assert visitor.post(f"{own}/improve", better).status_code == 303
    versions = visitor.get(f"{public}/versions").text
    assert "Две пейки" in versions and TITLE in versions
    late = visitor.post(f"{own}/improve", {**better, "title": "Три пейки"})
    assert late.status_code == 422 and "Три пейки" in late.text


def test_it_is_followed_by_a_letter_and_by_a_press(visitor, sign_in, letter_to):
    public = public_of(visitor, path_of(visitor.make()))
    typed = {"email": "reader@villages.example", "request_id": uuid4()}
    answer = visitor.post(f"{public}/follow", typed)
    assert path_of(answer) == "/followers/asked"
    link = letter_to("reader@villages.example")
    assert visitor.post(f"{link}/confirm").status_code == 303
    assert "Спрете писмата" in visitor.get(link).text
    me = sign_in(VILLAGE)
    for _ in range(2):
        assert press(me, f"{public}/follow", wants="y").status_code == 303
        assert "Спрете писмата" in me.get(f"{public}/follow").text
    assert press(me, f"{public}/follow", wants="n").status_code == 303
    assert "Искам писма" in me.get(f"{public}/follow").text


def test_a_clerk_enters_one_told_by_phone_and_a_support_on_paper(visitor, clerk):
    typed = made(channel="phone", subject="green", settlement_code="")
    slip = clerk.get(path_of(clerk.post("/console/proposals/enter", typed))).text
    code = re.sub(r"\s", "", re.search(r"(?:\d{4}\s){4}\d{4}", slip)[0])
    own = f"/proposals/case/{code}"
    assert TITLE in visitor.get(own).text
    public = public_of(visitor, own)
    desk = public.replace("/proposals/", "/console/proposals/")
    wrong = press(clerk, f"{desk}/support", channel="counter", personal_number="1234567890")
    assert wrong.status_code == 422 and "Проверете ЕГН" in wrong.text
    for _ in range(2):
        entered = press(clerk, f"{desk}/support", channel="counter", personal_number="6101057509")
        assert entered.status_code == 303
    page = visitor.get(public).text
    assert "1 подкрепа" in page and "от тях 1 на гише" in page


def test_the_author_is_seen_with_a_purpose_and_named_only_by_choice(visitor, clerk):
    own = path_of(visitor.make(is_named="y"))
    public = public_of(visitor, own)
    assert NAME in visitor.get(public).text
    own = path_of(visitor.make())
    public = public_of(visitor, own)
    desk = public.replace("/proposals/", "/console/proposals/")
    typed = {"purpose": "contact", "request_id": uuid4()}
    assert clerk.post(f"{desk}/look", typed).status_code == 303
    assert NAME in clerk.get(desk).text and NAME not in visitor.get(public).text
    assert "Свързва се с автора" in visitor.get(own).text


def test_a_picture_is_shown_once_somebody_has_looked_at_it(visitor, clerk):
    own = path_of(visitor.make(picture=picture()))
    public = public_of(visitor, own)
    desk = public.replace("/proposals/", "/console/proposals/")
    assert visitor.get(f"{own}/picture").status_code == 200
    assert visitor.get(f"{public}/picture").status_code == 404
    assert clerk.get(f"{desk}/picture").status_code == 200
    assert press(clerk, f"{desk}/sort", subject="green", shows_picture="y").status_code == 303
    assert visitor.get(f"{public}/picture").status_code == 200


def test_what_is_hidden_is_gone_for_others_and_says_why_to_its_author(visitor, clerk):
    own = path_of(visitor.make())
    public = public_of(visitor, own)
    desk = public.replace("/proposals/", "/console/proposals/")
    assert press(clerk, f"{desk}/hide", words="Има чужди данни").status_code == 422
    for _ in range(2):
        hidden = press(clerk, f"{desk}/hide", rule="personal", words="Има чужди данни")
        assert hidden.status_code == 303
    page = visitor.get(public).text.replace("\xa0", " ")
    assert TITLE not in page and "Правило 3" in page and "Има чужди данни" in page
    log = visitor.get("/moderation/").text.replace("\xa0", " ")
    assert "Има чужди данни" in log and TITLE not in log, "the title may be what is hidden"
    for path in (f"{public}/support", f"{public}/follow"):
        assert visitor.get(path).status_code == 404
    versions = visitor.get(f"{public}/versions").text.replace("\xa0", " ")
    assert "Има чужди данни" in versions and TITLE not in versions
    assert TITLE not in visitor.get("/proposals/").text
    assert "Има чужди данни" in visitor.get(own).text


def test_an_author_objects_and_another_person_decides(visitor, clerk, sign_in, owner):
    own = path_of(visitor.make())
    public = public_of(visitor, own)
    desk = public.replace("/proposals/", "/console/proposals/")
    assert (
        visitor.post(f"{own}/appeal", {"words": "Рано е", "request_id": uuid4()}).status_code == 409
    )
    hidden = press(clerk, f"{desk}/hide", rule="insult", words="Обидно е")
    assert hidden.status_code == 303
    typed = {"words": "Никого не обиждам.", "request_id": uuid4()}
    for _ in range(2):
        assert visitor.post(f"{own}/appeal", typed).status_code == 303
    assert visitor.get(f"{own}/appeal", village=NEIGHBOUR).status_code == 404
    again = [form for form in clerk.forms(desk) if form[0].endswith("/show-again")]
    assert again == [], "after an appeal who hid it does not show it again"
    secretary = sign_in(VILLAGE, Role.SECRETARY)
    [(row,)] = owner("select id from t_gorno_selo.moderation_decision")
    path = f"/console/moderation/{row}"
    decided = {"outcome": "restored", "words": "Няма обида."}
    assert press(secretary, path, **decided).status_code == 303
    assert TITLE in visitor.get(public).text.replace("\xa0", " ")
    assert "отново се вижда" in visitor.get(own).text.replace("\xa0", " ")


def test_who_hid_it_by_mistake_shows_it_again(visitor, clerk):
    public = public_of(visitor, path_of(visitor.make()))
    desk = public.replace("/proposals/", "/console/proposals/")
    press(clerk, f"{desk}/hide", rule="insult", words="Обидно е")
    [(address, fields)] = [f for f in clerk.forms(desk) if f[0].endswith("/show-again")]
    for _ in range(2):
        assert clerk.post(address, fields).status_code == 303
    assert TITLE in visitor.get(public).text.replace("\xa0", " ")


def test_a_neighbour_opens_nothing_of_it(visitor, clerk, sign_in, letter_to):
    own = path_of(visitor.make())
    public = public_of(visitor, own)
    visitor.post(f"{public}/support", {"email": "v@villages.example", "request_id": uuid4()})
    link = letter_to("v@villages.example")
    pictures = (f"{public}/picture", f"{public}/result", f"{public}/versions")
    for path in (own, public, f"{public}/support", f"{public}/follow", link, *pictures):
        assert visitor.get(path, village=NEIGHBOUR).status_code == 404, path
    other = sign_in(NEIGHBOUR, Role.REGISTRY_CLERK, Role.SECRETARY)
    desk = public.replace("/proposals/", "/console/proposals/")
    for more in ("", "/decide", "/support", "/slip", "/picture"):
        assert other.get(desk + more).status_code == 404
    for path in ("?list=collecting", "overview"):
        assert TITLE not in other.get(f"/console/proposals/{path}").text


def test_only_who_may_gets_in(visitor, clerk, sign_in):
    public = public_of(visitor, path_of(visitor.make()))
    desk = public.replace("/proposals/", "/console/proposals/")
    editor, mayor = sign_in(VILLAGE, Role.EDITOR), sign_in(VILLAGE, Role.MAYOR)
    for path in ("/console/proposals/", desk, f"{desk}/decide", "/console/proposals/enter"):
        assert editor.get(path).status_code == 403 and mayor.get(path).status_code == 403
    for path in ("late", "overview"):
        assert editor.get(f"/console/proposals/{path}").status_code == 403
        assert clerk.get(f"/console/proposals/{path}").status_code == 403
        page = mayor.get(f"/console/proposals/{path}")
        assert page.status_code == 200 and NAME not in page.text


def test_no_name_stands_in_the_log_or_in_the_search(visitor, clerk, uow_in):
    visitor.make(email="author@villages.example")
    found = visitor.get("/search?q=пейка").text
    assert "/proposals/" in found and NAME not in found
    with uow_in(VILLAGE) as uow:
        logged = [str(row.detail) for row in uow.session.query(AuditEntry)]
        assert any("proposals" in row or "green" in row for row in logged)
        assert not [row for row in logged if NAME in row or "author@" in row]


def test_a_reader_says_that_a_proposal_breaks_a_rule_and_staff_decide(visitor, clerk, sign_in):
    public = public_of(visitor, path_of(visitor.make()))
    assert f"{public}/flag" in visitor.get(public).text
    once = uuid4()
    for _ in range(2):
        typed = {"rule": "insult", "request_id": once}
        assert visitor.post(f"{public}/flag", typed).status_code == 303
    queue, desk = "/console/proposals/?list=flagged", f"/console{public}"
    assert desk in clerk.get(queue).text
    assert "Правило 1" in clerk.get(desk).text and "каза 1 човек" in clerk.get(desk).text
    assert TITLE in visitor.get(public).text
    assert sign_in(VILLAGE).post(f"{desk}/leave").status_code == 403
    assert clerk.press(desk, to="/leave").status_code == 303
    assert desk not in clerk.get(queue).text
    assert "каза 1 човек" not in clerk.get(desk).text


def test_staff_have_texts_ready_and_the_municipality_its_own(visitor, clerk, sign_in):
    public = public_of(visitor, path_of(visitor.make(is_final="y")))
    desk = public.replace("/proposals/", "/console/proposals/")
    press(clerk, desk, "/take")
    assert "Приемаме отчасти." in clerk.get(f"{desk}/decide").text
    admin = sign_in(VILLAGE, Role.ADMIN)
    settings = "/console/settings/proposals"
    own = {"ready_answers": "Наш отговор\n\nДруг отговор"}
    assert admin.press(settings, settings, **own).status_code == 303
    page = clerk.get(f"{desk}/decide").text
    assert "<li>Наш отговор</li><li>Друг отговор</li>" in page.replace("\xa0", " ")
    assert "Приемаме отчасти." not in page
