"""While nothing may be changed: reading goes on, what was typed is kept, jobs wait."""

from datetime import timedelta

from obshto.ops.incidents.models import IncidentKind
from obshto.ops.incidents.services import incident_of, let_change
from obshto.ops.worker import worker_of
from obshto.platform.clock import now
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow


def test_a_write_is_given_back_with_everything_typed(sign_in, incident, owner):
    editor = sign_in("gorno-selo", Role.EDITOR)
    [(address, fields)] = [f for f in editor.forms("/console/news/new") if "title" in f[1]]
    incident(places=["gorno-selo"], is_read_only=True)
    went = editor.post(address, fields | {"title": "Сбор на площада"})
    assert went.status_code == 503 and 60 <= int(went.headers["Retry-After"]) <= 3600
    assert "Сега може само да четете" in went.text and "Сбор на площада" in went.text
    assert owner("select 1 from t_gorno_selo.news_item") == []


def test_the_page_that_kept_it_sends_it_once_changes_are_let_in_again(
    app, sign_in, incident, owner
):
    editor = sign_in("gorno-selo", Role.EDITOR)
    typed = {"title": "Сбор на площада", "summary": "Събота", "markdown": "Елате."}
    [(address, fields)] = [f for f in editor.forms("/console/news/new") if "title" in f[1]]
    stopped = incident(places=["gorno-selo"], is_read_only=True)
    kept = editor.post(address, fields | typed)
    with app.app_context(), open_uow(None, Principal(name="test")) as region:
        it = incident_of(region, stopped.id)
        let_change(
            region,
            it,
            is_read_only=False,
            ends_at=None,
            reason="готово",
            expected_version=it.version,
        )
    [(_, again)] = [f for f in editor.forms_in(kept.text) if "title" in f[1]]
    assert editor.post(address, again).status_code == 303
    assert owner("select title from t_gorno_selo.news_item") == [("Сбор на площада",)]


def test_reading_goes_on_and_neighbours_change_what_they_like(client, at, sign_in, incident):
    incident(places=["gorno-selo"], is_read_only=True)
    assert client.get("/news/", base_url=at("gorno-selo")).status_code == 200
    neighbour = sign_in("dolno-selo", Role.ADMIN)
    until = (now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    notice = {"text_bg": "Авария", "place": "", "until": until}
    went = neighbour.press("/console/tenants/appearance/notice", **notice)
    assert went.status_code == 303


def test_signing_out_and_asking_for_help_go_on(sign_in, incident, owner):
    clerk = sign_in("gorno-selo", Role.EDITOR)
    incident(is_read_only=True)
    asked = clerk.press("/console/helpdesk/ask", title="Докога", text="Докога ще е спряно?")
    assert asked.status_code == 303
    assert owner("select count(*) from shared.ticket") == [(1,)]
    assert clerk.post("/sign-out").status_code == 303


def test_it_begins_and_ends_by_the_clock(sign_in, incident):
    editor = sign_in("gorno-selo", Role.EDITOR)
    incident(kind=IncidentKind.MAINTENANCE, begins=30, hours=1, is_read_only=True)
    assert editor.post("/console/news/new", {}).status_code == 422


def test_programs_are_told_to_come_again(client, at, sign_in, incident, app, house):
    admin = sign_in("gorno-selo", Role.ADMIN)  # a part that is off answers 404 at any time
    assert admin.press("/console/tenants/feeds", to="/on").status_code == 303
    incident(is_read_only=True)
    machines = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods
        and rule.subdomain == "<municipality:municipality>"
        and app.extensions["obshto"].entries[rule.endpoint].access.who.value == "to machines"
        and "<" not in rule.rule
    ]
    for path in machines:
        answer = client.post(path, base_url=at("gorno-selo"), data=b"{}")
        assert (answer.status_code, "Retry-After" in answer.headers) == (503, True), path


def test_a_job_waits_until_changes_are_let_in_and_is_not_lost(app, config, incident, put, owner):
    put(
        "INSERT INTO queue.procrastinate_jobs (queue_name, task_name, args, status) VALUES"
        """ ('default', 'selfcheck:look', '{"municipality": "gorno-selo"}', 'todo')"""
    )
    incident(places=["gorno-selo"], is_read_only=True, hours=2)
    worker = worker_of(app, config)
    with worker.open():
        worker.run_worker(queues=["default"], wait=False, install_signal_handlers=False)
    jobs = "select status, scheduled_at > now() + interval '1 hour' from queue.procrastinate_jobs"
    found = [tuple(row) for row in owner(f"{jobs} where task_name = 'selfcheck:look' order by id")]
    assert found == [("succeeded", None), ("todo", True)]
    assert owner("select 1 from t_gorno_selo.selfcheck_report") == []


def test_stopping_asks_for_a_reason_and_a_late_form_undoes_nothing(operator, incident, owner):
    page = f"/incidents/{incident().id}"
    assert operator.send(page, to="/read-only", is_read_only="y", reason="").status_code == 422
    sent = {"is_read_only": "y", "reason": "Сменяме диска"}
    assert operator.send(page, to="/read-only", **sent).status_code == 303
    until = (now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    late = operator.send(
        page, to="/read-only", **sent | {"expected_version": "1", "ends_at": until}
    )
    assert late.status_code == 409
    said = owner("select detail->>'said' from shared.audit_entry where act like '%stopped'")
    assert {row[0] for row in said} == {"Сменяме диска"}
