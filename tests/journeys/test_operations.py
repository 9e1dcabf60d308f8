"""A small team at its desk: a question, an incident, a municipality that comes, one taken back."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from obshto.ops.backup_daemon import BackupDaemon
from obshto.platform.permissions import Role
from obshto.sso.embedded.people import seed_people, seed_region_team
from obshto.sso.organizations import REGION, REGION_TEAM, link_organization, unlink_organization
from obshto.tenants.api import scope_named
from obshto.tenants.municipalities.provision import close_schema, remove

pytestmark = pytest.mark.browser
VILLAGE, NAME = "gorno-selo", "Горно село"
TEXT = "Плащанията не работят. Опитайте след обяд."
ADMIN = "Иван Админов"


@pytest.fixture
def village(site):
    """Its address; demonstration people work there and in the region's team."""
    with site.app.app_context():
        scope = scope_named(VILLAGE)
        link_organization(VILLAGE, {"bg": scope.title})
        link_organization(REGION, REGION_TEAM)
        seed_people(scope)
        seed_region_team()
    return site.at(VILLAGE)


@pytest.fixture
def team(site, visit, village, enter_as):
    """A specialist at a page of the operations host, by the pages that people use."""

    def enter(path):
        page = visit(phone=False)
        enter_as(page, site.at("ops"), path, "operator")
        expect(page).to_have_url(site.at("ops") + path)
        return page

    return enter


@pytest.fixture
def keeper(site, migrator, config):
    """The one that alone holds the owner's login; what it made is gone afterwards."""
    yield BackupDaemon(site.app.extensions["obshto.config"], migrator, lambda: site.app)
    for path in config.backup_dir.rglob("*.*"):
        path.unlink()
    with migrator.begin() as connection:
        asked = "SELECT nspname FROM pg_namespace WHERE nspname ~ '^[ro]_'"
        for schema in connection.scalars(text(asked)).all():
            close_schema(connection, schema)


@pytest.fixture
def newcomer(site, migrator):
    """A municipality that is not there yet, and is gone afterwards."""
    yield "novo-selo"
    with migrator.begin() as connection:
        remove(connection, "novo-selo", by="test")
    with site.app.app_context():
        unlink_organization("novo-selo")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.get_by_role("link", name=name, exact=True).click()


def fill(page, words):
    """Each field by its label."""
    for label, typed in words.items():
        page.get_by_label(label, exact=True).fill(typed)


def says(page, *words, where="main"):
    for one in words:
        expect(page.locator(where)).to_contain_text(one)


def write_news(page, title):
    """On the page where one begins."""
    for field, words in (("title", title), ("summary", "Накратко"), ("markdown", "Текст.")):
        page.fill(f"#{field}", words)


def write_and_save(page, title):
    """Now at the page of the draft."""
    write_news(page, title)
    press(page, "Запазете черновата")
    says(page, title, where="h1")


def test_a_question_goes_from_the_page_at_hand_to_a_rating(
    visit, village, site, team, enter_as, work_off
):
    clerk = visit()
    enter_as(clerk, village, "/console/news/", "editor")
    follow(clerk, "Попитайте за тази страница")
    says(clerk, "/console/news/")
    fill(clerk, {"За какво става дума": "Не излиза", "Какво се случи": "Публикувах я, а я няма."})
    press(clerk, "Изпратете")
    says(clerk, "Запитването е изпратено")
    operator = team("/tickets")
    operator.get_by_role("link", name="Не излиза").click()
    says(operator, "/console/news/", "Chrome")
    answered(operator)
    clerk.reload()
    says(clerk, "Публикувах я, а я няма.", "Часът ѝ е утре.", "Десислава Митова")
    clerk.get_by_label("Отлично").check()
    press(clerk, "Оценете")
    says(clerk, "Оценихте помощта с 5 от 5")
    operator.reload()
    says(operator, "5 от 5")
    work_off()
    operator.goto(f"{site.at('ops')}/letters")
    letters = operator.locator("article")
    for to, said in (("operator@", "/tickets/"), ("editor@", "/console/helpdesk/")):
        expect(letters.filter(has_text=to).filter(has_text=said).first).to_be_visible()
    expect(letters.filter(has_text="Публикувах")).to_have_count(0)


