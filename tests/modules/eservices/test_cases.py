"""A case from the queue to the document, as clerks and citizens meet it, over HTTP."""

import re
from dataclasses import fields
from datetime import timedelta

import pytest
from sqlalchemy import select

from obshto.modules.eservices.events import EVENTS, CaseFact
from obshto.modules.eservices.notifications import reader_of_case, reader_of_sent
from obshto.modules.eservices.services.case_queries import case_of
from obshto.modules.eservices.services.definitions import read_definition, stored_definitions
from obshto.modules.eservices.services.document_prefill import prefill_rules
from obshto.modules.eservices.services.letters import acknowledged, news
from obshto.modules.eservices.services.official_text import blanks_of
from obshto.modules.eservices.settings import ServicesSettings
from obshto.platform.clock import day_of
from obshto.platform.legal.terms import term
from obshto.platform.notify.models import Message
from obshto.platform.notify.services import write_letters
from obshto.platform.settings.services import save_settings
from obshto.platform.web.formats import day
from obshto.platform.web.language import speaking
from obshto.tenants.people.roles import STAFF_ROLES

STEPS = "select name from t_gorno_selo.eservices_step order by at, id"
STATE = "select state from t_gorno_selo.eservices_case"
ISSUE = {"as_of": ["20", "11", "2026"], "debts": "none", "debts_list": "", "before": "банка"}


def text(page):
    return page.text.replace("\xa0", " ")


def seen_on(page):
    return re.search(r'name="expected_version"[^>]* value="(-?\d+)"', page.text)[1]


def issue(clerk, case_id, **changed):
    page = clerk.get(f"/console/eservices/{case_id}/issue")
    form = {**ISSUE, "confirmed": "1", "expected_version": seen_on(page), **changed}
    return clerk.post(f"/console/eservices/{case_id}/issue", form)


def test_a_clerk_issues_a_document_that_anybody_can_check(clerk, citizen, taken, client, at):
    assert issue(clerk, taken).status_code == 303
    case = citizen.get(f"/eservices/cases/{taken}")
    link = re.search(r'href="(/eservices/documents/[^"]+)"', case.text)[1]
    pdf = citizen.get(link)
    assert pdf.data.startswith(b"%PDF-") and pdf.mimetype == "application/pdf"
    assert "no-store" in pdf.headers["Cache-Control"]


def test_the_check_page_says_genuine_without_a_word_about_the_person(
    clerk, taken, client, at, owner
):
    issue(clerk, taken)
    code = owner("select code from t_gorno_selo.eservices_document")[0][0]
    page = client.get(f"/eservices/verify/{code}", base_url=at("gorno-selo"))
    assert page.status_code == 200
    assert "Пробен документ" in text(page) and "Горно село" in text(page)
    assert "Пена" not in page.text and "0307159274" not in page.text
    assert client.get(f"/eservices/verify/{code}", base_url=at("dolno-selo")).status_code == 404
    wrong = f"{(int(code) + 1) % 10**16:016d}"
    unknown = client.get(f"/eservices/verify/{wrong}", base_url=at("gorno-selo"))
    assert unknown.status_code == 404 and "Няма документ с този код" in text(unknown)


@pytest.mark.parametrize("code", ["АБ12 3456 7890 1234 56", "12345", "", "няма"])
def test_a_code_that_cannot_be_one_is_refused_and_stays_in_its_box(visitor, code):
    page = visitor.get("/eservices/verify", query_string={"code": code})
    assert page.status_code == 422 and 'aria-describedby="code-hint code-error"' in page.text
    assert f'value="{code}"' in page.text if code else "Въведете кода" in page.text
    right = visitor.get("/eservices/verify", query_string={"code": "1234-5678-9012-3456"})
    assert right.location.endswith("/eservices/verify/1234567890123456")
    assert visitor.get("/eservices/verify").status_code == 200


