"""The service designer: a clerk makes a service, tries it, publishes it; people apply for it."""

import html
import json
import re
from functools import partial
from uuid import uuid4

import pytest
from sqlalchemy import select
from support.designer_pages import HALL, NEIGHBOUR, OWN, VILLAGE, Design, carried, filled, text

from obshto.modules.eservices.errors import NotOffered
from obshto.modules.eservices.models import Draft
from obshto.modules.eservices.models.designed import TRIAL
from obshto.modules.eservices.search import SEARCH
from obshto.modules.eservices.seeds import seed
from obshto.modules.eservices.services.catalogue import services
from obshto.modules.eservices.services.submission import send_draft
from obshto.platform.permissions import Role


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
    assert "По закон:" not in page, "its name is the municipality's"
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
        {
            "decision_text": "Залата е Ваша.",
            "expected_version": walking.seen_on(shown),
            "confirmed": "1",
        },
    )
    assert answer.status_code == 303, text(answer)
    assert "Издадено" in text(citizen.get(f"/eservices/cases/{case}"))


def test_a_trial_shows_what_follows_and_keeps_nothing(hall, designer, walking, owner, clerk):
    begun = hall.press("/try")
    assert begun.status_code == 303
    for page, typed in answers(walking, **PARTY).items():
        path = f"{hall.path}/try/pages/{page}"
        shown = designer.get(path)
        assert "Пробно попълване" in text(shown), page
        answer = designer.post(path, {**typed, "expected_version": walking.seen_on(shown)})
        assert answer.status_code == 303, text(answer)
    assert "Вижте какво следва" in text(designer.get(f"{hall.path}/try/check"))
    shown = designer.get(f"{hall.path}/try/decision")
    told = text(shown)
    assert "Срокът" not in told or "Отговор до" in told
    assert "12,50 €" in told and "Ключът се взима от портиера." in told
    assert "Колко души ще дойдат: 40" in told and "2026-00000" in told
    typed = {"decision_text": "Залата е Ваша.", "expected_version": walking.seen_on(shown)}
    assert "Залата е Ваша." in text(designer.post(f"{hall.path}/try/decision", typed))
    pdf = designer.get(f"{hall.path}/try/document.pdf")
    assert pdf.status_code == 200 and pdf.data.startswith(b"%PDF")
    assert "Отказ" in text(shown) or designer.get(f"{hall.path}/try/refusal.pdf").status_code == 200
    counts = "select (select count(*) from t_gorno_selo.eservices_case where year > 0), "
    counts += "(select count(*) from t_gorno_selo.eservices_counter), "
    counts += "(select count(*) from t_gorno_selo.eservices_offer where service like 'own-%')"
    assert owner(counts) == [(0, 0, 0)]
    assert clerk.get(f"{hall.path}/try/check").status_code == 403


def test_a_trial_is_never_sent(hall, designer, walking, uow_in):
    hall.publish()
    hall.press("/try")
    with uow_in(VILLAGE) as uow:
        draft = uow.session.scalars(select(Draft).where(Draft.definition_version == TRIAL)).one()
        with pytest.raises(NotOffered):
            send_draft(uow, draft, expected_version=draft.version)


def test_cases_under_way_keep_their_version_and_two_versions_are_compared(
    hall, citizen, designer, walking
):
    hall.publish()
    ref = walking.begin(citizen, hall.key)
    hall.ask("step-2", "Имате ли тонколони?", "yesno", required=None)
    hall.save("about", law="Решение № 45")
    hall.publish("Питаме за тонколони")
    walking.fill(citizen, ref, answers(walking, **PARTY))
    assert "тонколони" not in text(citizen.get(f"/eservices/drafts/{ref}"))
    walking.send(citizen, ref)
    fresh = walking.begin(citizen, hall.key)
    walking.fill(
        citizen, fresh, {k: v for k, v in answers(walking, **PARTY).items() if k[0] != "d"}
    )
    assert "тонколони" in text(citizen.get(f"/eservices/drafts/{fresh}"))
    told = text(designer.get(f"{hall.path}/versions"))
    assert "<ins>Въпрос: Имате ли тонколони?" in told
    assert "<del>Основание: Наредба" in told and "Дата на ползване" not in told.split("Разлики")[1]


def test_a_withdrawn_service_takes_no_more_and_comes_back_by_publishing(
    hall, citizen, clerk, walking, visitor
):
    hall.publish()
    key = hall.key
    ref = walking.begin(citizen, key)
    walking.fill(citizen, ref, answers(walking, **PARTY))
    hall.save("withdraw", status=422, because="")
    hall.save("withdraw", because="Залата се ремонтира")
    assert HALL not in text(visitor.get("/eservices/"))
    assert "Залата се ремонтира" in text(visitor.get(f"/eservices/{key}"))
    assert citizen.get(f"/eservices/{key}/start").status_code == 404
    assert walking.send(citizen, ref).status_code == 422
    assert key not in clerk.get("/console/eservices/enter").text
    hall.publish("Ремонтът свърши")
    assert HALL in text(visitor.get("/eservices/"))
    assert walking.send(citizen, ref).status_code == 303


