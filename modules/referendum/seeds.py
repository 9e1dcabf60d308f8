"""Demonstration referenda of the Vidin region: invented questions, people and numbers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from obshto.modules.referendum.events import ReferendumCalled
from obshto.modules.referendum.models import ProposalStep, Referendum, RegisterCounter
from obshto.modules.referendum.services import campaign, proposals
from obshto.modules.referendum.services.campaign import PartyWords
from obshto.modules.referendum.services.campaign_events import EventWords, announce_event
from obshto.modules.referendum.services.campaign_halls import (
    HallWords,
    answer_hall,
    ask_hall,
    hall_requests_of,
)
from obshto.modules.referendum.services.campaign_time import OPEN
from obshto.modules.referendum.services.committee import COMMITTEE
from obshto.modules.referendum.services.equal_space import BOTH, NO, YES
from obshto.modules.referendum.services.petition import PETITION
from obshto.modules.referendum.services.proposal_acts import ActWords, take_step
from obshto.modules.referendum.services.proposals import ReferendumWords
from obshto.modules.referendum.services.question_rules import BY_COUNCIL
from obshto.modules.referendum.services.states import (
    CALLED,
    CITIZENS,
    COLLECTING,
    COUNCILLORS,
    DRAFT,
)
from obshto.modules.referendum.services.voting_days import voting_days, window_of
from obshto.platform.cases.numbers import next_number
from obshto.platform.clock import day_of
from obshto.platform.petitions.signatures import SignatureWords
from obshto.platform.unit_of_work import UnitOfWork

MARK = "Пример за демонстрацията."
WALLS = ReferendumWords(
    proposer=CITIZENS,
    question="Съгласни ли сте общината да запази старото училище за обществен център?",
    yes_means="Сградата остава на общината. До една година се прави план за център и библиотека.",
    no_means="Сградата може да се продаде на търг. С парите съветът решава друго.",
    reasons=f"{MARK} Училището стои затворено, а селото няма зала за срещи.",
    decider=BY_COUNCIL,
)
SQUARE = ReferendumWords(
    proposer=COUNCILLORS,
    question="Съгласни ли сте центърът да бъде затворен за автомобили в неделя?",
    yes_means="В неделя от 8 до 20 часа през площада минават само пешеходци и автобусът.",
    no_means="Движението през площада остава както сега, всеки ден от седмицата.",
    reasons=f"{MARK} Търговците и майките с деца имат различни мнения, затова питаме всички.",
    decider=BY_COUNCIL,
    signers=5,
)
BENCHES = ReferendumWords(
    proposer=CITIZENS,
    question="Съгласни ли сте чешмата на площада да се върне на старото си място?",
    yes_means="Чешмата се мести до края на годината.",
    no_means="Чешмата остава при спирката.",
    reasons=f"{MARK} Комитетът още събира членове.",
    decider=BY_COUNCIL,
)
MILL = ReferendumWords(
    proposer=CITIZENS,
    question="Съгласни ли сте общината да откупи старата воденица за музей?",
    yes_means="Съветът търси средства и до две години воденицата става музей.",
    no_means="Воденицата остава частна и затворена. Парите са за друго.",
    reasons=f"{MARK} Воденицата е последната на реката.",
    decider=BY_COUNCIL,
)
LIBRARY = ReferendumWords(
    proposer=COUNCILLORS,
    question="Съгласни ли сте библиотеката да работи и в събота до обяд?",
    yes_means="Библиотеката отваря и в събота от 9 до 13 часа. Съветът намира място за това.",
    no_means="Библиотеката остава отворена само от понеделник до петък, както е сега.",
    reasons=f"{MARK} Учениците и хората на работа не стигат до библиотеката през седмицата.",
    decider=BY_COUNCIL,
    signers=4,
)
LAMPS = ReferendumWords(
    proposer=COUNCILLORS,
    question="Съгласни ли сте уличните лампи да се гасят след полунощ?",
    yes_means="От полунощ до 5 часа светят само лампите на кръстовищата и пред лекаря.",
    no_means="Лампите светят цяла нощ, както сега.",
    reasons=f"{MARK} Мненията за светлината и тишината през нощта са различни.",
    decider=BY_COUNCIL,
    signers=4,
)
SIDES_SAY = (
    (
        YES,
        "Инициативен комитет „Тих площад“",
        f"{MARK} В неделя площадът е пълен с деца. Без коли ще е по-тихо и по-спокойно.\n"
        "Автобусът пак ще минава, а до магазините се стига пеша за две минути.",
    ),
    (
        NO,
        "Инициативен комитет „Отворен център“",
        f"{MARK} В неделя идват хора от селата. Те пазаруват с кола и носят тежко.\n"
        "Ако не могат да спрат до магазина, ще отидат другаде и площадът ще е празен.",
    ),
)
# Invented: the days of birth exist, the people do not.
PEOPLE = (
    ("Проба Пробова Първа", "7552010005"),
    ("Проба Пробов Втори", "7501020018"),
    ("Проба Пробова Трета", "8032056031"),
)
SIGNED = ("6101057509", "7111019200", "6101057510", "7111019200")  # a wrong one, a double


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their keys, so seeding twice is harmless."""
    today = day_of(uow.now)
    _collecting(uow, today, WALLS, "walls", voters=61)
    _called(uow, today)
    _held(uow, LIBRARY, "library", _sunday(today - timedelta(days=15)))
    _held(uow, LAMPS, "lamps", _sunday(today - timedelta(days=1)))
    _checking(uow, today)
    draft = _write(uow, BENCHES, "benches")
    if draft.state == DRAFT:
        _member(uow, draft, "benches", 0)