def test_a_document_is_in_earnest_once_the_municipality_says_so(
    clerk, taken, client, at, uow_in, owner
):
    with uow_in("gorno-selo") as uow:
        save_settings(uow, "eservices", ServicesSettings(is_live=True), expected_version=0)
        uow.commit()
    issue(clerk, taken)
    code, is_trial = owner("select code, is_trial from t_gorno_selo.eservices_document")[0]
    assert not is_trial
    page = client.get(f"/eservices/verify/{code}", base_url=at("gorno-selo"))
    assert "Документът е истински" in text(page)


def test_a_document_is_downloaded_by_its_person_and_the_staff_alone(
    clerk, colleague, citizen, taken, owner, sign_in, client, at
):
    issue(clerk, taken)
    document_id = owner("select id from t_gorno_selo.eservices_document")[0][0]
    path = f"/eservices/documents/{document_id}"
    assert citizen.get(path).status_code == 200
    assert sign_in("gorno-selo").get(path).status_code == 404
    assert client.get(path, base_url=at("gorno-selo")).status_code == 302
    assert clerk.get(f"/console{path}").status_code == 200
    assert colleague.get(f"/console{path}").status_code == 403  # first says what for
    colleague.press(f"/console/eservices/{taken}", to="/look", purpose="control")
    assert colleague.get(f"/console{path}").status_code == 200
    assert citizen.get(f"/console{path}").status_code == 403


def test_the_document_and_the_answers_lie_sealed(clerk, taken, owner):
    issue(clerk, taken)
    pdf = bytes(owner("select pdf from t_gorno_selo.eservices_document")[0][0])
    assert not pdf.startswith(b"%PDF")