def test_the_counter_enters_it_and_the_search_knows_it(hall, clerk, uow_in):
    with uow_in(VILLAGE) as uow:
        assert HALL not in {entry.title for entry in SEARCH.of(uow, None)}
    hall.publish()
    with uow_in(VILLAGE) as uow:
        assert HALL in {entry.title for entry in SEARCH.of(uow, None)}
    entered = clerk.post(
        "/console/eservices/enter",
        {"request_id": uuid4(), "service": hall.key, "channel": "counter"},
    )
    assert entered.status_code == 303 and "/enter/" in entered.location


def test_two_designers_at_once(hall, walking, sign_in):
    other = Design.__new__(Design)
    other.person = sign_in(VILLAGE, Role.SECRETARY, name="Втора", email="2@v.example")
    other.walking, other.path = walking, hall.path
    shown = hall.person.get(f"{hall.path}/letters")
    other.save("letters", sent="Първо")
    late = hall.person.post(
        f"{hall.path}/letters",
        {"sent": "Второ", "expected_version": walking.seen_on(shown)},
    )
    assert late.status_code == 422
    assert "Някой промени услугата" in text(late) and "Второ" in late.text
    again = {"sent": "Второ", "expected_version": walking.seen_on(late)}
    assert hall.person.post(f"{hall.path}/letters", again).status_code == 303


@pytest.mark.parametrize("part", ["steps/new", "add/step-1"])
def test_a_form_sent_twice_lands_once(hall, designer, walking, part):
    shown = designer.get(f"{hall.path}/{part}")
    data = {**filled(shown), "title": "Нова", "label": "Нов въпрос", "kind": "text"}
    data["expected_version"] = walking.seen_on(shown)
    before = text(hall.page).count("Махнете<span")
    assert designer.post(f"{hall.path}/{part}", data).status_code == 303
    designer.post(f"{hall.path}/{part}", data)
    page = text(hall.page)
    assert page.count("Махнете<span") == before + 1


FAULTS = [
    (dict(kind="radios", options=""), "няма отговори"),
    (dict(kind="person"), "лични данни"),
    (dict(kind="phone"), "лични данни"),
    (dict(kind="text", sensitive="y"), "лични данни"),
]


@pytest.mark.parametrize(("asked", "said"), FAULTS)
def test_a_fault_is_said_in_words_and_stops_publishing(hall, asked, said):
    hall.ask("step-1", "Спорен въпрос", **asked)
    assert said in text(hall.page)
    assert hall.save("publish", status=422, note="Опит") and "publish" not in hall.page.text


def test_the_official_fills_in_a_field_that_the_designer_added(hall):
    hall.ask("decision", "Кой ключ се дава", "radios", options="Малък\nГолям")
    name = named(hall, "Кой ключ се дава")
    hall.save(f"questions/{name}", label="Кой ключ ще се даде")
    assert "Кой ключ ще се даде" in text(hall.page)


def test_an_answer_without_a_translation_leaves_the_others_theirs(hall):
    step = hall.step("Място")
    typed = {"options": "Зала\nДвор\nСцена", "options_en": "\nYard", "options_ro": "Sala\n\nScena"}
    hall.ask(step, "Къде?", "radios", **typed)
    name = named(hall, "Къде?")
    for _twice in range(2):
        hall.save(f"questions/{name}", hint="Едно място")
        shown = hall.person.get(f"{hall.path}/questions/{name}")
        kept = {k: v for k, v in filled(shown).items() if k.startswith("options")}
        assert {k: v.split() for k, v in kept.items()} == {k: v.split() for k, v in typed.items()}
        design = json.loads(hall.person.get(f"{hall.path}/file").data)
        labels = [o["label"] for o in fields_of(design)[name]["options"]]
        assert labels == [
            {"bg": "Зала", "ro": "Sala"},
            {"bg": "Двор", "en": "Yard"},
            {"bg": "Сцена", "ro": "Scena"},
        ]


def fields_of(told):
    """All fields in a file of a service, by name."""
    if not isinstance(told, dict):
        return {}
    found = dict(told.get("fields") or {})
    for inner in told.values():
        found |= fields_of(inner)
    return found


def named(design, label):
    """The name that a question got."""
    told = fields_of(json.loads(design.person.get(f"{design.path}/file").data))
    is_it = (
        name
        for name, field in told.items()
        if isinstance(field, dict) and field.get("label", {}).get("bg") == label
    )
    return next(is_it)


