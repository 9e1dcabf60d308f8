"""Said once, read everywhere: a flood at two at night from one phone; a month of a village in which
nobody writes."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from obshto.modules.crisis.settings import CrisisSettings
from obshto.modules.feeds.services.delivery import deliver_due
from obshto.modules.feeds.settings import FeedsSettings
from obshto.platform.clock import SOFIA
from obshto.platform.settings.services import save_settings, version_of
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

pytestmark = pytest.mark.browser
VILLAGE, OTHER = "gorno-selo", "dolno-selo"
TABLES = f"t_{VILLAGE.replace('-', '_')}"
FIELD = "69002"
WHO = Principal.system("test")
RIVER, HIGHER = "Реката прелива при Поле", "Реката се покачва при Поле"
DRY, DARK = "Без вода в Поле", "Без ток в Поле"
PERSON = "Проба Пробов Самотен"  # of the demonstration, in the second settlement


@pytest.fixture
def village(settled, site, furnish):
    """One person alone may warn, and a post may leave, at any hour."""
    host = furnish("crisis", "notices", "feeds", alone=True)
    with site.app.app_context(), open_uow(scope_named(VILLAGE), WHO) as uow:
        night = CrisisSettings(night_from=2, night_until=2)
        save_settings(uow, "crisis", night, expected_version=version_of(uow, "crisis"))
        awake = FeedsSettings(quiet_from=0, quiet_until=0)
        save_settings(uow, "feeds", awake, expected_version=version_of(uow, "feeds"))
        uow.commit()
    return host


@pytest.fixture
def confirm(site, migrator, work_off):
    """confirm(page, overview): two minutes later the text leaves, and the jobs are done."""
    table = f"{TABLES}.crisis_message"
    later = f"UPDATE {table} SET changed_at = changed_at - interval '2 minutes'"

    def press_alone(page, overview):
        page.goto(overview)
        expect(page.get_by_role("button", name="Потвърдете и изпратете")).to_have_count(0)
        with migrator.begin() as connection:
            connection.exec_driver_sql(f"{later} WHERE sent_at IS NULL")
        page.goto(overview)
        press(page, "Потвърдете и изпратете")
        work_off()

    return press_alone


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def read(page, address, words="", *, gone=""):
    """The page says `words`, and not, or not any more, what is `gone`."""
    page.goto(address)
    if words:
        expect(page.locator("body")).to_contain_text(words)
    if gone:
        expect(page.locator("body")).not_to_contain_text(gone)


def told_round(phone, overview):
    """Networks get ready texts, who has no internet a call."""
    phone.goto(overview)
    phone.get_by_role("link", name="Готови текстове за мрежите").click()
    assert RIVER in phone.get_by_label("Най-кратък, до 280 знака").input_value()
    phone.goto(overview)
    phone.get_by_role("link", name="Обадете се на хората без интернет").click()
    press(phone, "Вземете следващия човек")
    expect(phone.locator("h1")).to_have_text(PERSON)
    expect(phone.locator("main")).to_contain_text(RIVER)
    press(phone, "Човекът научи")


def on_paper(phone, overview):
    """The poster for the shop's door, and the list of who called whom."""
    phone.goto(overview)
    phone.get_by_role("link", name="Отпечатайте плакат или листовка").click()
    with phone.expect_download() as begun:
        press(phone, "Свалете за печат (PDF)")
    assert begun.value.path().read_bytes().startswith(b"%PDF")
    phone.goto(overview)
    phone.get_by_role("link", name="Обадете се на хората без интернет").click()
    phone.get_by_role("link", name="Отворете списъка с обажданията").click()
    called = phone.locator("main li").filter(has_text=PERSON)
    expect(called).to_contain_text("Обади се")
    expect(called).to_contain_text("Научи")


def test_one_phone_at_two_at_night_warns_a_village(village, site, visit, enter_as, confirm):
    phone, reader, region = visit(js=False), visit(js=False), site.at()
    enter_as(phone, village, "/console/crisis/new", "mayor")
    phone.get_by_role("link", name="Наводнение").click()
    phone.fill("#title", RIVER)
    phone.locator(f"input[name=settlements][value='{FIELD}']").check()
    press(phone, "Запишете и прегледайте")
    overview = phone.url.partition("?")[0]
    expect(phone.locator("main")).to_contain_text("Нощ е: може да потвърдите и без втори човек, от")
    read(reader, village, gone=RIVER)
    confirm(phone, overview)
    for address in (village, region, f"{region}/feeds/"):
        read(reader, address, RIVER)
    read(reader, site.at(OTHER), gone=RIVER)
    told_round(phone, overview)
    on_paper(phone, overview)
    read(reader, village, RIVER)
    reader.get_by_role("link", name=RIVER).first.click()
    corrected_and_ended(phone, reader, overview, confirm)
    read(reader, village, gone=HIGHER)
    read(reader, region, gone=HIGHER)
    phone.goto(overview)
    phone.get_by_role("link", name="Какво е изпратено и кога").click()
    expect(phone.locator("main")).to_contain_text("без втори човек")