def test_issuing_twice_makes_one_document_and_one_number(clerk, taken, owner):
    page = clerk.get(f"/console/eservices/{taken}/issue")
    form = {**ISSUE, "confirmed": "1", "expected_version": seen_on(page)}
    answers = [clerk.post(f"/console/eservices/{taken}/issue", form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert owner("select count(*), max(sequence) from t_gorno_selo.eservices_document") == [(1, 1)]


def test_a_document_with_a_blank_is_not_issued(clerk, taken, owner):
    answer = issue(clerk, taken, before="")
    assert answer.status_code == 422 and "Попълнете „Да послужи пред“" in text(answer)
    assert issue(clerk, taken, debts="some").status_code == 422  # it does not say which
    assert owner("select count(*) from t_gorno_selo.eservices_document") == [(0,)]


def test_a_refusal_says_why_and_where_to_appeal(clerk, citizen, taken):
    reasons = "Лицето не е посочило имота."
    clerk.press(f"/console/eservices/{taken}/refuse", words=reasons)
    page = text(citizen.get(f"/eservices/cases/{taken}"))
    assert "Отказано" in page and "до 14 дни" in page and "ДОПК чл. 91" in page


def test_the_clock_stops_while_the_person_is_asked_and_starts_anew(
    clerk, citizen, taken, owner, uow_in
):
    dates = "select due_on, cure_until, starts_on from t_gorno_selo.eservices_case"
    due = owner(dates)[0][0]
    clerk.press(f"/console/eservices/{taken}/ask", words="Кой имот?")
    with uow_in("gorno-selo") as uow:
        today = day_of(uow.now)
    assert owner(dates)[0][:2] == (None, None)  # asked, and not served yet
    page = text(citizen.get(f"/eservices/cases/{taken}"))
    assert "Кой имот?" in page and "спрян" in page
    assert owner(dates)[0][1] == term("dopk_cure", starts_on=today).due_on
    answer = citizen.press(f"/eservices/cases/{taken}", words="Къщата.", file="")
    assert answer.status_code == 303
    later, cure, starts_on = owner(dates)[0]
    assert cure is None and starts_on >= today
    assert later == term("dopk_debt_certificate", starts_on=starts_on).due_on
    assert later >= due
    assert "Къщата." in text(clerk.get(f"/console/eservices/{taken}"))


def test_what_was_not_answered_in_time_is_closed_and_not_before(clerk, taken, owner, uow_in):
    clerk.press(f"/console/eservices/{taken}/ask", words="Кой имот?")
    page = clerk.get(f"/console/eservices/{taken}")
    assert "/close" not in page.text
    version = owner("select version from t_gorno_selo.eservices_case")[0][0]
    answer = clerk.post(f"/console/eservices/{taken}/close", {"expected_version": version})
    assert answer.status_code == 409
    with uow_in("gorno-selo") as uow:
        case_of(uow, taken).cure_until = day_of(uow.now) - timedelta(days=1)
        uow.commit()
    assert clerk.press(f"/console/eservices/{taken}", to="/close").status_code == 303
    assert owner(STATE) == [("closed",)]


def test_two_clerks_are_never_unaware_of_each_other(clerk, colleague, sent):
    form = {"expected_version": seen_on(clerk.get(f"/console/eservices/{sent}"))}
    assert clerk.post(f"/console/eservices/{sent}/take", form).status_code == 303
    assert clerk.post(f"/console/eservices/{sent}/take", form).status_code == 303  # a late copy
    late = colleague.post(f"/console/eservices/{sent}/take", form)
    assert late.status_code == 409 and "беше променено" in text(late)
    assert "Веска Деловодна" in text(colleague.get(f"/console/eservices/{sent}"))


def test_only_who_works_on_a_case_decides_it(clerk, colleague, taken, owner):
    version = owner("select version from t_gorno_selo.eservices_case")[0][0]
    answer = colleague.post(
        f"/console/eservices/{taken}/issue",
        {**ISSUE, "confirmed": "1", "expected_version": version},
    )
    assert answer.status_code in (403, 422)
    assert owner(STATE) == [("in_work",)]


def test_a_case_is_handed_over(clerk, colleague, taken):
    path = f"/console/eservices/{taken}/hand-over"
    form = {"expected_version": seen_on(clerk.get(path)), "to": str(colleague.person_id)}
    assert clerk.post(path, form).status_code == 303
    assert clerk.post(path, form).status_code == 303  # a late copy
    assert "Поискайте още данни" in text(colleague.get(f"/console/eservices/{taken}"))


def test_what_has_ended_is_not_handed_over(clerk, colleague, citizen, taken, owner):
    form = {"to": str(colleague.person_id)}
    citizen.press(f"/eservices/cases/{taken}/withdraw")
    form["expected_version"] = owner("select version from t_gorno_selo.eservices_case")[0][0]
    answer = clerk.post(f"/console/eservices/{taken}/hand-over", form)
    assert answer.status_code == 422 and "Оттеглено" in text(answer)
    assert owner("select assignee_id from t_gorno_selo.eservices_case") == [(clerk.person_id,)]


def test_the_page_of_a_decision_is_a_look(clerk, taken, owner):
    assert owner("select count(*) from t_gorno_selo.purposes_look") == [(0,)]
    assert clerk.get(f"/console/eservices/{taken}/issue").status_code == 200
    assert owner("select by_id from t_gorno_selo.purposes_look") == [(clerk.person_id,)]


def test_a_look_needs_a_purpose_and_the_person_sees_it(colleague, citizen, taken):
    closed = colleague.get(f"/console/eservices/{taken}")
    assert "Пена" not in closed.text and "Защо отваряте заявлението?" in text(closed)
    colleague.press(f"/console/eservices/{taken}", to="/look", purpose="control")
    assert "Пена Иванова Пробова" in text(colleague.get(f"/console/eservices/{taken}"))
    page = text(citizen.get(f"/eservices/cases/{taken}"))
    assert "Гошо Колегов" in page and "Контрол по служба" in page


def test_nobody_looks_without_saying_so(colleague, taken):
    for path in ("issue", "refuse", "ask", "hand-over"):
        page = colleague.get(f"/console/eservices/{taken}/{path}")
        assert page.status_code == 403 and "Пена" not in page.text, path


def test_notes_of_the_staff_are_not_told(clerk, citizen, taken):
    clerk.press(f"/console/eservices/{taken}", to="/note", words="Обадих се два пъти.")
    assert "Обадих се два пъти." in text(clerk.get(f"/console/eservices/{taken}"))
    assert "Обадих се" not in text(citizen.get(f"/eservices/cases/{taken}"))


def test_a_person_withdraws_and_nothing_can_be_issued_any_more(clerk, citizen, taken, owner):
    assert citizen.press(f"/eservices/cases/{taken}/withdraw").status_code == 303
    assert owner(STATE) == [("withdrawn",)]
    assert issue_after(clerk, taken, owner) == 422
    assert owner(STATE) == [("withdrawn",)]


def issue_after(clerk, case_id, owner):
    version = owner("select version from t_gorno_selo.eservices_case")[0][0]
    return clerk.post(
        f"/console/eservices/{case_id}/issue",
        {**ISSUE, "confirmed": "1", "expected_version": version},
    ).status_code


def test_the_queue_finds_by_number_and_by_the_persons_id(clerk, sent, owner):
    ((year, sequence),) = owner("select year, sequence from t_gorno_selo.eservices_case")
    number = f"{year}-{sequence:05d}"
    for asked in (number, "0307159274", "030715 9274"):
        answer = find(clerk, asked)
        assert answer.status_code == 303 and "0307159274" not in answer.location
        assert f">{number}</a>" in clerk.get(answer.location).text
    for asked in ("2026-00099", "0402299282", "nobody"):
        page = clerk.get(find(clerk, asked).location)
        assert page.status_code == 200 and f">{number}</a>" not in page.text, asked
    for asked in ("-", "99999999999999999999"):  # nothing that anything is known by
        assert find(clerk, asked).status_code == 422, asked


def find(clerk, asked):
    return clerk.press("/console/eservices/", to="/find", text=asked)


def test_the_address_of_a_search_holds_no_number_of_a_person(clerk, sent):
    for odd in ("person=0307159274", "person=zz", "list=nothing"):
        assert clerk.get(f"/console/eservices/?{odd}").status_code == 404, odd
    page = clerk.get("/console/eservices/?number=0307159274")
    assert page.status_code == 200 and sent not in page.text
    assert find(clerk, "x" * 5000).status_code == 422


def test_what_is_late_is_said_in_words(clerk, taken, uow_in):
    with uow_in("gorno-selo") as uow:
        case_of(uow, taken).due_on = day_of(uow.now) - timedelta(days=1)
        uow.commit()
    assert "закъсня с 1 ден" in text(clerk.get("/console/eservices/?list=late"))
    assert "Просрочено" in text(clerk.get(f"/console/eservices/{taken}"))


def test_a_case_of_one_village_does_not_exist_in_the_other(sent, sign_in, clerk):
    stranger = sign_in("dolno-selo", *STAFF_ROLES)
    for path in ("", "/issue", "/refuse", "/ask", "/hand-over"):
        assert stranger.get(f"/console/eservices/{sent}{path}").status_code == 404
    assert stranger.get(f"/eservices/cases/{sent}").status_code == 404


@pytest.mark.parametrize("tail", ["", "/receipt", "/withdraw"])
def test_a_case_opens_for_its_person_alone(sent, sign_in, client, at, tail):
    path = f"/eservices/cases/{sent}{tail}"
    assert sign_in("gorno-selo").get(path).status_code == 404
    assert "/sign-in?" in client.get(path, base_url=at("gorno-selo")).location


def test_letters_say_that_there_is_news_and_nothing_else(clerk, taken, app, queued, uow_in):
    clerk.press(f"/console/eservices/{taken}/ask", words="Тайна подробност")
    asked = [args for name, args in queued() if args.get("fact") == "eservices:application.asked"]
    assert len(asked) == 1
    with uow_in("gorno-selo") as uow:
        (person_id,) = reader_of_case(uow, asked[0]["payload"])
        subject, letter = news(uow, asked[0]["payload"])
    assert person_id and "Пена" not in letter and "Тайна" not in subject + letter


def test_who_sends_an_application_is_written_to_at_once(sent, queued, uow_in):
    """Number, by when, what next, where to follow it; in the reader's language."""
    [args] = [a for _, a in queued() if a.get("fact") == "eservices:application.sent"]
    with uow_in("gorno-selo") as uow:
        case, fact = case_of(uow, sent), args["payload"]
        for language, words in (("bg", "Получихме"), ("en", "received"), ("ro", "primit")):
            with speaking(language):
                subject, letter = acknowledged(uow, fact)
                assert words in subject and case.number in subject and case.number in letter
                assert day(case.due_on) in letter and ".." not in letter
                assert f"/eservices/cases/{sent}" in letter and "Пена" not in subject + letter
        write_letters(uow, **{name: args[name] for name in ("fact", "payload", "cause")})
        [told] = uow.session.scalars(select(Message)).all()
        assert (told.person_id, told.recipient) == (case.person_id, "pena@villages.example")
        assert told.subject == f"Получихме заявление {case.number}"


def test_an_address_typed_without_a_profile_is_written_to_and_no_code_travels(
    visitor, walking, queued, uow_in
):
    code = walking.begin(visitor)
    walking.fill(visitor, code, email="pena@villages.example")
    walking.send(visitor, code)
    [args] = [a for _, a in queued() if a.get("fact") == "eservices:application.sent"]
    with uow_in("gorno-selo") as uow:
        [reader] = reader_of_sent(uow, args["payload"])
        subject, letter = acknowledged(uow, args["payload"])
    assert (reader.person_id, reader.email) == (None, "pena@villages.example")
    assert "/eservices/resume" in letter and code not in "".join(filter(str.isdigit, letter))


def test_names_of_facts_and_their_keys_are_fixed():
    names = {fact.name for fact in EVENTS if fact.name.startswith("eservices:application.")}
    assert names == {
        f"eservices:application.{word}"
        for word in (
            *("sent", "taken", "handed-over", "noted", "looked-at", "asked", "served"),
            *("answered", "decided", "refused", "withdrawn", "closed"),
        )
    }
    assert {field.name for field in fields(CaseFact)} == {"subject_id", "number", "service"}


def test_issuing_takes_what_the_applicant_gave_and_shows_the_document_first(
    clerk, citizen, walking, owner
):
    ref = walking.begin(citizen, "1997")
    pages = ("identity", "address", "contact", "about", "delivery")
    answers = {**walking.answers, "about": {"about": "me"}}
    walking.fill(citizen, ref, {page: answers[page] for page in pages})
    case_id = walking.send(citizen, ref).location.split("/cases/")[1][:36]
    desk = f"/console/eservices/{case_id}"
    assert clerk.press(desk, to="/take").status_code == 303
    page = clerk.get(f"{desk}/issue")
    assert 'value="Пена Иванова Пробова"' in page.text and "ул. „Първа“ № 1" in text(page)
    assert "каквото заявителят е написал" in text(page)
    since = {"certified_since": ["1", "5", "2020"], "before": "банка"}
    address = "с. Раковица, ул. „Втора“ № 2"
    shown = clerk.press(f"{desk}/issue", **since, certified_address=address)
    assert shown.status_code == 200 and "има настоящ адрес: " + address in text(shown)
    assert "за да послужи пред банка" in text(shown)
    assert owner("select count(*) from t_gorno_selo.eservices_document") == [(0,)]
    [second] = [form for form in clerk.forms_in(shown.text) if "certified_name" in form[1]]
    again = second[1] | {"certified_since": since["certified_since"]}
    back = clerk.post(f"{desk}/issue", again | {"edit": "1"})
    assert back.status_code == 200 and "ул. „Втора“ № 2" in text(back)
    assert owner("select count(*) from t_gorno_selo.eservices_document") == [(0,)]
    assert clerk.post(f"{desk}/issue", again | {"confirmed": "1"}).status_code == 303
    assert owner("select count(*) from t_gorno_selo.eservices_document") == [(1,)]


def test_rules_of_prefilling_name_fields_and_answers_that_there_are():
    for given in stored_definitions():
        definition = read_definition(given)
        for name, rules in prefill_rules().get(definition.service, {}).items():
            assert name in definition.document.fields, (definition.service, name)
            for rule in rules:
                told = rule["from"]
                asked = blanks_of([told]) if "{" in told else {told}
                assert asked <= set(definition.questions), (definition.service, told)
