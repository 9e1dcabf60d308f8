"""Acting on behalf of a person: what passes, what is refused, whose the rows are."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import g, request
from sqlalchemy import select, text

from obshto.modules.mandates.models import MandateAct
from obshto.modules.mandates.permissions import MandatesPermission
from obshto.modules.mandates.services.journal import KeptMandates
from obshto.modules.reports.models import Report
from obshto.platform.audit.models import AuditEntry
from obshto.platform.clock import now
from obshto.platform.modularity.registry import current_registry
from obshto.platform.unit_of_work import Principal
from obshto.platform.web.access import Open, is_own_while_acting
from obshto.platform.web.hosts import Host
from obshto.platform.web.request_uow import begin_uow, current_principal
from obshto.tenants import delegation_gate

VILLAGE = "gorno-selo"
TELL = "/reports/new/tell?kind=road&settlement="


def told(page, **typed):
    """The form of a page that tells of something, filled in."""
    return page | {"words": "Дупка до чешмата", "place": "чешмата", "photos": "", **typed}


@pytest.fixture
def form(act, mandate):
    """The assistant with the open form of a report, drawn on behalf of the person."""
    assistant = act(mandate)
    shell = ("/stop-acting", "/sign-out")
    [fields] = [one for action, one in assistant.forms(TELL) if not action.endswith(shell)]
    return assistant, told(fields)


def mended(migrator, mandate, **values):
    """The row as it would stand after some days."""
    with migrator.begin() as connection:
        sets = ", ".join(f"{name} = :{name}" for name in values)
        query = text(f"UPDATE t_gorno_selo.mandates_mandate SET {sets} WHERE id = :id")
        connection.execute(query, {**values, "id": mandate.id})


def test_a_report_sent_under_a_mandate_belongs_to_the_person(
    form, mandate, uow_in, person, assistant
):
    browser, fields = form
    sent = browser.post(TELL, fields)
    assert sent.status_code == 303, sent.text
    with uow_in(VILLAGE) as uow:
        report = uow.session.scalars(select(Report)).one()
        assert report.person_id == person.person_id
        entry = uow.session.scalars(
            select(AuditEntry).where(AuditEntry.act == "reports:report.sent")
        ).one()
        assert entry.person_id == assistant.person_id
        assert entry.person_name == "Проба Помощникова"
        assert entry.detail["mandate"] == mandate.number
        lines = uow.session.scalars(select(MandateAct).order_by(MandateAct.at)).all()
        assert [line.is_write for line in lines] == [False, True]
        number = report.number
        assert "reports:report.sent" in lines[1].events and number in lines[1].numbers
    mine = person.get("/reports/mine").text
    assert number in mine
    shown = person.get(f"/mandates/mandate/{mandate.id}").text
    assert number in shown


def test_every_page_says_for_whom_until_when_and_how_to_stop(form):
    browser, _ = form
    for path in ("/", "/reports/new", "/contact", "/reports/"):
        page = browser.get(path).text
        assert "Действате от името на" in page and "Проба Първанова" in page and "Спрете" in page
        assert "Служебен портал" not in page
    stopped = browser.post("/stop-acting", {})
    assert stopped.status_code == 303
    assert "Действате от името на" not in browser.get("/").text


def test_what_is_not_in_the_scope_is_refused_and_nothing_is_done(form, person):
    browser, _ = form
    for path in ("/account", "/reports/mine", "/console/", "/account/payments", "/mandates/mine"):
        page = browser.get(path)
        assert page.status_code == 403 and "Това не е в съгласието" in page.text, path
        assert "Подава сигнали" in page.text


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"ends_on": (now() - timedelta(days=2)).date()}, "вече не важи"),
        ({"state": "withdrawn"}, "вече не важи"),
        ({"acts": ["billing:pay"]}, "Това не е в съгласието"),
        ({"assistant_id": uuid4()}, "вече не важи"),
    ],
    ids=["ended", "withdrawn", "too-narrow", "of another assistant"],
)
def test_a_form_under_way_is_refused_at_the_next_click_with_what_was_typed(
    form, mandate, migrator, uow_in, values, says
):
    browser, fields = form
    mended(migrator, mandate, **values)
    page = browser.post(TELL, fields)
    assert page.status_code == 403 and says in page.text
    assert "Нищо не е изпратено" in page.text and 'value="Дупка до чешмата"' in page.text
    with uow_in(VILLAGE) as uow:
        assert not uow.session.scalars(select(Report)).all()


def test_a_form_drawn_for_one_counts_for_nobody_else(form, give, act, uow_in, person):
    """Neither after one has stopped, nor under the mandate of another, nor drawn before."""
    browser, fields = form
    own = {name: value for name, value in fields.items() if name != "on_behalf_of"}
    assert browser.post(TELL, own).status_code == 403  # drawn before one began
    browser.post("/stop-acting", {})
    page = browser.post(TELL, fields)
    assert page.status_code == 403 and "Вече не действате от чуждо име" in page.text
    act(give(name="Проба Каменов", email=""))
    page = browser.post(TELL, fields)
    assert page.status_code == 403 and "чуждо име" in page.text
    with uow_in(VILLAGE) as uow:
        assert not uow.session.scalars(select(Report)).all()


def test_every_route_is_closed_by_an_ended_a_withdrawn_and_a_too_narrow_mandate(
    app, mandate, assistant, migrator, uow_in, monkeypatch
):
    """Each view by each method is refused, or read as a stranger reads it. So it is by one in force
    for a single act, but for the views of that act.
    """
    later, before = (now() + timedelta(days=days) for days in (2, -2))
    for held, values in (
        (None, {"ends_on": before.date()}),
        (None, {"ends_on": later.date(), "state": "withdrawn"}),
        (frozenset(), {"state": "signed", "acts": []}),
        ({"reports:send"}, {"acts": ["reports:send"]}),
    ):
        mended(migrator, mandate, **values)
        with uow_in(VILLAGE) as uow:
            who = (mandate.id, assistant.person_id)
            may = Principal(person_id=who[1], permissions=frozenset(MandatesPermission))
            found = KeptMandates().in_force(replace(uow, principal=may), *who, to_write=False)
            assert KeptMandates().in_force(uow, *who, to_write=False) is None  # without the right
            assert (found.acts if found else None) == held
        monkeypatch.setattr(delegation_gate, "_in_force", lambda *_, found=found: found)
        monkeypatch.setattr(delegation_gate, "render_template", lambda *_, **__: "")
        person_id = str(mandate.person_id)
        entered = {_named(one) for one in _routes(app) if _enters(app, *one, person_id)}
        with app.app_context():
            behind = current_registry().acts_behind
        in_scope = {e for e, acts in behind.items() if found and acts & found.acts}
        assert entered == {_named(one) for one in _routes(app) if one[0].endpoint in in_scope}


def _named(one):
    rule, method = one
    return rule.endpoint, method


def _routes(app):
    """Each view of a municipality by each method, but for those that end the acting itself."""
    for rule in app.url_map.iter_rules():
        if rule.subdomain != Host.MUNICIPALITY:
            continue
        if not is_own_while_acting(app.view_functions[rule.endpoint]):
            yield from ((rule, method) for method in sorted(rule.methods & {"GET", "POST"}))


def _enters(app, rule, method, person_id):
    """Whether the gate would enter the view as the person; a stranger's reading is no entering."""
    me = Principal(person_id=uuid4(), name="Помощник", permissions=frozenset(MandatesPermission))
    sent = {"on_behalf_of": person_id} if method == "POST" else None
    with app.test_request_context("/", method=method, data=sent):
        request.url_rule = rule
        begin_uow(None, me)
        g.acting_under, entry = uuid4(), current_registry().entries[rule.endpoint]
        answer = delegation_gate.enter_acting(entry)
        if answer is not None:
            assert answer.status_code == 403
            return False
        who = current_principal()
        assert who != me and not who.permissions
        if who.is_known:
            return True
        assert entry.access.who is Open.TO_ALL and method == "GET"
        return False
