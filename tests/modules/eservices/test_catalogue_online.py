"""Services that no form was published for: the smallest application of each goes to its end.

They are received on Friday 18 December 2026, and their days were counted in the calendar:

- at once, at the latest the next day: Saturday, so Monday 21 December;
- 7 days: Friday 25 December, a holiday. The 26th is one too and falls on a Saturday, so Monday the
  28th is free in its place: Tuesday 29 December;
- 14 days: Friday 1 January, a holiday, then the weekend: Monday 4 January;
- 1 month: Monday 18 January.
"""

from datetime import date

import pytest
from sqlalchemy import text

from obshto.modules.eservices.services.answers import fee_due, rule_for
from obshto.modules.eservices.services.catalogue import catalogue_services
from obshto.modules.eservices.services.definition_tests import values_of
from obshto.modules.eservices.services.definitions import renewal_rules
from obshto.modules.eservices.services.official_text import filled, plain
from obshto.modules.eservices.services.publication import latest
from obshto.platform.legal.terms import term
from obshto.platform.questionnaires.answers import missing
from obshto.platform.questionnaires.values import as_text

VILLAGE = "gorno-selo"
FRIDAY = date(2026, 12, 18)
AT_ONCE, WEEK = date(2026, 12, 21), date(2026, 12, 29)
FORTNIGHT, MONTH = date(2027, 1, 4), date(2027, 1, 18)
TARIFF, FREE = 300, 0
GOLDEN = [
    ("2079", "за детето си", AT_ONCE, TARIFF, "има постоянен адрес:"),
    ("2107", "за детето си", AT_ONCE, TARIFF, "има настоящ адрес:"),
    ("2016", "Наследник", WEEK, TARIFF, "2. Петър Пробов Пробов, 0402299282, Дете"),
    ("2034", "погребението", WEEK, TARIFF, "Починал/а на 03.10.2026 г. в с. Раковица"),
    ("2076", "за близките си", WEEK, TARIFF, "Майка: Пена Иванова Пробова"),
    ("2037", "за близките си", WEEK, TARIFF, "Сключен на 16.06.1990 г. в гр. Кула"),
    ("2038", "за близките си", WEEK, TARIFF, "за липса на съставен акт за гражданско състояние"),
    ("2020", "за близките си", WEEK, TARIFF, "Страница от семейния регистър"),
    ("2036", "за близките си", WEEK, TARIFF, "1. съпруг: Петър Пробов Пробов, 0402299282"),
    ("2017", "Български гражданин", WEEK, TARIFF, "Държава: Румъния"),
    ("9401", "наследникът на имота", WEEK, FREE, "ПОТВЪРЖДЕНИЕ"),
    ("9410", "Собственикът", WEEK, FREE, "ПОТВЪРЖДЕНИЕ"),
    ("waste-quantity", "Собственикът", WEEK, FREE, "От дата 01.01.2027 г."),
    ("tourist-tax", "подслон", WEEK, FREE, "За година 2025"),
    ("2014", "патентен данък", WEEK, FREE, "Дължим патентен данък за 2026 г.: 50,00 €"),
    ("2091", "Наследник", WEEK, TARIFF, "Платен данък: няма"),
    ("2124", "подали декларацията", WEEK, TARIFF, "Вх. № 1024 от 12.06.1998 г."),
    ("2131", "превозното средство", WEEK, TARIFF, "Превозно средство: ВН1234АА"),
    ("2122", "на земята", WEEK, TARIFF, "1. местност „Валога“, 4,5 дка, нива"),
    ("1988", "придобил имот", WEEK, TARIFF, "Заповед за отписване № 15 от 10.03.1995 г."),
    ("2099", "Собственикът", MONTH, TARIFF, "Отговор: Записан е Иван Примеров Пробов."),
    ("2519", "Възложителят", MONTH, TARIFF, "Решение: Приема проекта."),
    ("1986", "Собственикът", FORTNIGHT, TARIFF, "Строеж: жилищна сграда"),
    ("2100", "Търговец", FORTNIGHT, TARIFF, "Вид: Фирмена табела; „Пробен магазин“"),
    ("movable-objects", "Търговец", FORTNIGHT, TARIFF, "Размери: 3 на 2 м, площ 6 кв. м"),
    ("2006", "Собственикът", FORTNIGHT, TARIFF, "1. орех, 1,42 куб. м"),
    ("3122", "Търговец", WEEK, TARIFF, "УДОСТОВЕРЕНИЕ № В-12"),
    ("2760", "Търговец", FORTNIGHT, TARIFF, "Капацитет: 5 стаи, 10 легла"),
    ("1475", "Търговец", FORTNIGHT, TARIFF, "Утвърдена категория: 1 звезда"),
    ("2008", "Търговец", WEEK, TARIFF, "Вписва се капацитет 4 стаи."),
    ("2033", "родител на дете", FORTNIGHT, FREE, "РЕШЕНИЕ № 2"),
    ("marriage", "навършили 18", FORTNIGHT, TARIFF, "Пена Иванова Пробова и Петър Пробов Пробов"),
    ("2133", "в общината", FORTNIGHT, TARIFF, "Данните са от: ведомости 1986–1988"),
    ("2134", "в общината", FORTNIGHT, TARIFF, "1986 г.: 10 месеца, доход 2100 лв."),
]  # fmt: skip


