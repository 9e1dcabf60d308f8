"""Pages of reports: told without an account, followed by code, worked at, proven; no name ever."""

import re
from io import BytesIO
from uuid import uuid4

from tests.modules.reports.conftest import (
    NAME,
    NEIGHBOUR,
    VILLAGE,
    WORDS,
    close,
    id_of,
    path_of,
    picture,
    take,
    version_of,
)

from obshto.modules.reports.services.rules import READY
from obshto.platform.notify.models import Message
from obshto.platform.notify.services import write_letters
from obshto.platform.permissions import Role


def test_a_lamp_is_told_fixed_with_a_photo_and_confirmed(visitor, clerk):
    own = path_of(visitor.tell(photos=picture()))
    page = visitor.get(own).text
    assert WORDS in page and "Запишете си номера и кода" in page
    report_id = id_of(clerk)
    take(clerk, report_id)
    refused = close(clerk, report_id, outcome="fixed")
    assert refused.status_code == 422
    assert "Приложете снимка" in refused.text and "Оправихме я" in refused.text
    assert close(clerk, report_id, outcome="fixed", photos=picture()).status_code == 303
    assert "Оправихме я" in visitor.get(own).text
    version = re.search(r'name="expected_version" value="(\d+)"', visitor.get(own).text)[1]
    assert visitor.post(f"{own}/confirm", {"expected_version": version}).status_code == 303
    public = visitor.get(f"/reports/{report_id}").text
    assert "Решен и потвърден" in public and NAME not in public and WORDS not in public


def test_without_scripts_nothing_is_promised_of_a_lost_network(visitor):
    page = visitor.get(f"/reports/new/tell?kind=lamp&settlement={visitor.place()}").text
    note = re.search(r"<p[^>]*>Няма ли връзка, сигналът чака в телефона", page)[0]
    assert " hidden>" in note


def test_the_copy_for_phones_holds_no_id_and_is_sent_once_however_often(visitor, clerk):
    page = visitor.get("/reports/new/saved")
    assert "no-store" not in page.headers["Cache-Control"]
    assert 'name="request_id" type="hidden" value=""' in page.text
    assert "csrf_token" not in page.text
    typed = {"kind": "lamp", "words": WORDS, "place": "до чешмата"}
    refused = visitor.post("/reports/new/saved", {**typed, "queued": "1"})
    assert refused.status_code == 422 and refused.mimetype == "text/plain"
    typed |= {"request_id": uuid4(), "queued": "1"}
    first, second = (visitor.post("/reports/new/saved", typed) for _ in range(2))
    assert first.status_code == second.status_code == 201
    assert first.headers["Location"] == second.headers["Location"]
    assert clerk.get("/console/reports/").text.count('class="ob-number"') == 1


def test_which_reports_are_a_signal_by_law_is_said_before_anything_is_typed(visitor):
    choice = visitor.get("/reports/new").text
    lamp, noise = (
        choice.split(f'value="{kind}"')[1].split("</div></div>")[0] for kind in ("lamp", "noise")
    )
    assert "Обикновен сигнал." in lamp and "сигнал по закон" not in lamp
    assert "Обикновен сигнал или сигнал по закон" in noise
    plain = visitor.get("/reports/new/tell?kind=lamp&settlement=").text
    assert "Това е обикновен сигнал" in plain and 'name="is_signal"' not in plain
    accusing = visitor.get("/reports/new/tell?kind=noise&settlement=").text
    assert "Това е обикновен сигнал" not in accusing and 'name="is_signal"' in accusing


def test_the_form_sent_twice_is_one_report(visitor, clerk):
    request_id = uuid4()
    first, second = (path_of(visitor.tell(request_id=request_id)) for _ in range(2))
    assert first == second
    assert clerk.get("/console/reports/").text.count('class="ob-number"') == 1


def test_what_is_missing_is_asked_for_and_what_was_typed_stays(visitor):
    answer = visitor.tell(place="", point="някъде")
    assert answer.status_code == 422
    assert "Напишете къде" in answer.text and "43.888, 22.520" in answer.text
    assert WORDS in answer.text
    answer = visitor.get("/reports/new/tell?kind=ghost")
    assert answer.status_code == 422
    assert "<title>Грешка: " in answer.text
    assert 'aria-describedby="kind-error"' in answer.text and 'id="kind-error"' in answer.text