def corrected_and_ended(phone, reader, overview, confirm):
    """A new text takes the place of the first; the all clear ends it."""
    warning = reader.url
    phone.goto(overview)
    phone.get_by_role("button", name="Напишете нов текст").click()
    phone.fill("#title", HIGHER)
    press(phone, "Запишете и прегледайте")
    confirm(phone, overview)
    read(reader, warning, "Те вече не важат")
    expect(reader.locator("h1")).to_have_text(HIGHER)
    phone.goto(overview)
    phone.get_by_role("link", name="Обявете края на опасността").click()
    press(phone, "Запишете и прегледайте")
    confirm(phone, overview)
    read(reader, warning, "Приключи")


def noticed(clerk, title=DRY):
    """A notice for the village, published; gives its address in the console."""
    clerk.locator("#kind").select_option(index=1)
    clerk.fill("#title", title)
    clerk.locator(f"input[name=settlements][value='{FIELD}']").check()
    now = datetime.now(SOFIA)
    for field, days in (("#starts_at", 0), ("#ends_at", 2)):
        clerk.fill(field, f"{now + timedelta(days=days):%Y-%m-%dT%H:%M}")
    clerk.fill("#text", "Сменяме помпата. Цистерна идва пред кметството в 10 часа.")
    press(clerk, "Запазете черновата")
    press(clerk, "Публикувайте съобщението")
    return clerk.url.partition("?")[0]


def approved(mayor, village, title):
    mayor.goto(f"{village}/console/feeds/?list=waiting")
    mayor.get_by_role("link", name=title).click()
    press(mayor, "Одобрете публикацията")


def keep_quiet(site, *, is_quiet):
    """Quiet hours from this hour on for two, or none."""
    hour = datetime.now(SOFIA).hour
    hours = {"quiet_from": hour, "quiet_until": (hour + 2) % 24} if is_quiet else {}
    with site.app.app_context(), open_uow(scope_named(VILLAGE), WHO) as uow:
        values = FeedsSettings(**{"quiet_from": 0, "quiet_until": 0} | hours)
        save_settings(uow, "feeds", values, expected_version=version_of(uow, "feeds"))
        uow.commit()


def told(village, mayor, clerk, work_off, title):
    """The editor of the municipality publishes a notice for the village, the mayor approves it."""
    clerk.goto(f"{village}/console/notices/new")
    noticed(clerk, title)
    work_off()
    approved(mayor, village, title)
    work_off()


def morning_comes(site, migrator):
    """What waits for the end of the quiet hours is due."""
    keep_quiet(site, is_quiet=False)
    due = f"UPDATE {TABLES}.feeds_delivery SET due_at = now() WHERE due_at > now()"
    with migrator.begin() as connection:
        connection.exec_driver_sql(due)
    with site.app.app_context(), open_uow(scope_named(VILLAGE), WHO) as uow:
        deliver_due(uow)
        uow.commit()


def test_a_month_of_a_village_in_the_province_has_quiet_hours_and_ends(
    village, site, migrator, visit, enter_as, work_off
):
    """A second notice waits for the morning beside the first, then stands, then is over by itself:
    nobody of the village writes or removes anything.
    """
    mayor, clerk, reader = visit(js=False), visit(js=False, phone=False), visit(js=False)
    profile = f"{site.at()}/feeds/?municipality={VILLAGE}"
    enter_as(mayor, village, "/console/feeds/villages", "mayor")
    mayor.locator(f"form[action$='/villages/{FIELD}'] button").click()
    enter_as(clerk, village, "/console/notices/new", "editor")
    told(village, mayor, clerk, work_off, DRY)
    keep_quiet(site, is_quiet=True)
    told(village, mayor, clerk, work_off, DARK)
    read(reader, profile, DRY, gone=DARK)
    morning_comes(site, migrator)
    work_off()
    read(reader, profile, DARK)
    with migrator.begin() as connection:  # their last day is over
        over = "UPDATE shared.regional_post SET until = now() - interval '1 minute'"
        connection.exec_driver_sql(over)
    for title in (DARK, DRY):
        read(reader, profile, gone=title)


def test_a_village_without_an_editor_is_read_in_the_province(
    village, site, visit, enter_as, work_off
):
    mayor = visit(js=False)
    enter_as(mayor, village, "/console/feeds/villages", "mayor")
    mayor.locator(f"form[action$='/villages/{FIELD}'] button").click()
    expect(mayor.locator("main")).to_contain_text("Излиза")
    clerk = visit(js=False, phone=False)
    enter_as(clerk, village, "/console/notices/new", "editor")
    notice, profile = noticed(clerk), f"{site.at()}/feeds/?municipality={VILLAGE}"
    work_off()
    reader = visit(js=False)
    read(reader, profile, gone=DRY)  # until somebody else has looked
    approved(mayor, village, DRY)
    work_off()
    read(reader, profile, DRY)
    reader.locator("#place").select_option(index=1)
    press(reader, "Покажете")
    reader.get_by_role("link", name=DRY).click()
    expect(reader).to_have_url(notice.replace("/console", ""))
    clerk.goto(notice)
    clerk.get_by_role("link", name="Отменете").click()
    clerk.fill("#reason", "Помпата е сменена по-рано.")
    press(clerk, "Отменете съобщението")
    work_off()
    read(reader, profile, gone=DRY)
