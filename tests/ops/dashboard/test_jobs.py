"""The queue: tried again or let go, once, with a reason that the municipality reads."""

import pytest

from obshto.platform.permissions import Role

HERE, THERE = "gorno-selo", "dolno-selo"
WHY = "Пощата вече работи"


def test_a_failed_job_is_tried_again(operator, job, state_of, sign_in):
    number = job()
    assert "notify:send" in operator.get("/jobs").text
    answer = operator.send(f"/jobs/{number}/retry", reason=WHY)
    assert answer.headers["Location"] == "/jobs?said=ops.retried"
    assert state_of(number) == "todo"
    page = sign_in(HERE, Role.ADMIN).get("/console/audit/").text
    assert WHY in page and "пусна отново фонова задача" in page
    assert WHY not in sign_in(THERE, Role.ADMIN).get("/console/audit/").text


def test_a_job_is_let_go_when_the_name_is_typed(operator, job, state_of, sign_in):
    number = job()
    refused = operator.send(f"/jobs/{number}/discard", reason=WHY, name="Долно село")
    assert refused.status_code == 422 and "Въведете „Горно село“" in refused.text
    assert WHY in refused.text  # what was typed stays
    assert state_of(number) == "failed"
    done = operator.send(f"/jobs/{number}/discard", reason=WHY, name=" горно  село ")
    assert done.status_code == 303
    assert state_of(number) == "cancelled"
    assert "отмени фонова задача" in sign_in(HERE, Role.ADMIN).get("/console/audit/").text


@pytest.mark.parametrize("act", ["retry", "discard"])
def test_without_a_reason_nothing_is_done(operator, job, state_of, act):
    number = job()
    answer = operator.send(f"/jobs/{number}/{act}", reason="  ", name="Горно село")
    assert answer.status_code == 422 and "остава в дневника" in answer.text
    assert state_of(number) == "failed"


@pytest.mark.parametrize("act", ["retry", "discard"])
def test_the_same_form_twice_does_once(operator, job, put, act):
    number = job()
    page = operator.get(f"/jobs/{number}/{act}").text
    expected_version = page.partition('name="expected_version" value="')[2].partition('"')[0]
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    data = {
        "expected_version": expected_version,
        "csrf_token": token,
        "reason": WHY,
        "name": "Горно село",
    }
    answers = [
        operator.client.post(f"/jobs/{number}/{act}", data=data, base_url=operator.base)
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [303, 303]
    logged = put(f"SELECT count(*) FROM shared.audit_entry WHERE act LIKE 'ops:job.{act[:4]}%'")
    assert logged == [(1,)]


def test_a_late_form_does_nothing_to_what_has_moved_on(operator, job, put, state_of):
    number = job()
    page = operator.get(f"/jobs/{number}/discard").text
    expected_version = page.partition('name="expected_version" value="')[2].partition('"')[0]
    for state in ("todo", "doing", "failed"):  # another hand tried it again, it failed again
        put(f"UPDATE queue.procrastinate_jobs SET status = '{state}' WHERE id = {number}")
    answer = operator.send(
        f"/jobs/{number}/discard", reason=WHY, name="Горно село", expected_version=expected_version
    )
    assert answer.status_code == 409
    assert state_of(number) == "failed"


def test_what_runs_or_has_been_done_is_left_alone(operator, job, state_of):
    for state in ("doing", "succeeded"):
        number = job(state)
        answer = operator.send(f"/jobs/{number}/discard", reason=WHY, name="Горно село")
        assert answer.status_code == 409
        assert state_of(number) == state


def test_the_list_is_chosen_by_state_and_municipality(operator, job):
    job("failed", slug=HERE, name="search:index")
    job("todo", slug=THERE, name="audit:verify-chain")
    assert "search:index" in operator.get(f"/jobs?place={HERE}").text
    assert "audit:verify-chain" not in operator.get(f"/jobs?place={HERE}").text
    assert "search:index" not in operator.get("/jobs?state=todo").text
    for nonsense in ("/jobs?state=x&place=y&page=-1", "/jobs?page=99999", "/jobs?state=%00"):
        assert operator.get(nonsense).status_code in (200, 400)


def test_arguments_of_a_job_are_not_shown(operator, job):
    number = job()
    for path in ("/jobs", f"/jobs/{number}/retry", f"/jobs/{number}/discard"):
        assert "message_id" not in operator.get(path).text


def test_a_job_that_is_not_there_is_not_found(operator):
    for number in ("0", "999999", str(2**63), "9" * 40, "x", "-1"):
        assert operator.get(f"/jobs/{number}/retry").status_code == 404


def test_many_jobs_stand_on_pages(operator, job):
    for _ in range(21):
        job()
    assert "page=2" in operator.get("/jobs?state=failed").text
    assert operator.get("/jobs?state=failed&page=2").text.count("notify:send</code></th>") == 1