def test_others_reports_of_the_same_place_are_shown_before(visitor):
    visitor.tell()
    path = f"/reports/new/tell?kind=lamp&settlement={visitor.place()}"
    assert "Вече го казаха" in visitor.get(path).text
    assert "Вече го казаха" not in visitor.get(path.replace("lamp", "water")).text


def test_number_and_code_lead_to_it_and_a_wrong_one_says_so(visitor):
    own = path_of(visitor.tell())
    number = re.search(r"20\d\d-\d{5}", visitor.get(own).text)[0]
    typed = {"number": number, "code": own.rpartition("/")[2], "request_id": uuid4()}
    assert path_of(visitor.post("/reports/follow", typed)) == own
    wrong = visitor.post("/reports/follow", {**typed, "code": "1" * 20})
    assert wrong.status_code == 422 and "Няма такъв сигнал" in wrong.text


def test_a_neighbour_opens_nothing_of_it(visitor, clerk, sign_in):
    own = path_of(visitor.tell())
    report_id = id_of(clerk)
    assert visitor.get(own, village=NEIGHBOUR).status_code == 404
    assert visitor.get(f"/reports/{report_id}", village=NEIGHBOUR).status_code == 404
    other = sign_in(NEIGHBOUR, Role.REGISTRY_CLERK)
    assert other.get(f"/console/reports/{report_id}").status_code == 404
    assert report_id not in other.get("/console/reports/").text


def test_a_violation_is_not_public_and_a_signal_needs_a_name(visitor, sign_in):
    answer = visitor.tell(kind="dumping", is_signal="y", name="")
    assert answer.status_code == 422 and "законът не допуска анонимни" in answer.text
    visitor.tell(kind="dumping")
    found = id_of(sign_in(VILLAGE, Role.SECRETARY), "/console/reports/violations")
    assert visitor.get(f"/reports/{found}").status_code == 404


def test_who_told_it_is_seen_with_a_purpose_and_the_sender_sees_who_looked(visitor, clerk):
    own = path_of(visitor.tell())
    desk = f"/console/reports/{id_of(clerk)}"
    assert NAME not in clerk.get(desk).text
    typed = {"purpose": "contact", "request_id": uuid4()}
    assert clerk.post(f"{desk}/look", typed).status_code == 303
    assert NAME in clerk.get(desk).text
    assert "Свързва се с подателя" in visitor.get(own).text


def test_the_sender_reads_who_read_the_words_and_the_list_of_the_day(
    visitor, clerk, sign_in, owner
):
    sender = sign_in(VILLAGE)
    typed = {"words": WORDS, "place": "до чешмата", "name": NAME, "request_id": uuid4()}
    assert sender.post("/reports/new/tell?kind=lamp&settlement=", typed).status_code == 303
    report_id = id_of(clerk)
    looks = "select object_id::text, purpose, kinds from t_gorno_selo.purposes_look order by at"
    assert owner(looks) == []  # the queue shows no words
    take(clerk, report_id)
    assert WORDS in clerk.get(f"/console/reports/{report_id}").text
    read = (report_id, "read", ["words", "address", "files"])
    assert owner(looks) == [read]
    colleague = sign_in(VILLAGE, Role.REGISTRY_CLERK, name="Проба Колега", email="c@v.example")
    for _ in range(2):
        assert WORDS in colleague.get("/console/reports/day?who=all").text
    assert owner(looks) == [read, (report_id, "field", ["words", "address"])]
    told = sender.get("/personaldata/looks").text
    assert "Чете сигнала, за да го реши" in told and "Вижда сигнала в списъка за деня" in told


def test_one_told_by_phone_is_entered_with_a_slip(visitor, clerk):
    typed = {"channel": "phone", "kind": "road", "settlement_code": visitor.place()}
    typed |= {"words": WORDS, "place": "моста", "request_id": uuid4()}
    answer = clerk.post("/console/reports/enter", typed)
    slip = clerk.get(path_of(answer)).text
    code = re.sub(r"\s", "", re.search(r"(?:\d{4}\s){4}\d{4}", slip)[0])  # some spaces do not break
    assert WORDS in visitor.get(f"/reports/case/{code}").text


