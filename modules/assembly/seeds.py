"""Demonstration assemblies and petitions of the Vidin region: invented questions and numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from obshto.modules.assembly.models import Assembly, AssemblyPetition
from obshto.modules.assembly.services import assemblies, proceedings, queries, rules
from obshto.modules.assembly.services.assemblies import AssemblyWords
from obshto.modules.assembly.services.petition_paper import PAPER
from obshto.modules.assembly.services.petition_states import COLLECTING
from obshto.modules.assembly.services.petition_states import DRAFT as UNSIGNED
from obshto.modules.assembly.services.petitions import (
    AssemblyPetitionWords,
    take_petition_step,
    write_petition,
)
from obshto.modules.assembly.services.proceedings import VoteWords
from obshto.modules.assembly.services.states import (
    ANNOUNCED,
    COUNCIL,
    DRAFT,
    MAYOR,
    OPEN_VOTE,
    SECRET_VOTE,
    VOTERS,
)
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.content.wheelchair import WheelchairAccess
from obshto.platform.petitions.signatures import SignatureWords
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import settlements_here

MARK = "Пример за демонстрацията."
SOURCE = "Пример, не е от регистър"
FIRST_DAY = date(2026, 11, 1)  # the texts of law that we have read begin there
WATER = ("Общината да смени водопровода по главната улица до края на 2027 година",)
SQUARE = (
    "На площада да се сложат четири пейки и чешма",
    "Старото училище да стане клуб на пенсионера",
    "Селският събор да се върне на Димитровден",
)
BUS = ("Да поискаме автобус и в неделя", "Да изберем кой говори с превозвача")
ROAD = ("Пътят към гробищата да се засипе с чакъл", "Зимата да се чисти първо до спирката")
BENCH = "Пред читалището да се сложи пейка"
LIGHTS = "Уличните лампи да светят до полунощ\nСпирката да се премести до училището"
WELL = ("Общината да почисти кладенеца на мегдана",)


def seed(uow: UnitOfWork) -> None:
    """One ahead, one held and followed, one without a quorum, one whose minutes are being written,
    a draft, two petitions; twice is once."""
    today = day_of(uow.now)
    _signed(uow)
    _drafted(uow, "bus", BUS, _ahead(uow, today))
    coming = _drafted(uow, "water", WATER, _ahead(uow, today), caller=VOTERS)
    if coming.state == DRAFT:
        assemblies.take_step(uow, coming, "announce", "", expected_version=coming.version)
        uow.session.flush()
    evening_before = today - timedelta(days=1)
    first = rules.window_of(FIRST_DAY, work_ends_at=17).first
    if evening_before >= first:
        _held(uow, evening_before)
        _recorded(uow, evening_before)
        _failed(uow, max(evening_before - timedelta(days=3), first))


def _held(uow: UnitOfWork, met_on: date) -> None:
    row = _past(uow, "square", SQUARE, met_on, caller=COUNCIL)
    if row.state != ANNOUNCED:
        return
    proceedings.count_present(uow, row, 23, expected_version=row.version)
    agenda = queries.agenda_of(uow, row)
    votes = (
        VoteWords(ballot=OPEN_VOTE, votes_for=20, votes_against=1, abstained=2, summary=MARK),
        VoteWords(ballot=SECRET_VOTE, votes_for=14, votes_against=7, invalid=2),
        VoteWords(ballot=OPEN_VOTE, votes_for=11, votes_against=8, abstained=4),
    )
    for question, words in zip(agenda, votes, strict=True):
        proceedings.record_vote(uow, row, question, words, expected_version=question.version)
    uow.session.flush()
    proceedings.close_minutes(
        uow,
        row,
        began_at=row.starts_at,
        ended_at=row.starts_at + timedelta(minutes=95),
        counters=3,
        expected_version=row.version,
    )
    uow.session.flush()
    proceedings.follow(
        uow,
        row,
        agenda[0],
        "order",
        happened_on=met_on,
        words="Заповед № 12 (пример): пейките и чешмата се слагат до първи май.",
        expected_version=agenda[0].version,
    )
    uow.session.flush()


def _recorded(uow: UnitOfWork, met_on: date) -> None:
    """One question is written down, the other is not yet."""
    row = _past(uow, "road", ROAD, met_on)
    if row.state != ANNOUNCED:
        return
    proceedings.count_present(uow, row, 31, expected_version=row.version)
    first = queries.agenda_of(uow, row)[0]
    words = VoteWords(ballot=OPEN_VOTE, votes_for=30, abstained=1)
    proceedings.record_vote(uow, row, first, words, expected_version=first.version)
    uow.session.flush()


def _failed(uow: UnitOfWork, met_on: date) -> None:
    row = _past(uow, "well", WELL, met_on)
    for present in (9, 4) if row.state == ANNOUNCED else ():
        proceedings.count_present(uow, row, present, expected_version=row.version)
        uow.session.flush()


def _signed(uow: UnitOfWork) -> None:
    """One of whoever writes the demonstration, that is being signed; a draft of staff."""
    _petition(uow, "bench", BENCH, by_staff=True)
    petition = _petition(uow, "lights", LIGHTS, by_staff=False)
    if petition.state == UNSIGNED:
        take_petition_step(uow, petition, "start", "", expected_version=petition.version)
        uow.session.flush()
    if petition.state != COLLECTING:
        return
    PAPER.print_sheets(uow, petition, 1, request_id=petition.id)  # one printing, its number known
    for line in (1, 2):  # of nobody: the numbers are wrong, so the rows do not count
        row = SignatureWords(name=f"Проба {line}", egn=f"000000000{line}", address="пример")
        key = _key(uow, f"lights/{line}")
        PAPER.enter_row(uow, petition, row, place=(1, line), request_id=key)


def _petition(uow: UnitOfWork, key: str, questions: str, *, by_staff: bool) -> AssemblyPetition:
    told = AssemblyPetitionWords(
        unit=next(reversed(tuple(settlements_here(uow))), ""),
        questions=questions,
        reasons=MARK,
        voters=61,
        voters_source=SOURCE,
    )
    row = write_petition(uow, told, request_id=_key(uow, key), by_staff=by_staff)
    uow.session.flush()
    return row


def _past(
    uow: UnitOfWork, key: str, agenda: tuple[str, ...], met_on: date, *, caller: str = MAYOR
) -> Assembly:
    """One that was announced in time and begins on a day that is over: written as it was then."""
    starts_at = datetime.combine(met_on, time(18), SOFIA).astimezone(UTC)
    row = _drafted(uow, key, agenda, starts_at, caller=caller, is_past=True)
    if row.state == DRAFT:
        row.announced_on = max(FIRST_DAY, met_on - timedelta(days=16))
        row.work_ends_at = queries.settings_here(uow).work_ends_at
        way = assemblies.act_here(uow, row, "announce").way
        assemblies.advance(uow, row, way, happened_on=row.announced_on)
        uow.session.flush()
    return row


def _drafted(
    uow: UnitOfWork,
    key: str,
    agenda: tuple[str, ...],
    starts_at: datetime,
    *,
    caller: str = MAYOR,
    is_past: bool = False,
) -> Assembly:
    told = AssemblyWords(
        unit=next(reversed(tuple(settlements_here(uow))), ""),  # the last is a village
        population=78,
        population_source=SOURCE,
        voters=61,
        voters_source=SOURCE,
        caller=caller,
        document=f"№ 7 от {FIRST_DAY:%d.%m.%Y} г. (пример)",
        signatures=24 if caller == VOTERS else None,
        reasons=MARK,
        starts_at=starts_at,
        place="Читалището, голямата зала (пример)",
        access=WheelchairAccess.HELP,
    )
    once = _key(uow, key)
    if is_past:
        row = assemblies.write_past(uow, told, request_id=once)
    else:
        row = assemblies.write_assembly(uow, told, request_id=once)
    uow.session.flush()
    for number, text in enumerate(agenda) if row.state == DRAFT else ():
        assemblies.add_question(uow, row, text, request_id=_key(uow, f"{key}/{number}"))
    return row


def _ahead(uow: UnitOfWork, today: date) -> datetime:
    """The first lawful day off after the notice, at six."""
    ends = queries.settings_here(uow).work_ends_at
    days = rules.lawful_days(rules.window_of(today, work_ends_at=ends))
    day = next((one.day for one in days if one.first_hour < ends), days[0].day)
    return datetime.combine(day, time(18), SOFIA).astimezone(UTC)


def _key(uow: UnitOfWork, name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"assembly/{uow.scope.slug}/{name}")
