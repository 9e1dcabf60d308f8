"""A count from turnout to effect: who may enter what, what goes back, what the law refuses."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from flask import g
from PIL import Image
from sqlalchemy import select

from obshto.modules.polling.seeds import seed as seed_sections
from obshto.modules.referendum.models import Referendum
from obshto.modules.referendum.seeds import seed as seed_referenda
from obshto.modules.results.errors import (
    DayNotPossible,
    FewerThanBefore,
    MoreThanAfter,
    MoreThanListed,
    NoSuchHour,
    NotInThisState,
    OtherSection,
    ProtocolsMissing,
    PublicWordsMissing,
    ResultAnnounced,
    ResultForbidden,
    SamePerson,
    SamePhoto,
    StaleNight,
    TooEarly,
    WrongSectionCode,
)
from obshto.modules.results.models import (
    ProtocolEntry,
    SectionProtocol,
    TurnoutReport,
    VoteNight,
)
from obshto.modules.results.seeds import seed
from obshto.modules.results.services import duties, nights, protocols
from obshto.modules.results.services.codes import section_code, section_with_code
from obshto.modules.results.services.control_sums import ProtocolNumbers
from obshto.modules.results.services.night_acts import NightActWords, take_act
from obshto.modules.results.services.retention import forget_entrant
from obshto.modules.results.services.totals import totals_of
from obshto.modules.results.services.turnout import report_turnout, reports_of
from obshto.modules.results.services.votes import places_of, vote_of
from obshto.modules.results.stations import entries_of
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import Principal

VILLAGE = "gorno-selo"
ON = frozenset({"referendum", "polling", "results"})
GOOD = ProtocolNumbers(listed=500, signed=300, ballots=300, yes=200, no=90, invalid=10)
OTHER = ProtocolNumbers(listed=1_233, signed=400, ballots=400, yes=250, no=140, invalid=10)


@pytest.fixture
def at_work(uow_in, vote_id):
    """A unit of work that sees the three parts, with the vote and its sections."""

    @contextmanager
    def begin():
        with uow_in(VILLAGE) as uow:
            g.modules = ON
            yield by(uow), vote_of(uow, vote_id), places_of(uow, "")

    return begin


def by(uow, person_id=None, **more):
    who = Principal(person_id=person_id or uuid4(), name="Проба Човек")
    return replace(uow, principal=who, **more)


def enter(uow, vote, place, told, *, number=None, request_id=None):
    return protocols.enter_protocol(
        uow,
        vote,
        place,
        told,
        number=number or place.number,
        request_id=request_id or uuid4(),
        expected_round=protocols.read_protocol(uow, vote, place).row.round,
    )


def agree(uow, vote, place, told):
    for _ in range(2):
        row = enter(by(uow), vote, place, told)
    return row


def step(uow, vote, name, on, words="Решение 7", **more):
    said = NightActWords(happened_on=on, words=words, **more)
    version = nights.night_of(uow, vote).version
    take_act(uow, vote, name, said, expected_version=version)
    return nights.night_of(uow, vote)


def test_turnout_only_grows_and_is_corrected_in_place(at_work):
    with at_work() as (uow, vote, (first, _)):
        report_turnout(uow, vote, first, 10, 50)
        report_turnout(uow, vote, first, 10, 50)
        report_turnout(uow, vote, first, 16, 80)
        report_turnout(uow, vote, first, 10, 60)
        with pytest.raises(FewerThanBefore):
            report_turnout(uow, vote, first, 13, 59)
        with pytest.raises(MoreThanAfter):
            report_turnout(uow, vote, first, 13, 81)
        with pytest.raises(MoreThanListed):
            report_turnout(uow, vote, first, 20, 501)
        with pytest.raises(NoSuchHour):
            report_turnout(uow, vote, first, 11, 61)
        assert {hour: row.voted for hour, row in reports_of(uow, vote)[first.id].items()} == {
            10: 60,
            16: 80,
        }
        assert len(uow.session.scalars(select(TurnoutReport)).all()) == 2


def test_an_hour_is_not_reported_before_it_has_come(at_work):
    with at_work() as (uow, vote, (first, _)):
        morning = uow.now - timedelta(days=2)
        with pytest.raises(TooEarly):
            report_turnout(by(uow, now=morning), vote, first, 10, 1)


def test_a_code_opens_its_own_section_until_codes_change(at_work):
    with at_work() as (uow, vote, (first, second)):
        code = section_code(nights.night_of(uow, vote), first.id)
        assert section_with_code(uow, 1, f"{code[:4]} {code[4:]}")[2].id == first.id
        for number, typed in ((2, code), (1, "0" * 12), (3, code)):
            with pytest.raises(WrongSectionCode):
                section_with_code(uow, number, typed)
        nights.change_codes(uow, vote, expected_round=0)
        nights.change_codes(uow, vote, expected_round=0)  # the same form again
        with pytest.raises(WrongSectionCode):
            section_with_code(uow, 1, code)
        night = nights.night_of(uow, vote)
        assert night.code_round == 1
        assert section_with_code(uow, 2, section_code(night, second.id))[2].id == second.id


def test_one_person_never_enters_both_times(at_work):
    with at_work() as (uow, vote, (first, _)):
        once = uuid4()
        enter(uow, vote, first, GOOD, request_id=once)
        assert enter(uow, vote, first, GOOD, request_id=once).state == "once"
        with pytest.raises(SamePerson):
            enter(uow, vote, first, GOOD)
        assert enter(by(uow), vote, first, GOOD).state == "agreed"
        assert len(uow.session.scalars(select(ProtocolEntry)).all()) == 2
        with pytest.raises(NotInThisState):  # the same protocol a third time
            enter(by(uow), vote, first, GOOD)


def test_the_protocol_of_another_section_is_refused(at_work):
    with at_work() as (uow, vote, (first, _)), pytest.raises(OtherSection):
        enter(uow, vote, first, OTHER, number=2)


def test_two_readings_that_differ_do_not_count(at_work):
    with at_work() as (uow, vote, (first, _)):
        enter(uow, vote, first, GOOD)
        row = enter(by(uow), vote, first, replace(GOOD, yes=201, no=89))
        assert row.state == "different" and totals_of(uow, vote).sums["yes"] == 0
        with pytest.raises(NotInThisState):
            protocols.accept_protocol(uow, vote, first, "Така е", expected_version=row.version)
        protocols.restart_protocol(uow, vote, first, "", expected_version=row.version)
        assert agree(uow, vote, first, GOOD).state == "agreed"


def test_a_contradiction_goes_back_and_comes_in_again(at_work):
    """More ballots than voters: 301 of 300."""
    with at_work() as (uow, vote, (first, _)):
        row = agree(uow, vote, first, replace(GOOD, ballots=301, invalid=11))
        assert row.state == "broken" and totals_of(uow, vote).counted == 0
        seen = row.version
        protocols.restart_protocol(uow, vote, first, "Пребройте", expected_version=seen)
        protocols.restart_protocol(uow, vote, first, "Пребройте", expected_version=seen)
        assert (row.state, row.round, row.words) == ("returned", 1, "Пребройте")
        with pytest.raises(StaleNight):  # a page from before it went back
            protocols.enter_protocol(
                by(uow), vote, first, GOOD, number=1, request_id=uuid4(), expected_round=0
            )
        assert agree(uow, vote, first, GOOD).state == "agreed"
        assert totals_of(uow, vote).sums["ballots"] == 300


def test_what_stands_on_paper_is_accepted_with_a_reason(at_work):
    with at_work() as (uow, vote, (first, second)):
        row = agree(uow, vote, first, replace(GOOD, ballots=301, invalid=11))
        with pytest.raises(PublicWordsMissing):
            protocols.accept_protocol(uow, vote, first, "", expected_version=row.version)
        protocols.accept_protocol(uow, vote, first, "Един без подпис", expected_version=row.version)
        protocols.mark_absent(uow, vote, second, "Изгоря", expected_version=1)
        totals = totals_of(uow, vote)
        assert totals.is_complete and (totals.counted, totals.done) == (1, 2)
        # The absent section's voters are those of the register: 500 + 1,233.
        assert (totals.voters, totals.participants) == (1_733, 300)


def picture(colour):
    stream = BytesIO()
    Image.new("RGB", (40, 30), colour).save(stream, "PNG")
    stream.seek(0)
    return stream


def test_a_photo_belongs_to_one_section(at_work):
    with at_work() as (uow, vote, (first, second)):
        protocols.photograph(uow, vote, first, picture("red"), name="a.png")
        kept = protocols.read_protocol(uow, vote, first).row.file_id
        protocols.photograph(uow, vote, first, picture("red"), name="a.png")
        assert protocols.read_protocol(uow, vote, first).row.file_id == kept
        with pytest.raises(SamePhoto):
            protocols.photograph(uow, vote, second, picture("red"), name="b.png")
        protocols.photograph(uow, vote, first, picture("blue"), name="c.png")
        assert protocols.read_protocol(uow, vote, first).row.file_id != kept


def counted(uow, vote, places):
    for place, told in zip(places, (GOOD, OTHER), strict=True):
        agree(uow, vote, place, told)


def later(uow, days):
    return by(uow, now=uow.now + timedelta(days=days))


def test_a_result_needs_all_protocols_and_then_nothing_moves(at_work):
    with at_work() as (uow, vote, places):
        agree(uow, vote, places[0], GOOD)
        today = day_of(uow.now)
        with pytest.raises(ProtocolsMissing):
            step(uow, vote, "announce", today)
        agree(uow, vote, places[1], OTHER)
        with pytest.raises(DayNotPossible):
            step(uow, vote, "announce", today + timedelta(days=1))
        night = step(uow, vote, "announce", today)
        # 700 of 1,733: 40 % is 693.2; „да“ 450 is more than 350.
        assert (night.voters, night.participants, night.yes, night.no) == (1_733, 700, 450, 230)
        assert night.is_adopted and uow.session.get(Referendum, vote.id).state == "adopted"
        for change in (
            lambda: report_turnout(uow, vote, places[0], 20, 300),
            lambda: protocols.restart_protocol(uow, vote, places[0], "", expected_version=3),
            lambda: nights.choose_rule(uow, vote, is_together=True, expected_version=9),
        ):
            with pytest.raises(ResultAnnounced):
                change()


def test_one_voter_fewer_and_it_is_void_until_a_year_has_passed(at_work):
    """693 of 1,733 are 39.99 %."""
    with at_work() as (uow, vote, places):
        agree(uow, vote, places[0], GOOD)
        agree(uow, vote, places[1], replace(OTHER, signed=393, ballots=393, invalid=3))
        night = step(uow, vote, "announce", day_of(uow.now))
        assert night.participants == 693 and night.is_adopted is False
        assert uow.session.get(Referendum, vote.id).state == "failed"


def test_together_with_elections_the_line_is_another(at_work):
    with at_work() as (uow, vote, places):
        nights.choose_rule(uow, vote, is_together=True, expected_version=1)
        agree(uow, vote, places[0], GOOD)
        agree(uow, vote, places[1], replace(OTHER, signed=0, ballots=0, yes=0, no=0, invalid=0))
        today = day_of(uow.now)
        with pytest.raises(PublicWordsMissing):
            step(uow, vote, "announce", today)
        assert step(uow, vote, "announce", today, council_votes=399).is_adopted  # 200 of 399


def test_a_challenge_comes_in_seven_days_or_not_at_all(at_work):
    with at_work() as (uow, vote, places):
        counted(uow, vote, places)
        today = day_of(uow.now)
        step(uow, vote, "announce", today)
        with pytest.raises(ResultForbidden):
            step(uow, vote, "lapse", today)
        end = later(uow, 20)
        with pytest.raises(ResultForbidden):
            step(end, vote, "challenge", day_of(end.now))
        assert step(end, vote, "lapse", day_of(end.now), words="").state == "final"


def test_an_annulled_result_falls_and_is_announced_again(at_work):
    with at_work() as (uow, vote, places):
        counted(uow, vote, places)
        today = day_of(uow.now)
        step(uow, vote, "announce", today)
        step(uow, vote, "challenge", today)
        step(uow, vote, "annul", today)
        step(uow, vote, "appeal", today)
        night = step(uow, vote, "last-annul", today)
        assert night.state == "counting" and night.voters is None
        referendum = uow.session.get(Referendum, vote.id)
        assert referendum.state == "called" and referendum.participants is None
        assert step(uow, vote, "announce", today).is_adopted
        assert referendum.state == "adopted"


def test_the_same_act_twice_is_one_and_a_late_page_is_refused(at_work):
    with at_work() as (uow, vote, places):
        counted(uow, vote, places)
        today, seen = day_of(uow.now), nights.night_of(uow, vote).version
        said = NightActWords(happened_on=today, words="Решение 7")
        for _ in range(2):
            take_act(uow, vote, "announce", said, expected_version=seen)
        assert len(nights.steps_of(uow, nights.night_of(uow, vote))) == 1
        with pytest.raises(StaleNight):
            take_act(uow, vote, "challenge", said, expected_version=seen)


def test_an_adopted_decision_takes_effect_when_it_stood_in_three_places(at_work):
    with at_work() as (uow, vote, places):
        counted(uow, vote, places)
        step(uow, vote, "announce", day_of(uow.now))
        end = later(uow, 20)
        night, on = step(end, vote, "lapse", day_of(end.now), words=""), day_of(end.now)
        owed = duties.duties_of(uow, night)
        assert {duty.kind for duty in owed} == set(duties.PUBLICATIONS)
        told = {"how": "done", "on": on, "words": "Брой 12"}
        for duty in owed:
            assert duties.effect_day(night, duties.duties_of(uow, night)) is None
            with pytest.raises(PublicWordsMissing):
                empty = {**told, "words": ""}
                duties.end_duty(end, vote, duty.id, **empty, expected_version=duty.version)
            with pytest.raises(NotInThisState):  # the law lets none of them out
                dropped = {**told, "how": "dropped"}
                duties.end_duty(end, vote, duty.id, **dropped, expected_version=duty.version)
            duties.end_duty(end, vote, duty.id, **told, expected_version=duty.version)
        assert duties.effect_day(night, duties.duties_of(uow, night)) == on


def test_what_the_council_owes_is_a_promise_of_the_thread(at_work):
    with at_work() as (uow, vote, places):
        counted(uow, vote, places)
        words = duties.DutyWords(title="Акт", owes="council", due_on=date(2026, 12, 1))
        with pytest.raises(NotInThisState):
            duties.add_duty(uow, vote, words, request_id=uuid4())
        step(uow, vote, "announce", day_of(uow.now))
        end, once = later(uow, 20), uuid4()
        night = step(end, vote, "lapse", day_of(end.now), words="")
        first = duties.add_duty(end, vote, words, request_id=once)
        assert duties.add_duty(end, vote, words, request_id=once) is first
        [entry] = entries_of(uow, [night.id])
        owed = [one for one in entry.stations if one.is_promise]
        assert [one.owes for one in owed if one.title == "Акт"] == ["council"]
        assert len(owed) == 4 and entry.after == (("referendum", vote.id),)


def test_who_entered_is_forgotten_and_the_numbers_stay(at_work):
    with at_work() as (uow, vote, (first, _)):
        report_turnout(uow, vote, first, 10, 50)
        enter(uow, vote, first, GOOD)
        forget_entrant(uow, uow.principal.person_id)
        uow.session.expire_all()
        [entry] = uow.session.scalars(select(ProtocolEntry))
        [report] = uow.session.scalars(select(TurnoutReport))
        assert (entry.by_id, entry.by_name, entry.yes) == (None, "", 200)
        assert (report.by_id, report.voted) == (None, 50)


def test_seeds_written_twice_are_one(at_work):
    with at_work() as (uow, vote, _places):
        for _ in range(2):
            seed(uow)
            uow.session.flush()
        assert nights.night_of(uow, vote).state == "counting"
        assert len(uow.session.scalars(select(ProtocolEntry)).all()) == 5


def test_the_demonstration_has_a_result_in_force_and_a_night_that_is_not_over(uow_in):
    with uow_in(VILLAGE) as uow:
        g.modules = ON
        for part in (seed_referenda, seed_sections, seed, seed):
            part(uow)
            uow.session.flush()
        rows = {row.state: row for row in uow.session.scalars(select(VoteNight))}
        assert set(rows) == {"final", "counting"}
        final = rows["final"]
        owed = duties.duties_of(uow, final)
        assert final.is_adopted and duties.effect_day(final, owed) and len(owed) == 5
        states = {row.state for row in uow.session.scalars(select(SectionProtocol))}
        assert states == {"agreed", "once"}
        [entry] = entries_of(uow, [final.id])
        assert len([one for one in entry.stations if one.is_promise]) == 5
