"""A local referendum on paper, from the committee to the decision in force; a council that says no.

The law's own days are typed as they stand on paper; only the day of the vote, six weeks ahead, is
moved.
"""

import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import expect
from stdnum.bg import egn
from support.unscripted import send

from obshto.modules.referendum.models import Referendum
from obshto.modules.referendum.services.petition import PETITION
from obshto.platform.clock import today
from obshto.platform.permissions import Role
from obshto.platform.petitions.signatures import SignatureWords
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.platform.workdays import is_workday
from obshto.tenants.api import scope_named

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"
QUESTION = "Съгласни ли сте общината да запази мелницата за читалище?"
ASKED = {
    "question": QUESTION,
    "yes_means": "Мелницата остава на общината и до две години е читалище.",
    "no_means": "Мелницата се продава на търг, парите са за пътищата.",
    "reasons": "Няма къде да се събираме през зимата.",
    "decider": "council",
}
VOTERS, NEEDED = 1_220, 61
ROLLS = {1: 412, 2: 305}  # of the demonstration's two sections
READ = {
    1: {"listed": 412, "signed": 180, "ballots": 180, "yes": 121, "no": 52, "invalid": 7},
    2: {"listed": 305, "signed": 131, "ballots": 131, "yes": 80, "no": 49, "invalid": 2},
}
DAY_OFF = (5, 6)  # Saturday, Sunday


def ago(days):
    return today() - timedelta(days=days)


def on(days, **more):
    return {"happened_on": ago(days).isoformat(), **more}


def number_of(order):
    start = f"800101{order:03}"
    return next(f"{start}{last}" for last in range(10) if egn.is_valid(f"{start}{last}"))


def says(page, *told):
    for one in told:
        expect(page.locator("main")).to_contain_text(one)


def refused(page, address, *told, **typed):
    """The form comes back with what is wrong; what was typed stays."""
    page.goto(address)
    for name, value in typed.items():
        page.locator(f'main [name="{name}"]').fill(value)
    page.locator('main form[method="post"] button').last.click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    for name, value in typed.items():
        expect(page.locator(f'main [name="{name}"]')).to_have_value(value)
    says(page, *told)


def test_a_committee_goes_the_whole_way(furnish, person, site, time_passes):
    base = furnish("referendum", "polling", "results")
    chair, secretary, reader = person(), person(Role.SECRETARY), person()
    desk = founded(chair, base)
    proposal_id = desk.rpartition("/")[2]
    page, console = f"{base}/referendum/{proposal_id}", f"{base}/console/referendum/{proposal_id}"
    signed(chair, desk, site)
    checked(secretary, chair, console, desk)
    called(secretary, console)
    reader.goto(page)
    says(reader, "Гласува се на хартия на", "Решение № 112", "Кампанията е от", "62 от нужни 61")
    expect(reader.locator("main")).not_to_contain_text("Проба")
    time_passes(Referendum, proposal_id, vote_on=ago(18))
    night = f"{base}/console/results/{proposal_id}"
    counted(secretary, person(Role.REGISTRY_CLERK), night)
    announced(secretary, reader, night, f"{base}/results/{proposal_id}")
    reader.goto(page)
    says(reader, "Приет с гласуване", "Гласували", "311", "201")


def founded(chair, base):
    """The question is tried before anything is written; three members, the first one chairs."""
    chair.goto(f"{base}/referendum/")
    chair.get_by_role("button", name="Проверете дали въпросът").click()
    chair.locator("main [name=question]").fill(QUESTION)
    chair.locator("main form button").last.click()
    says(chair, "въпросът може да се зададе")
    desk = send(chair, f"{base}/referendum/new", proposer="citizens", **ASKED)
    for order in range(3):
        typed = {"name": f"Проба Член {order}", "egn": number_of(order), "address": "тук"}
        send(chair, f"{desk}/members", **typed, **({} if order else {"is_chair": "y"}))
    counted = {"number": VOTERS, "on": ago(29).isoformat(), "source": "писмо от ГРАО"}
    send(chair, f"{desk}/voters", **counted, moment="entry")
    send(chair, f"{desk}/steps/form", **on(29))
    send(chair, f"{desk}/steps/start", **on(28))
    says(chair, f"0 от нужни {NEEDED}", "ЗПУГДВМС", "Последен ден")
    return desk


