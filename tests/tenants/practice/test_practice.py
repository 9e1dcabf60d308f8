"""Practice: nothing leaves it, each way out is tried; it is set back as it was at first."""

import ast
import re
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_server
from types import SimpleNamespace
from uuid import uuid4

import pytest
from sqlalchemy import text
from support.browsing import SignedIn, visitor

from obshto.billing.charges.kinds import add_kind
from obshto.billing.charges.lifecycle import Wanted, make_charge
from obshto.billing.gateways.stripe_talk import client_of
from obshto.billing.sharing.models import Use
from obshto.billing.sharing.usage import count_the_day
from obshto.modules.consultations.services import regional as consultations
from obshto.modules.events.services import regional as events
from obshto.modules.meetings.services import regional as meetings
from obshto.modules.transit.services import regional as transit
from obshto.ops.helpdesk.models import Ticket
from obshto.ops.helpdesk.seeds import seed as seed_tickets
from obshto.platform.db.base import SharedModel
from obshto.platform.fetching.guard import NotFetched
from obshto.platform.fetching.services import Asked, fetch
from obshto.platform.modularity.registry import current_registry
from obshto.platform.notify.delivery import send_letter
from obshto.platform.notify.job_names import TRANSPORT
from obshto.platform.notify.letter import Letter
from obshto.platform.notify.models import Message, State
from obshto.platform.notify.outbox import put_letter
from obshto.platform.notify.sms.gateways import InfobipGateway
from obshto.platform.notify.sms.port import ShortMessage
from obshto.platform.notify.transport import SmtpTransport, Unreachable
from obshto.platform.permissions import Role
from obshto.platform.practice_exits import StaysInside, told_outside
from obshto.platform.scope import PRACTICE, in_municipality
from obshto.platform.search.models import PublicRow
from obshto.platform.search.services import index
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.municipalities.lookup import find_municipality
from obshto.tenants.people.roles import appoint
from obshto.tenants.portal.territory import addresses_of_region, settlements_of_region
from obshto.tenants.ports import directory
from obshto.tenants.practice import services as practice_services
from obshto.tenants.practice.services import (
    _set_row_back,
    is_hour_of_reset,
    next_reset,
    reset_practice,
)

ROOT = Path(__file__).parents[3]
HERE = "gorno-selo"
LETTER = Letter(
    message_id=uuid4().hex,
    sender="obshtina@uchebna.example",
    recipient="somebody@real.example",
    subject="Писмо",
    text="Текст",
    language="bg",
)
# Files that hold a connection to a machine outside, and what keeps practice away from each.
EXITS = {
    "platform/fetching/services.py": "is_in_practice",
    "platform/fetching/guard.py": "",  # resolves names for the one above
    "platform/notify/transport.py": "refuse_exit_in_practice",
    "platform/notify/sms/gateways.py": "refuse_exit_in_practice",
    "billing/gateways/stripe_talk.py": "refuse_exit_in_practice",
    "platform/video/livekit.py": "refuse_exit_in_practice",
    "sso/oidc.py": "",  # signing in itself, in nobody's municipality
    "sso/embedded/provider.py": "",  # the provider of development
    "sso/embedded/directory.py": "",  # behind the port, where practice may only read
}
# Tables of the region that name a municipality: the file that writes each, which asks the guard.
TOLD = {
    "public_entry": "platform/search/services.py",
    "regional_consultation": "modules/consultations/services/regional.py",
    "regional_meeting": "modules/meetings/services/regional.py",
    "regional_report": "modules/reports/services/regional.py",
    "regional_post": "modules/feeds/services/regional.py",
    "regional_timetable": "modules/transit/services/regional.py",
    "regional_participation": "modules/participation/services/regional.py",
    "regional_promises": "modules/promises/services/regional.py",
    "regional_promise": "modules/promises/services/regional.py",
    "regional_project": "modules/projects/services/regional.py",
    "regional_dataset": "modules/opendata/services/regional.py",
    "regional_alarm": "modules/crisis/services/alarms_port.py",
    "regional_event": "modules/events/services/regional.py",
    "billing_use": "billing/sharing/usage.py",
    "ticket": "ops/helpdesk/services.py",
}
# Those of which practice has rows like everybody, or whose rows are made of a contract it has not.
INSIDE = {
    *("emblem", "settlement", "session", "step_in", "reading", "request_minute", "request_hour"),
    *("canary_look", "backup_order", "backup_run", "restoration", "audit_entry", "removal_run"),
    *("billing_customer", "billing_invoice", "billing_remittance", "billing_merchant"),
    *(
        "billing_regional_posting",
        "billing_collection",
        "billing_meter_event",
        "billing_asked_bill",
    ),
    *("billing_membership", "ticket_entry"),
}
GUARD = re.compile(r"told_outside\(|is_in_practice\(|refuse_exit_in_practice\(|== PRACTICE")
SPEAKING = {"requests", "urllib3", "smtplib", "socket", "http.client", "httpx", "aiohttp"}