def kept(told):
    return {name: a if isinstance(a, str) else as_text(a) for name, a in told.items()}


@pytest.mark.parametrize(("service", "who", "due", "fee", "line"), GOLDEN)
def test_the_smallest_application_goes_to_its_end(service, who, due, fee, line):
    definition = latest(service)
    case = definition.cases[0]
    answers, official = kept(case["answers"]), kept(case["official"])
    assert who in catalogue_services()[service].asked_by("bg")
    assert missing(definition.questions, answers) == []
    assert missing(definition.document.fields, official) == []
    assert term(rule_for(definition, answers), starts_on=FRIDAY).due_on == due
    assert fee_due(definition, answers, TARIFF) == fee
    printed = plain(filled(definition.document.lines, values_of(definition, answers, official, {})))
    assert line in printed


def test_a_personal_number_of_somebody_else_is_asked_for_with_a_reason():
    """Of anyone but the applicant and who acts for them."""
    told = {
        (service, name): question.hint
        for service, *_ in GOLDEN
        for name, question in latest(service).questions.items()
        if question.kind == "egn" and name != "representative_egn"
    }
    assert len(told) > 10 and [asked for asked, hint in told.items() if not hint] == []


def test_a_renewal_asks_anew_what_its_service_asks():
    rules = renewal_rules()
    assert {"2069", "outdoor-trade", "2012", "2760", "1475", "movable-objects"} <= set(rules)
    for service, rule in rules.items():
        definition = latest(service)
        assert set(rule.again) <= set(definition.questions), service
        assert definition.document.valid_months or definition.document.valid_to, service
    assert rules["2760"].opens_days == 90  # ЗТур чл. 133: in the last three months of five years


@pytest.mark.parametrize(
    ("service", "says", "leads"),
    [
        ("3304", "Централната избирателна комисия", "https://www.cik.bg"),
        ("357", "Автомобилна администрация", "https://rta.government.bg"),
        ("1992", "Министерството на земеделието", "https://www.mzh.government.bg"),
    ],
)
def test_a_service_of_another_body_leads_there(client, at, offered, service, says, leads):
    page = client.get(f"/eservices/{service}", base_url=at(VILLAGE)).text.replace("\xa0", " ")
    assert says in page and f'href="{leads}"' in page
    assert f"/eservices/{service}/form" not in page  # the paper is theirs, too


@pytest.mark.parametrize(("modules", "leads"), [("news", False), ("news,opendata", True)])
def test_public_information_is_asked_for_where_it_is_given(
    client, at, offered, migrator, modules, leads
):
    """On the page of open data, unless nobody has switched that on."""
    with migrator.begin() as connection:
        row = {"modules": ["eservices", *modules.split(",")]}
        connection.execute(text("UPDATE shared.tenant SET modules = :modules"), row)
    page = client.get("/eservices/2", base_url=at(VILLAGE)).text
    assert ('href="/opendata/requests/new"' in page) is leads


def test_who_may_ask_is_said_in_the_language_of_the_page(client, at, offered):
    page = client.get("/eservices/2016", base_url=at(VILLAGE)).text
    assert "Наследник, негов законен представител" in page.replace("\xa0", " ")
    page = client.get("/en/eservices/2016", base_url=at(VILLAGE)).text
    assert "An heir, an heir’s legal representative" in page.replace("\xa0", " ")