def answered(operator):
    """Taken over, answered and closed, on the page of the ticket."""
    operator.get_by_label("Отговаря").select_option(label="Десислава Митова")
    operator.get_by_label("Спешност").select_option(label="Важно")
    press(operator, "Запазете")
    says(operator, "Отговаря: Десислава Митова. Спешност: Важно.")
    fill(operator, {"Отговор": "Часът ѝ е утре."})
    operator.get_by_label("Минути помощ").fill("10")
    operator.get_by_label("Въпросът е решен").check()
    press(operator, "Отговорете")
    says(operator, "Приключено")


def test_an_incident_is_told_stops_changes_and_goes(visit, village, team, enter_as):
    citizen, clerk = visit(), visit()
    citizen.goto(village)  # now the servers have this page at hand
    enter_as(clerk, village, "/console/news/new", "editor")
    write_news(clerk, "Сбор")
    operator = team("/incidents/new")
    for chosen in ("Авария", NAME, "само за четене"):
        operator.get_by_label(chosen).check()
    fill(operator, {"Съобщение на български": TEXT})
    press(operator, "Съобщете")
    says(operator, TEXT)
    for _ in range(4):  # whichever server answers
        citizen.goto(village)
        says(citizen, TEXT, where=".ob-note")
    press(clerk, "Запазете черновата")
    says(clerk, "Сега може само да четете")
    tell(operator, "Намерихме причината", "Спрял е сървър.")
    citizen.goto(f"{village}/status")
    says(citizen, "Спрял е сървър.")
    tell(operator, "Готово", "Плащанията работят.")
    for _ in range(4):
        citizen.goto(village)
        expect(citizen.locator("body")).not_to_contain_text(TEXT)
    citizen.goto(f"{village}/status")
    says(citizen, "Порталът работи.", "Плащанията работят.")
    press(clerk, "Изпратете отново")
    says(clerk, "Сбор", where="h1")


def tell(operator, how_far, words):
    operator.get_by_role("radio", name=how_far).check()
    fill(operator, {"Съобщение на български": words})
    press(operator, "Публикувайте")
    says(operator, words)


def test_a_municipality_comes_from_its_name_to_its_admin(
    visit, site, team, newcomer, keeper, work_off
):
    operator = team("/welcome/new")
    names = {"Име на общината": "Ново село", "Име на английски": "Novo Selo"}
    admin = {"Администратор на портала": ADMIN, "Имейл на този човек": "ivan@novo.example"}
    fill(operator, names | admin | {"Адрес на портала": newcomer, "Основание": "Решение 12"})
    press(operator, "Създайте портала")
    steps = operator.locator("#welcome")
    expect(steps.get_by_text("Чака", exact=True)).to_have_count(3)
    work_off(keeper)
    expect(steps.get_by_text("Готово", exact=True)).to_have_count(3)  # the page asks by itself
    follow(operator, "Отворете портала")
    expect(operator).to_have_url(f"{site.at(newcomer)}/")
    says(operator, "Община Ново село", where="body")
    invited = visit()
    invited.goto(f"{site.at(newcomer)}/console/onboarding/")
    press(invited, "Продължете")
    invited.get_by_role("button", name=ADMIN).click()
    says(invited, "Преди откриването", "Гербът на общината", "Липсва")


def test_a_municipality_is_taken_back_to_a_moment_from_the_board(
    visit, village, site, team, keeper, work_off
):
    def order(button, done, more=()):
        fill(operator, {"Защо": "Сгрешена новина", **dict(more)})
        press(operator, button)
        says(operator, "Чака", where="#order")
        work_off(keeper)
        operator.reload()  # the page would ask by itself in two seconds
        says(operator, done, where="#order")

    cookie = site.cookie(VILLAGE, site.token(VILLAGE, Role.EDITOR))
    editor, operator = visit(cookies=[cookie]), team(f"/municipalities/{VILLAGE}")
    follow(operator, "Копия, към които общината може да се върне")
    press(operator, "Направете копие сега")
    order("Направете копие", "Копието е готово")
    editor.goto(f"{village}/console/news/new")
    write_and_save(editor, "Грешка")
    written = editor.url
    follow(operator, "Всички копия и поръчки")
    operator.get_by_role("link", name="Възстановете настрани").first.click()
    order("Възстановете настрани", "Копието стои настрани")
    press(operator, "Вижте разликите")
    expect(operator.locator("tr").filter(has_text="Новини").first).to_contain_text("news_item")
    press(operator, "Сменете общината с копието")
    order("Сменете общината", "Общината вече е като в копието", {"Името на общината": NAME})
    assert editor.goto(written).status == 404