def test_conditions_that_lead_nowhere_are_faults(hall):
    hall.press("/move/question/za_kakvo_vi_triabva_zalata", way="down")
    hall.save(
        "questions/kolko_dushi_shte_doidat",
        when0="za_kakvo_vi_triabva_zalata=a1",
        when1="za_kakvo_vi_triabva_zalata=a2",
        join="and",
    )
    assert "никога не се показва" in text(hall.page)
    hall.save("questions/kolko_dushi_shte_doidat", when1="")
    hall.save("questions/za_kakvo_vi_triabva_zalata", options="Тържество\nДруго")
    assert "никога не се показва" in text(hall.page)
    hall.press("/move/step/step-1", way="down")
    assert "се пита по-късно" in text(hall.page)


def test_who_may_ask_for_it_is_told_as_it_was_typed(hall, visitor):
    hall.about(who="Спортни клубове от общината")
    hall.publish()
    page = text(visitor.get(f"/eservices/{hall.key}"))
    assert "Спортни клубове от общината" in page and "Лицата по Спортни" not in page


def test_what_prints_nowhere_and_what_nobody_fills_in_is_told(hall):
    hall.save("document", form="ЗАЯВЛЕНИЕ\n{име на заявителя}\n{няма такова}")
    page = text(hall.page)
    assert "„няма такова“, което никой не попълва" in page
    assert "„Дата на ползване“ не се отпечатва никъде" in page


def test_placeholders_are_shown_by_words_and_printed_by_answers(hall, designer):
    hall.save("document", lines="{Община}\nЗала за {дата на ползване}\n{текст на документа}")
    shown = designer.get(f"{hall.path}/document")
    assert "{Дата на ползване}" in html.unescape(shown.text)
    assert (
        "{data_na_polzvane}"
        in json.loads(designer.get(f"{hall.path}/file").data)["design"]["document"]["lines"][1]
    )


@pytest.mark.parametrize(
    "typed",
    [
        dict(label=""),
        dict(label="а" * 501),
        dict(label="{applicant_id}"),
        dict(label="😀"),
        dict(kind="shoe"),
        dict(when0="nothing=1"),
        dict(options="\n".join(map(str, range(70)))),
    ],
)
def test_what_cannot_be_a_question_is_told_and_stays(hall, typed):
    data = {"label": "Въпрос", "hint": "Остава тук", "kind": "radios", **typed}
    answer = hall.save("add/step-1", status=422, **data)
    assert "Остава тук" in answer.text


def test_who_may_not_design_and_who_is_elsewhere(hall, clerk, citizen, sign_in):
    for who in (clerk, citizen):
        assert who.get(OWN).status_code == 403 and who.get(hall.path).status_code == 403
    hall.publish()
    there = sign_in(NEIGHBOUR, Role.SECRETARY, name="Съсед", email="s@n.example")
    assert there.get(hall.path).status_code == 404
    assert HALL not in text(there.get(OWN)) and HALL not in text(there.get("/eservices/"))
    assert there.get(f"/eservices/{hall.key}").status_code == 404
    for part in (
        "file",
        "versions",
        "publish",
        "questions/data_na_polzvane",
        "try/check",
        "try/record",
    ):
        assert there.get(f"{hall.path}/{part}").status_code == 404


def test_every_service_with_questions_can_be_copied_and_published(designer, walking):
    for key in ("1997", "2069", "dog", "2016", "1992"):
        design = Design(designer, walking, title=f"Копие на {key}", origin=key)
        assert "поправете" not in text(design.page), (key, text(design.page))
        assert design.publish().status_code == 303


def test_a_service_of_120_questions_asks_the_database_no_more(
    designer, walking, citizen, statements_of
):
    counts = []
    for number in (2, 120):
        design = Design(designer, walking, title=f"С {number} въпроса")
        design.about()
        step = design.step("Въпроси")
        given = json.loads(designer.get(f"{design.path}/file").data)["design"]
        given["pages"][1]["fields"] = names = [f"q{n}" for n in range(number)]
        field = {"type": "text", "label": {"bg": "Въпрос"}, "required": False}
        given["fields"] = {name: field for name in names}
        whole = {"format": "obshto-service", "number": 1, "design": given}
        answer = carried(designer, json.dumps(whole).encode())
        design.path = re.search(rf"{OWN}/[0-9a-f-]{{36}}", answer.location)[0]
        design.publish()
        ref = walking.begin(citizen, design.key)
        edited, asked = f"{design.path}/add/{step}", f"/eservices/drafts/{ref}/{step}"
        ways = ((designer, design.path), (designer, edited), (citizen, asked))
        counts.append([len(statements_of(partial(who.get, path))) for who, path in ways])
    assert counts[0] == counts[1]


def test_the_demonstration_has_a_service_of_its_own(offered, uow_in):
    with uow_in(VILLAGE) as uow:
        seed(uow)
        hall, household = (service for service in services(uow).values() if service.own)
        assert hall.can_be_online and hall.own.version == 2
        assert household.can_be_online and household.own.version == 1
        seed(uow)  # twice is harmless
        assert len([service for service in services(uow).values() if service.own]) == 2