def _checking(uow: UnitOfWork, today: date) -> None:
    proposal = _collecting(uow, today, MILL, "mill", voters=40)
    if proposal.state == COLLECTING:
        _step(uow, proposal, "file", today)
        _step(uow, proposal, "send", today)


def _member(uow: UnitOfWork, proposal: Referendum, key: str, number: int) -> None:
    name, egn = PEOPLE[number]
    COMMITTEE.add_member(
        uow,
        proposal,
        name=name,
        egn=egn,
        address="ул. „Примерна“ 1",
        is_chair=number == 0,
        is_me=number == 0,
        request_id=_key(uow, f"{key}/member/{number}"),
    )


def _collecting(
    uow: UnitOfWork, today: date, words: ReferendumWords, key: str, *, voters: int
) -> Referendum:
    proposal = _write(uow, words, key)
    if proposal.state != DRAFT:
        return proposal
    for number in range(len(PEOPLE)):
        _member(uow, proposal, key, number)
    proposals.count_voters(
        uow,
        proposal,
        voters,
        on=today,
        source="примерно число",
        is_at_filing=False,
        expected_version=proposal.version,
    )
    uow.session.flush()
    _step(uow, proposal, "form", today)
    _step(uow, proposal, "start", today)
    PETITION.print_sheets(
        uow, proposal, 2, request_id=proposal.id
    )  # one printing, its number known
    uow.session.flush()
    for line, egn in enumerate(SIGNED, start=1):
        signed = SignatureWords(name="Проба Пробова", egn=egn, address="ул. „Примерна“ 2")
        row = _key(uow, f"{key}/row/{line}")
        PETITION.enter_row(uow, proposal, signed, place=(1, line), request_id=row)
    return proposal


def _called(uow: UnitOfWork, today: date) -> None:
    proposal = _write(uow, SQUARE, "square")
    if proposal.state != DRAFT:
        return
    came = max(today - timedelta(days=27), proposals.FIRST_DAY)
    _step(uow, proposal, "submit", came)
    decided = max(today - timedelta(days=22), came)  # so that its campaign has begun
    vote_on = voting_days(window_of(decided))[0].day
    _step(uow, proposal, "call", decided, words="Решение № 112 (пример)", vote_on=vote_on)
    _campaign(uow, proposal, decided)