@contextmanager
def listener():
    """A port of this machine, and what was heard on it."""
    heard, server = [], create_server(("127.0.0.1", 0))

    def accept():
        try:
            while True:
                line, _ = server.accept()
                heard.append(line)
                line.close()
        except OSError:
            return

    threading.Thread(target=accept, daemon=True).start()
    yield server.getsockname()[1], heard
    server.close()


def test_no_letter_reaches_the_mail_server():
    with listener() as (port, heard):
        transport = SmtpTransport(f"smtp://127.0.0.1:{port}", timeout=2)
        with in_municipality(PRACTICE), pytest.raises(StaysInside):
            transport.send(LETTER)
        assert heard == []
        with in_municipality(HERE), pytest.raises(Unreachable):
            transport.send(LETTER)  # the same from another municipality does reach it
        assert heard


def test_no_short_message_reaches_the_gateway():
    message = ShortMessage(
        message_id=uuid4().hex,
        sender="Uchebna",
        recipient="+359888123456",
        text="Текст",
        report_url="https://uchebna.example/",
    )
    with listener() as (port, heard):
        gateway = InfobipGateway(f"http://127.0.0.1:{port}", "key", timeout=2)
        with in_municipality(PRACTICE), pytest.raises(StaysInside):
            gateway.send(message)
        assert heard == []
        with in_municipality(HERE), pytest.raises(Unreachable):
            gateway.send(message)
        assert heard


def test_no_address_of_the_world_is_asked(app, elsewhere):
    elsewhere.pages["/x"] = (200, {}, b"ok")
    asked = Asked(address=f"{elsewhere.address}/x")
    with app.app_context():
        with in_municipality(PRACTICE), pytest.raises(NotFetched):
            fetch(asked)
        assert elsewhere.heard == []
        with in_municipality(HERE):
            assert fetch(asked).body == b"ok"


def test_no_payment_is_begun():
    with listener() as (port, heard):
        client = client_of("sk_test_x", f"http://127.0.0.1:{port}")
        with in_municipality(PRACTICE), pytest.raises(StaysInside):
            client.v1.customers.list()
        assert heard == []


def test_nobody_is_invited_and_no_real_account_is_changed(app):
    with app.app_context(), in_municipality(PRACTICE):
        for act in ("invite", "remove", "forget_second_factor", "remove_organization"):
            with pytest.raises(StaysInside):
                getattr(directory(), act)(PRACTICE)


def test_a_letter_in_practice_is_read_in_the_log_and_sent_to_nobody(app, practice, monkeypatch):
    class Told:
        def send(self, letter):
            raise AssertionError("a letter left the practice municipality")

    monkeypatch.setitem(app.extensions, TRANSPORT, Told())
    with app.app_context(), open_uow(practice, Principal.system("Проба")) as uow:
        words = ("Относно", "Текст")
        reader = {"person_id": None, "recipient": "somebody@real.example"}
        put_letter(uow, cause=uuid4(), fact="x:y", language="bg", words=words, **reader)
        message_id = str(uow.session.query(Message.id).scalar())
    with app.app_context(), open_uow(practice, Principal.system("Проба")) as uow:
        send_letter(uow, message_id=message_id)
        assert uow.session.query(Message.state).scalar() == State.HANDED_OVER


def test_the_region_neither_lists_nor_finds_nor_counts_it(app, practice, client, at):
    with app.app_context(), open_uow(practice, Principal.system("Проба")) as uow:
        index(uow, part="news")
    with app.app_context(), open_uow(None, Principal.system("Проба")) as region:
        assert region.session.query(PublicRow).filter_by(municipality=PRACTICE).count() == 0
    page = client.get("/", base_url=at()).text
    assert "Учебна" not in page
    assert "Горно село" in page
    robots = client.get("/robots.txt", base_url=at(PRACTICE)).text
    assert "Disallow: /\n" in robots


