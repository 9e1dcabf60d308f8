"""Retention: each run is counted and proven, the dry run takes nothing, a hold is obeyed."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import ProgrammingError

from obshto.modules.reports.models import Report, ReportLine
from obshto.modules.reports.services.submission import ReportWords, send_report
from obshto.ops.compose import all_components
from obshto.platform.clock import day_of
from obshto.platform.keys.encryption import blind_index
from obshto.platform.privacy import hold_actions
from obshto.platform.privacy.errors import NobodyBehindCase, NoSuchCaseToHold, StaleHold
from obshto.platform.privacy.events import RetentionCarriedOut
from obshto.platform.privacy.legal_holds import Reach
from obshto.platform.privacy.models import LegalHold, PendingErasure, RetentionRun
from obshto.platform.privacy.retention_run import HASHED, forecast, run_retention
from obshto.platform.privacy.services import erase_person, holds_on
from obshto.platform.unit_of_work import Principal

VILLAGE = "gorno-selo"
PARTS = {part.slug: part for part in all_components()}
REPORTS = PARTS["reports"]
EMPTY_OLD = next(job for job in REPORTS.jobs if job.name == "reports:empty-old")
YEAR = timedelta(days=366)


@pytest.fixture
def person(sign_in):
    return sign_in(VILLAGE).person_id


@pytest.fixture
def uow(uow_in, person):
    with uow_in(VILLAGE) as begun:
        object.__setattr__(begun, "principal", Principal(person_id=person, name="Проба Пробова"))
        yield begun


def old_report(uow, *, is_known=True):
    """One that ended more than a year ago."""
    sender = uow if is_known else replace(uow, principal=Principal())
    words = ReportWords(kind="lamp", settlement="00001", words="Не свети", place="до чешмата")
    row = send_report(sender, words, request_id=uuid4())
    row.ended_at = uow.now - YEAR
    uow.session.flush()
    return row


def hold(uow, reach, number="", request_id=None):
    words = hold_actions.HoldWords(
        reach=reach,
        part="reports",
        word="report",
        number=number,
        reason="Дело 12",
        ground="чл. 190",
        until=day_of(uow.now) + timedelta(days=30),
    )
    row = hold_actions.place_hold(uow, words, request_id=request_id or uuid4())
    uow.session.flush()
    return row


def is_emptied(uow, row_id):
    uow.session.expire_all()
    return uow.session.get_one(Report, row_id).is_emptied


def test_a_run_leaves_a_proof_with_counts_and_a_hash_of_the_ids_and_no_data(uow):
    rows = [old_report(uow), old_report(uow)]
    ids = [row.id for row in rows]
    proof = run_retention(uow, REPORTS, EMPTY_OLD)
    assert (proof.erased, proof.emptied, proof.is_held, proof.word) == (0, 4, False, "report")
    assert proof.tables["reports_report"] == {"erased": 0, "emptied": 2, "before": 2, "after": 2}
    told = [f"reports_report|{one}|emptied" for one in ids]
    lines = [*told, *(f"reports_line|{one}|emptied" for one in line_ids(uow))]
    assert proof.ids_hash == blind_index(HASHED, "\n".join(sorted(lines)))
    [fact] = [one for one in uow.facts if isinstance(one, RetentionCarriedOut)]
    assert (fact.subject_id, fact.ids_hash) == (proof.id, proof.ids_hash.hex())
    assert "Не свети" not in str(proof.__dict__)


def line_ids(uow):
    return list(uow.session.scalars(select(ReportLine.id)))


def test_of_nights_on_which_nothing_was_over_one_proof_a_day_stays(uow):
    assert run_retention(uow, REPORTS, EMPTY_OLD) is not None
    assert run_retention(uow, REPORTS, EMPTY_OLD) is None
    assert run_retention(replace(uow, now=uow.now + YEAR), REPORTS, EMPTY_OLD) is not None
    rows = uow.session.scalars(select(RetentionRun)).all()
    assert [row.ids_hash for row in rows] == [None, None]


def test_a_proof_can_be_changed_or_deleted_by_no_page(uow):
    run_retention(uow, REPORTS, EMPTY_OLD)
    with pytest.raises(ProgrammingError, match="permission denied"), uow.session.begin_nested():
        uow.session.execute(delete(RetentionRun))


def test_a_dry_run_says_what_the_run_does_and_takes_nothing(uow):
    row_id, soon = old_report(uow).id, old_report(uow)
    soon.ended_at = uow.now - timedelta(days=355)
    uow.session.flush()
    facts = len(uow.facts)
    tonight = forecast(uow, REPORTS, EMPTY_OLD, uow.now)
    later = forecast(uow, REPORTS, EMPTY_OLD, uow.now + timedelta(days=30))
    assert not is_emptied(uow, row_id) and len(uow.facts) == facts
    assert (tonight.emptied, later.emptied, tonight.has_more) == (2, 4, False)
    assert run_retention(uow, REPORTS, EMPTY_OLD).emptied == tonight.emptied


def test_a_hold_on_a_case_spares_it_and_what_hangs_on_it_and_nothing_else(uow):
    held, other = old_report(uow), old_report(uow)
    ids = held.id, other.id
    hold(uow, Reach.CASE, held.number)
    assert run_retention(uow, REPORTS, EMPTY_OLD).holds == 1
    assert [is_emptied(uow, one) for one in ids] == [False, True]


def test_a_hold_on_a_kind_stops_the_job_and_that_is_proven(uow):
    row_id = old_report(uow).id
    row = hold(uow, Reach.KIND)
    assert run_retention(uow, REPORTS, EMPTY_OLD).is_held
    assert forecast(uow, REPORTS, EMPTY_OLD, uow.now).is_held
    assert not is_emptied(uow, row_id)
    hold_actions.end_hold(uow, row, why="Край", expected_version=row.version)
    uow.session.flush()
    run_retention(uow, REPORTS, EMPTY_OLD)
    assert is_emptied(uow, row_id)


@pytest.mark.parametrize("reach", [Reach.CASE, Reach.PERSON, Reach.KIND])
def test_an_erasure_leaves_what_is_held_says_so_and_is_done_when_the_hold_ends(uow, person, reach):
    held, other = old_report(uow), old_report(uow)
    ids = held.id, other.id
    row = hold(uow, reach, "" if reach == Reach.KIND else held.number)
    assert holds_on(uow, person) == [row]
    erase_person(uow, person)
    erase_person(uow, person)  # asked twice, it waits once
    is_all = reach != Reach.CASE
    assert [is_emptied(uow, one) for one in ids] == [False, not is_all]
    assert uow.session.scalars(select(PendingErasure.person_id)).all() == [person]
    hold_actions.end_hold(uow, row, why="Край", expected_version=row.version)
    hold_actions.resume_erasures(uow)
    assert [is_emptied(uow, one) for one in ids] == [True, True]
    assert uow.session.scalars(select(PendingErasure)).all() == []
    assert uow.session.scalars(select(LegalHold.person_id)).all() == [None]
    assert holds_on(uow, person) == []


def test_a_hold_ends_after_its_last_day_and_what_waits_is_asked_for(uow):
    row = hold(uow, Reach.KIND)
    hold_actions.end_due_holds(replace(uow, now=uow.now + timedelta(days=30)))
    assert row.ended_at is None  # the last day binds
    hold_actions.end_due_holds(replace(uow, now=uow.now + timedelta(days=31)))
    assert row.ended_at and [job.name for job in uow.jobs] == [hold_actions.RESUME]


def test_the_same_form_is_one_hold_and_a_late_copy_changes_nothing(uow):
    key = uuid4()
    row = hold(uow, Reach.KIND, request_id=key)
    assert hold(uow, Reach.KIND, request_id=key) is row
    until = row.until + timedelta(days=1)
    hold_actions.prolong_hold(uow, row, until=until, reason="Още", expected_version=row.version)
    uow.session.flush()
    with pytest.raises(StaleHold):
        hold_actions.end_hold(uow, row, why="Край", expected_version=row.version - 1)


@pytest.mark.parametrize("number", ["2019-00001", "", "сигнал"])
def test_a_case_that_is_not_there_cannot_be_held(uow, number):
    with pytest.raises(NoSuchCaseToHold):
        hold(uow, Reach.CASE, number)


def test_nobody_stands_behind_a_case_without_a_profile(uow):
    row = old_report(uow, is_known=False)
    with pytest.raises(NobodyBehindCase):
        hold(uow, Reach.PERSON, row.number)
