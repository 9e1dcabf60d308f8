"""Promises of projects, asked of the services."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.projects.errors import (
    ChangedWhileWriting,
    NotYetReached,
    NumberTaken,
    ProgrammeTaken,
    ProjectEndsBeforeStart,
    ProjectOver,
    QuestionDecided,
    StageChanged,
    SumsDiffer,
)
from obshto.modules.projects.models import (
    Project,
    ProjectPayment,
    ProjectQuestion,
    Stage,
    StageNews,
)
from obshto.modules.projects.services import edits, publication, queries, questions
from obshto.modules.projects.services import stages as steps
from obshto.modules.projects.services.money import difference_of, funding_of
from obshto.modules.projects.services.overview import overview_of
from obshto.modules.projects.services.queries import ProjectFilter
from obshto.modules.projects.services.reminders import ask_whether_true
from obshto.modules.projects.services.stages import StageReport
from obshto.platform.clock import day_of

DAY = timedelta(days=1)


def state(uow, project):
    uow.session.flush()
    return queries.states_of(uow, [project])[project.id].value


def report(uow, project, stage, **told):
    given = {"text": "Копае се.", "due_on": stage.due_on} | told
    seen = {"expected_version": stage.version, "request_id": uuid4()}
    return steps.report_stage(uow, project, stage, StageReport(**given), **seen)


def facts(uow):
    return [type(fact).__name__ for fact in uow.facts]


def test_a_state_follows_from_days_alone(uow, published, stage):
    today = day_of(uow.now)
    project = published(uow, starts_on=today + DAY)
    assert state(uow, project) == "planned"
    project.starts_on = today
    assert state(uow, project) == "under-way"
    row = stage(uow, project, -1)
    assert state(uow, project) == "late"
    report(uow, project, row, reached_on=today)
    assert state(uow, project) == "under-way"
    project.ends_on = today - DAY
    assert state(uow, project) == "late"
    publication.finish_project(uow, project, on=today, expected_version=project.version)
    assert state(uow, project) == "done"


def test_a_stage_is_late_only_when_its_day_is_over(uow, published, stage):
    project = published(uow)
    row, today = stage(uow, project, 0), day_of(uow.now)
    assert not row.is_late(today)
    assert row.is_late(today + DAY)


def test_a_moved_date_keeps_the_first_promise(uow, published, stage):
    project = published(uow)
    row = stage(uow, project, 5)
    first = row.due_on
    report(uow, project, row, due_on=first + 30 * DAY)
    assert (row.promised_on, row.due_on) == (first, first + 30 * DAY)
    details = edits.details_of(project)
    later = type(details)(**{**_fields(details), "ends_on": project.ends_on + 9 * DAY})
    promised = project.promised_on
    text = edits.text_of(project)
    edits.edit_project(uow, project, text, later, expected_version=project.version)
    assert project.promised_on == promised != project.ends_on


def _fields(details):
    return {name: getattr(details, name) for name in (*edits.NAMES, "contract")}


def test_a_report_sent_twice_is_one_news(uow, published, stage):
    project = published(uow)
    row, key = stage(uow, project, 5), uuid4()
    told = StageReport(text="Готово е.", due_on=row.due_on, reached_on=day_of(uow.now))
    for _ in range(2):
        seen = {"expected_version": 1, "request_id": key}
        steps.report_stage(uow, project, row, told, **seen)
        uow.session.flush()
    assert len(uow.session.scalars(select(StageNews)).all()) == 1
    assert facts(uow).count("NewsTold") == 1


def test_a_late_copy_of_a_stage_and_a_day_ahead_are_refused(uow, published, stage):
    project = published(uow)
    row = stage(uow, project, 5)
    with pytest.raises(NotYetReached):
        report(uow, project, row, reached_on=day_of(uow.now) + DAY)
    report(uow, project, row)
    told = StageReport(text="Друго", due_on=row.due_on)
    with pytest.raises(StageChanged):
        steps.report_stage(uow, project, row, told, expected_version=0, request_id=uuid4())


def test_nothing_is_told_of_a_stopped_project_until_it_goes_on(uow, published, stage):
    project = published(uow)
    row = stage(uow, project, -3)
    seen = {"expected_version": project.version}
    publication.stop_project(uow, project, reason="Няма пари", **seen)
    assert state(uow, project) == "stopped"
    with pytest.raises(ProjectOver):
        report(uow, project, row)
    publication.reopen_project(uow, project, expected_version=project.version)
    assert state(uow, project) == "late"
    assert project.reason == ""


def test_a_passed_day_is_told_once_and_of_public_projects_alone(uow, published, write, stage):
    shown, draft = published(uow), write(uow, "Чернова")
    for project in (shown, draft):
        stage(uow, project, -1)
    for _ in range(2):
        steps.tell_passed(uow)
        uow.session.flush()
    assert facts(uow).count("StagePassed") == 1


def test_silence_of_a_quarter_says_so_until_somebody_confirms(uow, published, stage):
    project = published(uow)
    first, second = stage(uow, project, 5), stage(uow, project, 50, "Втори километър")
    stages = [first, second]
    assert steps.silent_since(project, stages, uow) == {}
    long_ago = uow.now - 92 * DAY
    project.published_at = project.heard_at = first.heard_at = second.heard_at = long_ago
    uow.session.flush()
    assert steps.silent_since(project, stages, uow) == {first.id: day_of(long_ago)}
    assert uow.session.scalars(queries.stale(uow)).all() == [project]
    for asked, days in ((1, 0), (1, 0), (1, 90), (2, 92)):  # once a quarter
        project.reminded_at = project.reminded_at and uow.now - days * DAY
        ask_whether_true(uow)
        uow.session.flush()
        assert facts(uow).count("ProjectsStale") == asked
    publication.confirm_project(uow, project, expected_version=project.version)
    uow.session.flush()
    assert steps.silent_since(project, stages, uow) == {}
    assert uow.session.scalars(queries.stale(uow)).all() == []


def test_parts_make_the_total_or_say_why_not(uow, published, programme, fund):
    project, own, other = published(uow), programme(uow), programme(uow, "Фонд", "european")
    with pytest.raises(SumsDiffer):
        fund(uow, project, 1000, {own: 400, other: 500})
    fund(uow, project, 1000, {own: 400, other: 500}, note="Дарение")
    assert difference_of(funding_of(uow, project)) == -100
    fund(uow, project, 1000, {own: 400, other: 600})
    assert difference_of(funding_of(uow, project)) == 0


def test_parts_in_leva_are_added_before_they_are_converted(uow, published, programme, fund):
    """Each part rounded alone would miss the total by a cent: 0,01 лв. is 1 cent, twice."""
    project, own, other = published(uow), programme(uow), programme(uow, "Фонд", "state")
    fund(uow, project, 2, {own: 1, other: 1}, currency="BGN")
    assert difference_of(funding_of(uow, project)) == 0
    assert (project.total_given, project.total_currency, project.total_cents) == (2, "BGN", 1)


def test_money_is_added_by_programme_and_year_and_village(uow, published, programme, fund):
    own, today = programme(uow), day_of(uow.now)
    here, there = published(uow, ekatte="00001"), published(uow, "Друг", ekatte="00002")
    for project, cents in ((here, 700), (there, 300)):
        fund(uow, project, 1000, {own: 1000})
        for years, part in ((0, cents), (9, 5)):
            paid_on = today.replace(day=1, year=today.year - years)
            told = {"document": str(cents), "given": part, "cents": part, "currency": "EUR"}
            ids = {"project_id": project.id, "programme_id": own.id, "request_id": uuid4()}
            uow.session.add(ProjectPayment(paid_on=paid_on, **told, **ids))
    uow.session.flush()
    everywhere, one = overview_of(uow), overview_of(uow, "00002")
    assert (everywhere.paid, everywhere.promised) == (1000, 2000)
    assert everywhere.of_year(today.year) == 1000
    assert (one.paid, one.promised, list(one.projects)) == (300, 1000, [there])
    hidden = here
    publication.hide_project(uow, hidden, expected_version=hidden.version)
    uow.session.flush()
    assert overview_of(uow).paid == 300


def test_a_number_is_one_projects_alone(uow, write):
    first, second = write(uow, number="П-1"), write(uow, "Друг", number="П-2")
    taken = edits.ProjectDetails(**{**_fields(edits.details_of(second)), "number": "П-1"})
    text = edits.text_of(second)
    with pytest.raises(NumberTaken):
        edits.edit_project(uow, second, text, taken, expected_version=second.version)
    assert second.number == "П-2"
    with pytest.raises(NumberTaken):
        write(uow, "Трети", number="П-1")
    publication.delete_project(uow, first, expected_version=first.version)
    uow.session.flush()
    write(uow, "Трети", number="П-1")
    with pytest.raises(NumberTaken):
        publication.restore_project(uow, first, expected_version=first.version)


def test_a_programme_is_one_however_it_is_typed(uow, programme):
    programme(uow, "Програма за селата")
    with pytest.raises(ProgrammeTaken):
        programme(uow, "  програма  ЗА селата")


def test_a_late_copy_of_a_project_is_refused(uow, write):
    project = write(uow)
    words = edits.ProjectText(title="Друго име", summary="Друго")
    with pytest.raises(ChangedWhileWriting):
        edits.edit_project(uow, project, words, edits.details_of(project), expected_version=99)
    slipped = edits.ProjectDetails(starts_on=project.ends_on, ends_on=project.starts_on)
    with pytest.raises(ProjectEndsBeforeStart):
        edits.edit_project(uow, project, words, slipped, expected_version=project.version)


def test_an_erased_project_leaves_nothing(uow, published, stage, programme, fund):
    project = published(uow)
    report(uow, project, stage(uow, project, 3))
    fund(uow, project, 10, {programme(uow): 10})
    asked = questions.ProjectQuestionWords(words="Кога?")
    questions.ask_question(uow, project, asked, request_id=uuid4())
    publication.delete_project(uow, project, expected_version=project.version)
    project.deleted_at = uow.now - 31 * DAY
    uow.session.flush()
    publication.erase_deleted(uow)
    for model in (Project, Stage, StageNews, ProjectQuestion):
        assert uow.session.scalars(select(model)).all() == []


def test_who_asked_is_forgotten_and_the_public_answer_stays(uow, published):
    project = published(uow)
    told = questions.ProjectQuestionWords(words="Аз съм Иван, кога?", email="ivan@villages.example")
    questions.ask_question(uow, project, told, request_id=uuid4())
    row = uow.session.scalars(select(ProjectQuestion)).one()
    answer = {"asked": "Кога?", "answer": "През май.", "is_public": True}
    questions.answer_question(uow, row, **answer, expected_version=row.version)
    uow.session.flush()
    with pytest.raises(QuestionDecided):
        other = {**answer, "answer": "Никога"}
        questions.answer_question(uow, row, **other, expected_version=row.version)
    row.decided_at = uow.now - 184 * DAY
    uow.session.flush()
    questions.forget_old(uow)
    uow.session.flush()
    uow.session.expire_all()
    [kept] = questions.answers_on(uow, project)
    assert (kept.words, kept.email, kept.asked, kept.answer) == ("", "", "Кога?", "През май.")


def test_a_list_is_filtered_by_each_word(uow, published, stage):
    today = day_of(uow.now)
    road = published(uow, "Улица", subject="roads", starts_on=today.replace(year=2021))
    late = published(uow, "Закъснял", ekatte="00002", subject="water")
    stage(uow, late, -2)

    def found(**wanted):
        rows = queries.found(uow, ProjectFilter(**wanted), "bg")
        return {project.title for project in uow.session.scalars(rows)}

    assert found() == {"Улица", "Закъснял"}
    assert found(state="late") == {"Закъснял"}
    assert found(subject="roads") == {"Улица"}
    assert found(ekatte="00002") == {"Закъснял"}
    assert found(year=2021) == {"Улица"}
    assert found(programme=str(uuid4())) == set()
    publication.delete_project(uow, road, expected_version=road.version)
    uow.session.flush()
    assert found() == {"Закъснял"}