def signed(chair, desk, site):
    """Sheets of ten lines; sixty signatures are not enough, the sixty-first counts."""
    send(chair, f"{desk}/sheets", count=7)
    with chair.expect_download() as sheets:
        chair.get_by_role("link", name="Отворете листата за печат (PDF)").click()
    assert sheets.value.path().read_bytes().startswith(b"%PDF")
    in_bulk(site, desk, NEEDED - 1)
    refused(
        chair,
        f"{desk}/steps/file",
        "1220 × 1 ÷ 20, закръглено нагоре = 61",
        "60 е под 61",
        **on(25),
    )
    for line, number in enumerate((number_of(11), "1234567890", number_of(900)), 1):
        typed = {"name": "Проба Подписала", "egn": number, "address": "ул. Втора 2"}
        send(chair, f"{desk}/rows/enter", sheet=7, line=line, **typed)
    chair.goto(desk)
    says(chair, f"{NEEDED} от нужни {NEEDED}", "Стигат")
    send(chair, f"{desk}/steps/file", **on(25))


def in_bulk(site, desk, count):
    """The same form as often as there are lines; the browser adds nothing to it."""
    who = Principal.system("test")
    with site.app.app_context(), open_uow(scope_named(VILLAGE), who) as uow:
        owner = uow.session.get_one(Referendum, UUID(desk.rpartition("/")[2]))
        for order in range(count):
            words = SignatureWords(name="Проба Подписала", egn=number_of(10 + order), address="тук")
            place = (order // 10 + 1, order % 10 + 1)
            PETITION.enter_row(uow, owner, words, place=place, request_id=uuid4())
            uow.session.flush()
        uow.commit()


def checked(secretary, chair, console, desk):
    """The register office finds one who is no voter; the committee cures it within a month."""
    send(secretary, f"{console}/rows", "/look", purpose="check")
    says(secretary, "ЕГН е сгрешено", "Същият човек е подписал и другаде")
    with secretary.expect_download() as file:
        secretary.locator('a[href$="/rows.csv"]').click()
    assert len(file.value.path().read_text("utf-8-sig").splitlines()) == 1 + NEEDED
    send(secretary, f"{console}/steps/send", **on(24))
    send(secretary, f"{console}/protocol", places="1/4", rest="confirmed")
    refused(secretary, f"{console}/steps/confirm", "= 61", **on(22, words="Протокол № 7"))
    send(secretary, f"{console}/steps/fault", **on(22, words="Един подпис не е на гласоподавател"))
    chair.goto(desk)
    says(chair, "С нередовности", "Един подпис не е на гласоподавател", "Последен ден")
    for line in (4, 5):
        typed = {"name": "Проба Късна", "egn": number_of(910 + line), "address": "ул. Трета 3"}
        send(chair, f"{desk}/rows/enter", sheet=7, line=line, **typed)
    send(chair, f"{desk}/steps/cure", **on(21))
    send(secretary, f"{console}/protocol", places="1/4", rest="confirmed")
    send(secretary, f"{console}/steps/confirm", **on(20, words="Протокол № 8"))


def called(secretary, console):
    """Only Saturdays and Sundays from the 45th to the 60th day are there to choose."""
    decided = ago(19)
    step = f"{console}/steps/call?decided={decided.isoformat()}"
    days = offered(secretary, step)
    assert days and all(day.weekday() in DAY_OFF for day in days)
    assert all(45 <= (day - decided).days <= 60 for day in days)
    says(secretary, "Най-рано", "Най-късно")
    send(secretary, step, **on(19, words="Решение № 112"), vote_on=days[-1].isoformat())


def offered(page, step):
    page.goto(step)
    values = page.locator("[name=vote_on] option").evaluate_all("all => all.map(o => o.value)")
    return [date.fromisoformat(one) for one in values if one]


def counted(secretary, clerk, night):
    """Each protocol is read by two people; one contradicts itself and goes back to its section."""
    secretary.goto(night)
    sections = [
        secretary.get_by_role("link", name=f"Секция {number}", exact=True).get_attribute("href")
        for number in READ
    ]
    base = night.partition("/console")[0]
    first, second = (f"{base}{path}" for path in sections)
    read(first, 1, READ[1], clerk, secretary)
    read(second, 2, READ[2] | {"ballots": 132}, clerk, secretary)
    secretary.goto(second)
    says(secretary, "Числата си противоречат", "разликата е 1")
    send(secretary, f"{second}/return", words="Пребройте бюлетините")
    read(second, 2, READ[2], clerk, secretary)
    send(secretary, f"{night}/report", **{"reported_at": f"{ago(17).isoformat()}T06:00"})


def read(section, number, told, *people):
    for one in people:
        send(one, f"{section}/protocol", number=number, **told, complaints=0)


def announced(secretary, reader, night, page):
    """With its reasons; not challenged in seven days; in force once it stood in three places."""
    send(secretary, f"{night}/acts/announce", **on(17, words="Решение № 5 на комисията"))
    reader.goto(page)
    says(reader, "Въпросът е приет", "717 × 2 ÷ 5, закръглено нагоре = 287", "Решение № 5")
    says(reader, "могат да оспорят резултата")
    send(secretary, f"{night}/acts/lapse", **on(0))
    proofs = {"на страницата": "Тук", "вестник": "Вестник „Проба“, бр. 5", "медия": "Радио Проба"}
    for place, proof in proofs.items():
        secretary.goto(night)
        secretary.get_by_role("link", name=re.compile(place)).click()
        ended = {"how": "done", "ended_on": today().isoformat(), "words": proof}
        send(secretary, secretary.url, **ended)
    reader.goto(page)
    says(reader, "Решението е в сила от", "Вестник „Проба“, бр. 5", "Окончателен")


def test_a_council_that_refuses_and_the_way_on(furnish, person):
    """The refusal is public with its reasons; the term for the court ends on no day off."""
    base = furnish("referendum")
    secretary, reader = person(Role.SECRETARY), person()
    proposed = {"proposer": "councillors", "signers": 5}
    desk = send(secretary, f"{base}/console/referendum/new", **proposed, **ASKED)
    page = f"{base}/referendum/{desk.rpartition('/')[2]}"
    saturday = today() - timedelta(days=(today().weekday() - 5) % 7)
    told = {"happened_on": saturday.isoformat()}
    send(secretary, f"{desk}/steps/submit", **told)
    send(secretary, f"{desk}/steps/reject", **told, words="Решение № 9: няма пари за ремонт")
    last = next(day for n in range(7, 21) if is_workday(day := saturday + timedelta(days=n)))
    reader.goto(page)
    says(reader, "Отказан от съвета", "няма пари за ремонт", "могат да обжалват отказа")
    says(reader, f"Последен ден: {last.day}", "Как може да продължи", "Ако съдът отмени отказа")
    expect(reader.get_by_text("Предстои")).to_have_count(0)  # nobody promised a date
    refused(secretary, f"{desk}/steps/lapse", "Срокът още не е изтекъл", **on(0))
    appealed(secretary, reader, desk, page)


def appealed(secretary, reader, desk, page):
    """The court says the council was wrong: then days count from its judgment."""
    send(secretary, f"{desk}/steps/appeal", **on(0), words="Петима съветници, дело № 31")
    reader.goto(page)
    says(reader, "Обжалван пред съда", "дело № 31", "Ако съдът потвърди отказа")
    send(secretary, f"{desk}/steps/annul", **on(0), words="Решение № 77 на съда")
    reader.goto(page)
    says(reader, "Отказът е отменен", "насрочва референдума с гласуване в срока")
    vote_on = offered(secretary, f"{desk}/steps/call")[0]
    decided = on(0, words="Решение № 12")
    send(secretary, f"{desk}/steps/call", **decided, vote_on=vote_on.isoformat())
    reader.goto(page)
    says(reader, "Гласува се на хартия на", "Решение № 12")
