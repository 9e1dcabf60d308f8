"""Rules of reports: one number a request, proven outcomes, one dispute, names that leave."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

from obshto.modules.reports.errors import (
    DisputedBefore,
    MergeFollowed,
    NameNeeded,
    NoSuchFirst,
    NoSuchReport,
    NotMergeable,
    PhotoNeeded,
    ReportNotFromHere,
    ReportNotYours,
    SignalInWriting,
    StaleReport,
)
from obshto.modules.reports.models import Report, ReportLook
from obshto.modules.reports.notifications import reader
from obshto.modules.reports.permissions import ReportsPermission
from obshto.modules.reports.services import (
    access_log,
    disputes,
    duplicates,
    field,
    outside,
    queries,
    report_actions,
)
from obshto.modules.reports.services.codes import code_of
from obshto.modules.reports.services.photos import photos_of
from obshto.modules.reports.services.retention import (
    confirm_by_silence,
    empty_old_reports,
    forget_person,
    remind_of_handed,
)
from obshto.modules.reports.services.states import (
    CONFIRMED,
    FIX,
    FIXED,
    HANDED,
    IN_WORK,
    MERGED,
    OUTCOMES,
    PASS_ON,
    PROVEN_BY_PHOTO,
    RECEIVED,
    REFUSE,
    REOPENED,
    STATES,
)
from obshto.modules.reports.services.submission import ReportWords, send_report
from obshto.platform.clock import day_of
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.purposes.services import looks_at
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import Principal

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
FROM = ("in_work", "asked", "handed_over")  # an outcome may come
TOLD = ReportWords(kind="lamp", settlement="00001", words="Не свети", place="до чешмата")


def picture():
    kept = BytesIO()
    Image.new("RGB", (60, 40), "red").save(kept, "JPEG")
    kept.seek(0)
    return kept


@pytest.fixture
def clerk(sign_in):
    return sign_in(VILLAGE, "registry_clerk").person_id


@pytest.fixture
def uow(uow_in, clerk):
    with uow_in(VILLAGE) as begun:
        permissions = frozenset({ReportsPermission.HANDLE, ReportsPermission.FIELD})
        me = Principal(person_id=clerk, name="Проба Служител", permissions=permissions)
        object.__setattr__(begun, "principal", me)
        yield begun


def sent(uow, **changed):
    told = ReportWords(
        **{**{name: getattr(TOLD, name) for name in ReportWords.__slots__}, **changed}
    )
    report = send_report(uow, told, request_id=uuid4())
    uow.session.flush()
    return report


def taken(uow, **changed):
    report = sent(uow, **changed)
    report_actions.take_report(uow, report, expected_version=report.version)
    uow.session.flush()
    return report


def close(uow, report, way, photos=()):
    words = "Оправено"
    to = outside.OutsideBody(body="other", remind_on=day_of(uow.now)) if way is PASS_ON else None
    report_actions.close_report(
        uow, report, way, words, expected_version=report.version, photos=photos, outside=to
    )
    uow.session.flush()


def test_the_same_request_is_one_report_with_one_number(uow):
    request_id = uuid4()
    first = send_report(uow, TOLD, request_id=request_id)
    assert send_report(uow, TOLD, request_id=request_id).id == first.id
    assert sent(uow).sequence == first.sequence + 1
    assert [fact.name for fact in uow.facts] == ["reports:report.sent"] * 2


def test_a_report_is_found_by_its_number_and_code_and_by_no_other(uow):
    report = sent(uow)
    report.person_id = None
    uow.session.flush()
    code = code_of(report.request_id)
    assert queries.report_by_number(uow, report.number, code).id == report.id
    with pytest.raises(NoSuchReport):
        queries.report_by_number(uow, "2026-99999", code)
    with pytest.raises(NoSuchReport):
        queries.report_by_number(uow, report.number, "1" * 20)


def test_fixed_needs_a_photograph(uow):
    report = taken(uow)
    with pytest.raises(PhotoNeeded):
        close(uow, report, FIX)
    assert report.state == "in_work"
    close(uow, report, FIX, [picture()])
    assert report.state == FIXED
    [photo] = photos_of(uow, report)
    assert photo.is_after


def test_silence_of_fourteen_days_confirms_and_not_of_thirteen(uow):
    report = taken(uow)
    close(uow, report, FIX, [picture()])
    report.fixed_at = uow.now - timedelta(days=13)
    confirm_by_silence(uow)
    assert report.state == FIXED
    report.fixed_at = uow.now - timedelta(days=14, minutes=1)
    confirm_by_silence(uow)
    assert report.state == CONFIRMED


@pytest.mark.parametrize("way", [REFUSE, PASS_ON])
def test_an_outcome_is_disputed_once(uow, way):
    report = taken(uow)
    close(uow, report, way)
    version = report.version
    disputes.dispute_report(uow, report, "Не е", expected_version=version)
    uow.session.flush()
    assert report.state == REOPENED and report.ended_at is None
    disputes.dispute_report(uow, report, "Не е", expected_version=version)  # sent twice
    report_actions.take_report(uow, report, expected_version=report.version)
    uow.session.flush()
    close(uow, report, way)
    with pytest.raises(DisputedBefore):
        disputes.dispute_report(uow, report, "Пак не", expected_version=report.version)


@pytest.mark.parametrize("state", [state for state in STATES if state not in FROM])
def test_no_outcome_from_elsewhere(uow, state):
    report = taken(uow)
    report.state = state
    uow.session.flush()
    for way in OUTCOMES:
        if state != way.to:
            with pytest.raises(ReportNotFromHere):
                close(uow, report, way, [picture()] if way in PROVEN_BY_PHOTO else ())


def test_only_who_took_it_closes_it_and_as_it_is_now(uow):
    report = taken(uow)
    with pytest.raises(StaleReport):
        report_actions.close_report(uow, report, REFUSE, "Не", expected_version=0)
    report.assignee_id = uuid4()
    uow.session.flush()
    with pytest.raises(ReportNotYours):
        close(uow, report, REFUSE)


def test_a_signal_by_law_has_a_name_and_two_months(uow):
    with pytest.raises(NameNeeded):
        sent(uow, kind="noise", is_signal=True)
    signal = sent(uow, kind="noise", is_signal=True, name="Проба Подател")
    plain = sent(uow, kind="noise")
    assert signal.is_signal and signal.due_on > plain.due_on
    assert not sent(uow, kind="lamp", is_signal=True).is_signal


def test_a_violation_is_public_once_verified(uow):
    report = taken(uow, kind="dumping")
    shown = lambda: uow.session.scalars(queries.public()).all()  # noqa: E731
    assert report not in shown()
    sorting = report_actions.Sorting(
        kind="dumping", due_on=report.due_on, public_words="", is_verified=True, shows_photos=False
    )
    report_actions.sort_report(uow, report, sorting, expected_version=report.version)
    uow.session.flush()
    assert report in shown()
    report_actions.hide_report(uow, report, "Лични данни", expected_version=report.version)
    uow.session.flush()
    assert report not in shown()


def test_names_leave_a_year_after_the_end_and_the_thing_stays(uow):
    report = taken(uow, name="Проба Подател", email="a@villages.example")
    close(uow, report, REFUSE)
    report.ended_at = uow.now - timedelta(days=364)
    empty_old_reports(uow)
    assert report.applicant == "Проба Подател"
    report.ended_at = uow.now - timedelta(days=366)
    empty_old_reports(uow)
    assert (report.applicant, report.email, report.words, report.code_index) == (
        "",
        None,
        None,
        None,
    )
    assert (report.kind, report.settlement) == ("lamp", "00001")


def test_erasure_leaves_no_name_of_the_sender_nor_of_staff(uow, clerk):
    report = taken(uow, name="Проба Подател")
    assert report.person_id == clerk
    forget_person(uow, clerk)
    uow.session.expire_all()
    assert (report.person_id, report.applicant, report.assignee, report.words) == (
        None,
        "",
        "",
        None,
    )
    assert {line.by_name for line in queries.lines_of(uow, report)} == {""}


def test_what_people_wrote_lies_encrypted(uow, owner):
    sent(uow, name="Проба Подател")
    uow.commit()
    [row] = owner("select applicant, words, place from t_gorno_selo.reports_report")
    assert not any("Проба".encode() in bytes(value) for value in row)
    assert not any("Не свети".encode() in bytes(value) for value in row)


def test_a_neighbour_does_not_find_it(uow, uow_in):
    report = sent(uow)
    uow.commit()
    code = code_of(report.request_id)
    with uow_in(NEIGHBOUR) as other:
        with pytest.raises(NoSuchReport):
            queries.report_of(other, report.id)
        with pytest.raises(NoSuchReport):
            queries.report_at(other, code)
        assert other.session.scalars(queries.public()).all() == []
        assert other.session.query(Report).count() == 0


def test_a_look_of_before_is_read_at_once_and_copied_once(uow, sign_in):
    sender = sign_in(VILLAGE).person_id
    report = sent(uow)
    report.person_id = sender
    old = ReportLook(
        request_id=uuid4(),
        case_id=report.id,
        at=uow.now,
        by_id=None,
        by_name="Ана",
        purpose="contact",
    )
    uow.session.add(old)
    uow.session.flush()
    theirs = looks_at(uow, Subject(person_id=sender))
    for _ in range(3):
        assert [row.by_name for row in uow.session.scalars(theirs)] == ["Ана"]
        assert [row.by_name for row in queries.looks_at(uow, report)] == ["Ана"]
        access_log.copy_looks(uow)
    assert uow.session.query(RecordedLook).count() == 1


def merge(uow, report, first):
    version = report.version
    duplicates.merge_report(uow, report.id, first.number, expected_version=version)
    uow.session.flush()


def test_a_double_that_nobody_took_can_be_hidden(uow):
    first, double = taken(uow), sent(uow)
    with pytest.raises(ReportNotYours):
        report_actions.hide_report(uow, double, "Име", expected_version=double.version)
    merge(uow, double, first)
    with pytest.raises(StaleReport):
        report_actions.hide_report(uow, double, "Име", expected_version=double.version - 1)
    report_actions.hide_report(uow, double, "Име", expected_version=double.version)
    uow.session.flush()
    with pytest.raises(NoSuchReport):
        queries.public_report(uow, double.id)


def test_a_double_leaves_the_list_and_its_people_hear_of_the_first(uow):
    first, double = taken(uow), sent(uow, email="second@villages.example")
    merge(uow, double, first)
    merge(uow, double, first)  # sent twice
    assert double.state == MERGED
    shown = uow.session.scalars(queries.public()).all()
    assert first in shown and double not in shown
    version = first.version
    report_actions.close_report(
        uow, first, FIX, "Готово", expected_version=version, photos=[picture()]
    )
    told = [fact.subject_id for fact in uow.facts if fact.name == "reports:report.fixed"]
    assert told == [first.id, double.id]
    double.person_id, double.email_confirmed_at = None, uow.now
    [address] = reader(uow, {"subject_id": str(double.id)})
    assert address.email == "second@villages.example"


def test_a_double_is_parted_while_nothing_followed(uow):
    first, double = taken(uow), sent(uow)
    merge(uow, double, first)
    duplicates.part_report(uow, double, expected_version=double.version)
    uow.session.flush()
    assert double.state == IN_WORK and double.first_id is None and double.ended_at is None
    merge(uow, double, first)
    object.__setattr__(uow, "now", uow.now + timedelta(minutes=1))
    report_actions.ask_reporter(uow, first, "Коя лампа?", expected_version=first.version)
    uow.session.flush()
    with pytest.raises(MergeFollowed):
        duplicates.part_report(uow, double, expected_version=double.version)


def test_what_may_not_be_merged(uow):
    first, other = taken(uow), sent(uow)
    signal = sent(uow, kind="noise", is_signal=True, name="Проба Подател")
    with pytest.raises(NotMergeable):
        merge(uow, signal, taken(uow, kind="noise"))
    with pytest.raises(NoSuchFirst):  # a clerk learns of no violation
        merge(uow, other, signal)
    with pytest.raises(NoSuchFirst):
        merge(uow, first, first)
    merge(uow, other, first)
    with pytest.raises(NotMergeable):  # it has a double of its own
        merge(uow, first, sent(uow))
    with pytest.raises(NoSuchFirst):  # a double is nobody's first
        merge(uow, sent(uow), other)


def test_what_another_body_has_stays_open_and_is_asked_about(uow):
    report, today = taken(uow), day_of(uow.now)
    to = outside.OutsideBody(body="water", remind_on=today)
    outside.hand_over(uow, report, "Писмо № 1", to, expected_version=report.version)
    uow.session.flush()
    assert report.state == HANDED
    remind_of_handed(uow)
    remind_of_handed(uow)  # once a fortnight
    assert [fact.name for fact in uow.facts].count("reports:report.reminded") == 1
    outside.reclaim_report(uow, report, "Утре идват", expected_version=report.version)
    assert report.state == IN_WORK and report.remind_on is None


def test_an_act_of_the_field_lands_once_and_gives_back_what_cannot_be_done(uow):
    report, key = taken(uow), uuid4()
    done = field.FieldAct(kind=field.DONE, photos=[picture()])
    field.take_act(uow, report, done, request_id=key)
    uow.session.flush()
    field.take_act(uow, report, done, request_id=key)
    assert report.state == FIXED and len(photos_of(uow, report)) == 1
    other = taken(uow)
    cannot = field.FieldAct(kind=field.CANNOT, words="Няма вишка")
    field.take_act(uow, other, cannot, request_id=uuid4())
    assert other.state == RECEIVED and other.assignee_id is None
    signal = taken(uow, kind="noise", is_signal=True, name="Проба Подател")
    with pytest.raises(SignalInWriting):
        field.take_act(uow, signal, done, request_id=uuid4())


def test_a_round_goes_on_to_the_nearest_and_what_has_no_place_comes_last(uow):
    """From the office along the road; a report without a point lies in its village's middle."""
    lost = taken(uow, settlement="", place="някъде")
    far = taken(uow, settlement="00001", point=(44.0, 22.9), place="край")
    middle = taken(uow, settlement="00002", place="площада")
    near = taken(uow, settlement="00001", point=(44.0, 22.81), place="начало")
    rows = field.day_list(uow, uow.principal.person_id, {"00001": 0, "00002": 1})
    centres = {"00002": (44.0, 22.85)}
    route = field.by_route(rows, centres, start=(44.0, 22.8))
    assert [row.id for row in route] == [near.id, middle.id, far.id, lost.id]
    back = field.by_route(rows, centres, start=(44.0, 23.0))
    assert [row.id for row in back] == [far.id, middle.id, near.id, lost.id]
    many = list(rows) * 8
    assert field.by_route(many, centres, start=(44.0, 22.8)) == many


def test_the_day_goes_by_village_and_street(uow):
    for place, words in (("00002", "ул. Б"), ("00001", "ул. Я"), ("00002", "ул. А")):
        taken(uow, settlement=place, place=words)
    me = uow.principal.person_id
    rows = field.day_list(uow, me, {"00002": 0, "00001": 1})
    assert [row.place for row in rows] == ["ул. А", "ул. Б", "ул. Я"]
    assert field.day_list(uow, uuid4(), {}) == []
