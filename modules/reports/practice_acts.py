"""Practice acts of reports: an invented citizen tells, says more, confirms or complains."""

from __future__ import annotations

from sqlalchemy import select

from obshto.modules.reports.models import Report
from obshto.modules.reports.seeds import TOLD
from obshto.modules.reports.services.disputes import dispute_report
from obshto.modules.reports.services.report_actions import answer_question, confirm_fix
from obshto.modules.reports.services.states import ASKED, FIXED
from obshto.modules.reports.services.submission import ReportWords, send_report
from obshto.platform.modularity.practice import PracticeAct, PracticeTurn
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import settlements_here

MORE = "До моста е, отляво. Вижда се от спирката."
NOT_MENDED = "Минах оттам: същото е. Моля, погледнете пак."


def tell(uow: UnitOfWork, turn: PracticeTurn) -> bool:
    """Another report from the examples, at another village."""
    kind, words, place, *_ = turn.pick(TOLD)
    settlement = turn.pick(list(settlements_here(uow)) or [""])
    told = ReportWords(kind=kind, settlement=settlement, words=words, place=place, name=turn.name)
    send_report(uow, told, request_id=turn.request_id)
    return True


def say_more(uow: UnitOfWork, turn: PracticeTurn) -> bool:
    """What a clerk asked about a report of theirs."""
    if report := _own(uow, ASKED):
        answer_question(uow, report, MORE, expected_version=report.version)
    return report is not None


def judge(uow: UnitOfWork, turn: PracticeTurn) -> bool:
    """Of what was mended every third is not, as they say."""
    report = _own(uow, FIXED)
    if report and turn.number % 3 == 0 and not report.disputed_at:
        dispute_report(uow, report, NOT_MENDED, expected_version=report.version)
    elif report:
        confirm_fix(uow, report, expected_version=report.version)
    return report is not None


def _own(uow: UnitOfWork, state: str) -> Report | None:
    own = select(Report).where(Report.person_id == uow.principal.person_id, Report.state == state)
    return uow.session.scalar(own.order_by(Report.sent_at).limit(1).with_for_update())


PRACTICE_ACTS = (
    PracticeAct(run=tell),
    PracticeAct(run=say_more, is_reply=True),
    PracticeAct(run=judge, is_reply=True),
)