def test_a_neighbour_follows_it_and_hears_when_it_is_mended(
    visitor, clerk, sign_in, uow_in, app, queued
):
    visitor.tell()
    report_id = id_of(clerk)
    me = sign_in(VILLAGE, email="neighbour@villages.example")
    page = me.get(f"/reports/{report_id}").text
    assert f"/reports/{report_id}/letters" in page
    typed = {"wants": "y", "request_id": uuid4()}
    assert me.post(f"/reports/{report_id}/letters", typed).status_code == 303
    take(clerk, report_id)
    [fact] = [args for _, args in queued() if args.get("fact") == "reports:report.taken"]
    with uow_in(VILLAGE) as uow:
        write_letters(uow, fact=fact["fact"], payload=fact["payload"], cause=fact["cause"])
        texts = [row.text for row in uow.session.query(Message) if row.person_id == me.person_id]
    assert any("/followers/" in text and "Спрете писмата" in text for text in texts)
    assert visitor.get(f"/reports/{report_id}/letters", village=NEIGHBOUR).status_code == 404


def test_staff_without_the_permission_and_citizens_stay_outside(visitor, sign_in, clerk):
    visitor.tell()
    report_id = id_of(clerk)
    editor, mayor = sign_in(VILLAGE, Role.EDITOR), sign_in(VILLAGE, Role.MAYOR)
    for path in ("", f"/{report_id}", f"/{report_id}/close", "/enter", "/late"):
        assert editor.get(f"/console/reports{path or '/'}").status_code == 403
    assert mayor.get("/console/reports/late").status_code == 200
    assert mayor.get(f"/console/reports/{report_id}").status_code == 403


def test_a_clerk_joins_a_double_to_the_first_and_parts_them(visitor, clerk):
    own = path_of(visitor.tell())
    number = re.search(r"20\d\d-\d{5}", visitor.get(own).text)[0]
    first = id_of(clerk)
    take(clerk, first)
    second = path_of(visitor.tell())
    desk = f"/console/reports/{id_of(clerk)}"
    assert number in clerk.get(f"{desk}/merge").text
    version = version_of(clerk, f"{desk}/merge")
    wrong = clerk.post(f"{desk}/merge", {"number": "77", "expected_version": version})
    assert wrong.status_code == 422 and "Няма отворен сигнал" in wrong.text
    typed = {"number": number, "expected_version": version}
    assert clerk.post(f"{desk}/merge", typed).status_code == 303
    page = visitor.get(second).text
    assert f"заедно със сигнал {number}" in re.sub(r"\s", " ", page)
    assert visitor.get(f"/reports/{desk[-36:]}").status_code == 303
    assert f"{desk}/hide" in clerk.get(desk).text
    version = version_of(clerk, desk)
    assert clerk.post(f"{desk}/part", {"expected_version": version}).status_code == 303


def test_a_clerk_hands_over_and_gives_several_to_a_colleague(visitor, clerk):
    own = path_of(visitor.tell())
    first = id_of(clerk)
    take(clerk, first)
    path = f"/console/reports/{first}/hand-over"
    typed = {"body": "power", "words": "Писмо № 7", "remind_on": "2030-01-02"}
    typed["expected_version"] = version_of(clerk, path)
    assert clerk.post(path, {**typed, "body": "ghost"}).status_code == 422
    assert clerk.post(path, typed).status_code == 303
    assert "електроразпределителното дружество" in visitor.get(own).text
    assert "2030" in clerk.get("/console/reports/?list=outside").text

    visitor.tell()
    me = re.search(r'<option value="([0-9a-f-]{36})">', clerk.get("/console/reports/").text)[1]
    second = id_of(clerk)
    version = version_of(clerk, f"/console/reports/{second}")
    typed = {"chosen": [f"{second}.{version}", "x"], "to": me, "act": "hand"}
    typed |= {"request_id": uuid4()}
    many = "/console/reports/assign-many"
    assert clerk.post(many, {**typed, "chosen": []}).status_code == 422
    late = clerk.post(many, {**typed, "chosen": [f"{second}.{int(version) + 1}"]})
    assert "Не са възложени, междувременно са променени" in late.text
    assert clerk.post(many, typed).status_code == 303