def _held(uow: UnitOfWork, words: ReferendumWords, key: str, vote_on: date) -> None:
    """One whose day is over. It was called before the first day that a form takes, so its steps are
    written as they are read.
    """
    proposal = _write(uow, words, key)
    if proposal.state != DRAFT:
        return
    decided = vote_on - timedelta(days=50)
    for name, on, told in (
        ("submit", decided - timedelta(days=14), ""),
        ("call", decided, "Решение № 98 (пример)"),
    ):
        uow.session.add(
            ProposalStep(
                petition_id=proposal.id,
                name=name,
                happened_on=on,
                at=uow.now,
                by_id=None,
                by_name="",
                words=told,
            )
        )
    proposal.year, proposal.sequence = next_number(uow, RegisterCounter, "register")
    proposal.state, proposal.vote_on, proposal.due_on = CALLED, vote_on, vote_on
    proposal.begun_on = decided - timedelta(days=14)
    proposal.late_for, proposal.changed_at = vote_on, uow.now
    uow.session.flush()
    uow.emit(ReferendumCalled(subject_id=proposal.id, number=proposal.number))


def _sunday(day: date) -> date:
    """The last Sunday that is not after a day."""
    return day - timedelta(days=(day.weekday() + 1) % 7)


def _campaign(uow: UnitOfWork, proposal: Referendum, on: date) -> None:
    """Both sides with texts of like length, shown where the campaign has begun; one event."""
    for side, name, text in SIDES_SAY:
        words = PartyWords(side=side, name=name, registered_on=on)
        once = _key(uow, f"square/party/{side}")
        party = campaign.register_party(uow, proposal, words, request_id=once)
        uow.session.flush()
        campaign.write_statement(uow, party, text, expected_version=party.version)
        uow.session.flush()
    told = campaign.time_of(proposal)
    if told is None or told.state(uow.now) != OPEN:
        return
    row = campaign.campaign_of_proposal(uow, proposal)
    assert row
    campaign.show_statements(uow, proposal, expected_version=row.version)
    # A later text waits for the other side; somebody has given none yet.
    last = campaign.parties_of(uow, proposal)[-1]
    campaign.write_statement(uow, last, f"{last.statement}.", expected_version=last.version)
    silent = PartyWords(side=NO, name="Партия „Пример“", registered_on=on)
    campaign.register_party(uow, proposal, silent, request_id=_key(uow, "square/party/silent"))
    talk = EventWords(
        side=BOTH,
        title="Разговор за площада",
        place="Залата на читалището",
        starts_at=told.closes_at - timedelta(days=8, hours=6),
    )
    announce_event(uow, proposal, talk, request_id=_key(uow, "square/talk"))
    _halls(uow, proposal, told.closes_at)


def _halls(uow: UnitOfWork, proposal: Referendum, closes_at: datetime) -> None:
    """Each side asks twice: one hall is given, one refused, of two nobody has answered yet."""
    for party in [one for one in campaign.parties_of(uow, proposal) if one.shown]:
        for days in (5, 6):
            starts_at = closes_at - timedelta(days=days, hours=6 if party.side == YES else 9)
            words = HallWords(
                hall="Читалището, голямата зала",
                title="Среща със съседите (пример)",
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=2),
            )
            once = _key(uow, f"square/hall/{party.side}/{days}")
            ask_hall(uow, party, words, request_id=once)
    uow.session.flush()
    given, _second, refused, _fourth = hall_requests_of(uow, proposal)
    for row, is_granted, reason in (
        (given, True, ""),
        (refused, False, "В този ден читалището репетира за празника (пример)."),
    ):
        told = {"is_granted": is_granted, "reason": reason, "expected_version": row.version}
        answer_hall(uow, proposal, row, **told)  # type: ignore[arg-type]
        uow.session.flush()


def _write(
    uow: UnitOfWork, words: ReferendumWords, key: str, *, by_staff: bool = True
) -> Referendum:
    proposal = proposals.write_proposal(uow, words, request_id=_key(uow, key), by_staff=by_staff)
    uow.session.flush()
    return proposal


def _step(uow: UnitOfWork, proposal: Referendum, name: str, on: date, **more: object) -> None:
    said = ActWords(happened_on=on, **more)  # type: ignore[arg-type]
    take_step(uow, proposal, name, said, expected_version=proposal.version)
    uow.session.flush()


def _key(uow: UnitOfWork, name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"referendum/{uow.scope.slug}/{name}")