def test_no_question_reaches_the_helpdesk(app, practice, sign_in, uow_in):
    editor = sign_in(PRACTICE, Role.EDITOR)
    assert "Оттук нищо не излиза" in editor.get("/console/helpdesk/ask?from=/console/").text
    typed = {"title": "Не става", "text": "Как се прави?", "request_id": uuid4()}
    answer = editor.post("/console/helpdesk/ask", typed)
    assert answer.status_code == 409
    with app.app_context(), open_uow(practice, Principal.system("Проба")) as uow:
        seed_tickets(uow)
    assert _rows_of(app, Ticket) == 0


def test_nothing_of_it_is_counted_or_shown_in_the_region(app, practice):
    with app.app_context(), open_uow(practice, Principal.system("Проба")) as uow:
        count_the_day(uow)
        assert told_outside([1]) == []
        for part in (consultations.show_in_region, transit.show_in_region):
            part(uow)
        for part in (events.show_all_in_region, meetings.show_all_in_region):
            part(uow)
    assert _rows_of(app, Use) == 0


def _rows_of(app, model):
    with app.app_context(), open_uow(None, Principal.system("Проба")) as region:
        return region.session.query(model).filter_by(municipality=PRACTICE).count()


def test_its_villages_are_known_there_and_nowhere_else(app, practice):
    with app.app_context():
        for slug, knows in ((PRACTICE, True), (HERE, False)):
            with in_municipality(slug):
                assert ("99902" in settlements_of_region()) is knows
                assert any(it[1] == "Горна Проба" for it in addresses_of_region()) is knows


def test_strangers_read_and_write_nothing_there(practice, client, at, sign_in):
    answer = client.get("/news/", base_url=at(PRACTICE))
    assert answer.status_code == 302
    assert "/sign-in" in answer.location
    page = sign_in(PRACTICE).get("/news/")
    assert page.status_code == 200
    assert "Хората и преписките са измислени" in page.text
    assert "Пишете измислени имейли и адреси" in page.text.replace("\xa0", " ")


@pytest.fixture
def tries(app, practice, at):
    """tries(): a browser without an account, after its press."""

    def begin(back="/"):
        browser, base = visitor(app), at(PRACTICE)
        entered = browser.post("/sign-in/try", data={"next": back}, base_url=base)
        assert entered.status_code == 303 and entered.location.split("?")[0] == back
        token = browser.get_cookie("session", domain=f"{PRACTICE}.localhost").value
        return SignedIn(app, PRACTICE, base, token, None)

    return begin


def tell(guest):
    village = re.search(r'<option value="(999\d\d)"', guest.get("/reports/new").text)[1]
    typed = {"words": "Не свети лампата", "place": "до чешмата", "request_id": uuid4()}
    told = guest.post(f"/reports/new/tell?kind=lamp&settlement={village}", typed)
    assert told.status_code == 303
    return guest.get("/reports/mine").text


def test_without_an_account_one_tries_as_somebody_invented(client, at, tries):
    led = client.get("/reports/new", base_url=at(PRACTICE)).location
    assert "Опитайте без профил" in client.get(led, base_url=at(PRACTICE)).text
    guest = tries("/reports/new")
    assert "измислени" in guest.get("/reports/new").text
    assert "-00001" in tell(guest)
    led = guest.get("/console/")
    assert led.status_code == 302 and "level=2" in led.location
    assert "Опитайте без профил" not in client.get(led.location, base_url=at(PRACTICE)).text


def test_each_who_tries_is_somebody_else_and_nobody_elsewhere(client, at, tries):
    one, other = tell(tries()), tell(tries())
    assert "-00001" in one and "-00002" in other and "-00001" not in other
    for host in (HERE, "ops"):
        assert client.post("/sign-in/try", data={}, base_url=at(host)).status_code == 404


def test_the_list_of_exits_is_whole():
    """Another file that speaks to machines has to say here what keeps practice away from it."""
    found = set()
    for layer in ("platform", "tenants", "modules", "billing", "sso"):
        for path in (ROOT / layer).rglob("*.py"):
            if "node_modules" not in path.parts and _speaks(path):
                found.add(str(path.relative_to(ROOT)))
    found -= {one for one in found if one.startswith("sso/keycloak/")}  # behind the port as well
    assert found == set(EXITS) - {"billing/gateways/stripe_talk.py"}
    for file, guard in EXITS.items():
        assert guard in (ROOT / file).read_text("utf-8")