def test_what_a_phone_sends_after_a_colleague_took_over_is_refused_and_holds_nothing_back(
    visitor, clerk
):
    visitor.tell()
    report_id = id_of(clerk)
    path = f"/console/reports/{report_id}/field"
    typed = {"kind": "cannot", "words": "Няма вишка", "request_id": uuid4()}
    assert clerk.post(path, typed).status_code == 403  # it is nobody's yet
    queued = clerk.post(path, {**typed, "queued": "1"})
    assert queued.status_code == 409 and queued.mimetype == "text/plain"
    assert "Първо поемете сигнала" in queued.text


def test_the_day_on_a_phone_refuses_in_words_and_takes_what_was_queued(visitor, clerk, sign_in):
    visitor.tell()
    report_id = id_of(clerk)
    take(clerk, report_id)
    day = clerk.get("/console/reports/day")
    assert "Готово" in day.text and "Keep-Until" in day.headers
    path, key = f"/console/reports/{report_id}/field", uuid4()
    typed = {"kind": "done", "words": "Смених я", "request_id": key}
    page = clerk.post(path, typed)
    assert page.status_code == 422 and "Приложете снимка" in page.text and "Смених я" in page.text
    queued = clerk.post(path, {**typed, "queued": "1"})
    assert queued.status_code == 422 and queued.mimetype == "text/plain"
    assert "Приложете снимка" in queued.text
    for _ in range(2):  # the phone did not hear the first answer
        answer = clerk.post(path, {**typed, "queued": "1", "photos": picture()})
        assert answer.status_code == 204
    assert "Смених я" in visitor.get(f"/reports/{report_id}").text
    other = sign_in(NEIGHBOUR, Role.REGISTRY_CLERK)
    assert other.post(path, typed).status_code == 404
    assert sign_in(VILLAGE, Role.EDITOR).post(path, typed).status_code == 403
    assert sign_in(VILLAGE, Role.EDITOR).get("/console/reports/day").status_code == 403


def test_a_photograph_of_40_megabytes_is_refused_with_a_sentence(visitor):
    huge = BytesIO(bytes(40 * 1024 * 1024)), "a.jpg"
    answer = visitor.tell(photos=huge)
    assert answer.status_code == 413 and "изберете по-малък файл" in answer.text
    assert "връща при написаното" in answer.text


def test_too_much_is_refused_with_a_sentence_and_the_words_stay(visitor, clerk):
    long = "Дупката е дълбока. " * 530  # ten thousand letters
    answer = visitor.tell(words=long)
    assert answer.status_code == 422 and "до чешмата" in answer.text
    assert answer.text.count("Дупката е дълбока.") >= 530
    photos = [picture(f"{number}.jpg") for number in range(6)]
    answer = visitor.tell(photos=photos)
    assert answer.status_code == 422 and "Изберете най-много 5 снимки" in answer.text
    assert WORDS in answer.text
    assert "/console/reports/0" not in clerk.get("/console/reports/").text, "nothing was kept"


def test_what_is_hidden_says_why_to_who_told_it_and_nobody_else_reads_it(visitor, clerk):
    own = path_of(visitor.tell())
    report_id = id_of(clerk)
    take(clerk, report_id)
    path = f"/console/reports/{report_id}/hide"
    version = version_of(clerk, path)
    empty = clerk.post(path, {"words": "", "expected_version": version})
    assert empty.status_code == 422 and visitor.get(f"/reports/{report_id}").status_code == 200
    typed = {"words": "Има чужд телефон", "expected_version": version}
    assert clerk.post(path, typed).status_code == 303
    assert "Не показваме сигнала публично" in visitor.get(own).text
    assert "Има чужд телефон" in visitor.get(own).text.replace("\xa0", " ")
    assert visitor.get(f"/reports/{report_id}").status_code == 404


def test_answers_are_offered_ready_where_one_is_written(visitor, clerk):
    visitor.tell()
    report_id = id_of(clerk)
    take(clerk, report_id)
    page = clerk.get(f"/console/reports/{report_id}/close").text.replace("\xa0", " ")
    assert all(str(words) in page for words in READY)