def test_the_list_of_regional_tables_is_whole(house):
    """Another table of the region that names a municipality has to say here what guards it."""
    shared = SharedModel.metadata.tables.values()
    named = {table.name for table in shared if "municipality" in table.columns}
    assert named == TOLD.keys() | INSIDE
    for file in TOLD.values():
        assert GUARD.search((ROOT / file).read_text("utf-8")), file


def _speaks(path):
    source = path.read_text("utf-8")
    if not any(word in source for word in SPEAKING):
        return False
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import) and SPEAKING & {one.name for one in node.names}:
            return True
        if isinstance(node, ast.ImportFrom) and node.module in SPEAKING:
            return True
    return False


@pytest.fixture
def only_news(app, monkeypatch):
    """A registry with one module: to seed all of them takes half a minute."""
    with app.app_context():
        news = current_registry().parts["news"]
    registry = SimpleNamespace(modules=lambda: [news], switched_on=lambda modules: [news])
    monkeypatch.setattr(practice_services, "current_registry", lambda: registry)
    return news


def test_all_contents_are_back_after_a_reset(app, practice, only_news, owner):
    titles = "select title from t_uchebna.news_item order by title"
    with app.app_context(), open_uow(practice, Principal.system("Проба")) as uow:
        only_news.seeds(uow)
    before = owner(titles)
    with app.app_context(), open_uow(practice, Principal(person_id=uuid4(), name="Проба")) as uow:
        uow.session.execute(text("UPDATE news_item SET title = title || ' сгрешено'"))
    for _ in range(2):  # as when the night comes after a press
        with app.app_context(), open_uow(practice, Principal.system("Проба")) as uow:
            assert reset_practice(uow)
        assert before and owner(titles) == before


def test_an_administrators_changes_of_the_row_are_undone(app, practice, owner, migrator):
    change = (
        "update shared.tenant set modules = '{news}', home_order = '{news}', emblem = 'none',"
        """ titles = '{"bg": "Община Друга"}', contact = '{"phone": "0888 123 456"}'"""
    )
    with migrator.begin() as connection:
        connection.execute(text(f"{change} where slug = 'uchebna'"))
    with app.app_context(), open_uow(practice, Principal.system("Проба")) as uow:
        _set_row_back({"news", "reports"})
        assert uow.scope.is_practice
    found = owner("select modules, home_order from shared.tenant where slug = 'uchebna'")
    assert found == [(["news", "reports"], [])]
    look = "titles ->> 'bg', contact ->> 'phone', contact ->> 'is_demo', emblem"
    found = owner(f"select {look} from shared.tenant where slug = 'uchebna'")
    assert found == [("Община Учебна", "0900 00 000", "true", None)]


def test_what_money_is_for_outlives_a_reset(app, practice, only_news, owner):
    """No module brings kinds of income back, and a mission begins with one."""
    with app.app_context(), open_uow(practice, Principal.system("Проба")) as uow:
        kind = add_kind(uow, code="448007", title="Такса за услуги", request_id=uuid4())
        make_charge(uow, Wanted(reference="test", kind=kind, cents=1000, purpose="Скица"))
    with app.app_context(), open_uow(practice, Principal.system("Проба")) as uow:
        assert reset_practice(uow)
    assert owner("select code from t_uchebna.billing_kind") == [("448007",)]
    assert owner("select count(*) from t_uchebna.billing_charge") == [(0,)]


def test_no_other_municipality_can_be_set_back(app, owner):
    with app.app_context():
        scope = find_municipality("gorno-selo").scope()
        with open_uow(scope, Principal.system("Проба")) as uow:
            appoint(uow, uuid4(), Role.EDITOR)
            assert not reset_practice(uow)
    assert owner("select count(*) from t_gorno_selo.tenants_appointment") == [(1,)]


def test_it_is_reset_at_three_by_the_clock_of_sofia():
    winter, summer = (
        datetime(2026, 1, 15, 1, 0, tzinfo=UTC),
        datetime(2026, 7, 15, 0, 0, tzinfo=UTC),
    )
    hour = timedelta(hours=1)
    for night in (winter, summer):
        assert is_hour_of_reset(night)
        assert not is_hour_of_reset(night - hour)
        assert not is_hour_of_reset(night + hour)
        assert next_reset(night - hour) == night
        assert next_reset(night) == night + timedelta(days=1)
