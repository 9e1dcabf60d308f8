"""What every directory must do, whoever keeps it: a class of tests to inherit from.

A directory joins with a subclass in a `test_*.py` of its own, which gives the fixtures
`directory`, `account` (makes somebody with an account: email, subject), `invited_language` and
`fail` (somebody of an address types a wrong code; an address of None is nobody's).
"""

import secrets
from datetime import UTC, datetime, timedelta

import pytest

TITLES = {"bg": "Община Макреш", "en": "Makresh Municipality", "ro": "Municipalitatea Makreș"}


def address():
    return f"i{secrets.token_hex(4)}@villages.example"


class DirectoryContract:
    @pytest.fixture
    def makresh(self, directory):
        directory.ensure_organization("makresh", TITLES)
        yield "makresh"
        directory.remove_organization("makresh")

    def test_an_organization_is_made_once(self, directory, makresh):
        first = directory.ensure_organization(makresh, TITLES)
        assert first
        assert directory.ensure_organization(makresh, TITLES) == first

    def test_a_new_title_keeps_the_organization(self, directory, makresh):
        first = directory.ensure_organization(makresh, TITLES)
        renamed = TITLES | {"bg": "Община Голям Макреш"}
        assert directory.ensure_organization(makresh, renamed) == first

    def test_two_municipalities_have_two_organizations(self, directory, makresh):
        other = directory.ensure_organization("makresh-two", TITLES | {"bg": "Община Втори Макреш"})
        assert other != directory.ensure_organization(makresh, TITLES)
        directory.remove_organization("makresh-two")

    def test_nobody_belongs_at_first(self, directory, makresh):
        assert list(directory.members(makresh)) == []

    def test_nobody_belongs_where_there_is_no_organization(self, directory):
        assert list(directory.members("nowhere")) == []

    @pytest.mark.both
    def test_who_has_an_account_belongs_at_once(self, directory, makresh, account):
        email, subject = account()
        directory.invite(makresh, email=email, name="Мая Тошева", language="bg")
        (member,) = directory.members(makresh)
        assert (member.email, member.subject) == (email, subject)
        assert member.name == "Мая Тошева"
        assert member.has_second_factor is False

    @pytest.mark.both
    def test_belonging_can_be_asked_at_any_moment(self, directory, makresh, account):
        email, subject = account()
        assert not directory.belongs(makresh, subject)
        directory.invite(makresh, email=email, name="Мая Тошева", language="bg")
        assert directory.belongs(makresh, subject)
        directory.remove(makresh, subject=subject)
        assert not directory.belongs(makresh, subject)
        assert not directory.belongs("nowhere", subject)

    def test_who_has_an_account_belongs_once(self, directory, makresh, account):
        email, _ = account()
        for _ in range(2):
            directory.invite(makresh, email=email, name="Мая Тошева", language="bg")
        assert len(directory.members(makresh)) == 1

    def test_the_writing_of_an_address_does_not_matter(self, directory, makresh, account):
        email, subject = account()
        directory.invite(makresh, email=email.upper(), name="Мая Тошева", language="bg")
        assert [member.subject for member in directory.members(makresh)] == [subject]
        directory.remove(makresh, email=email.upper())
        assert list(directory.members(makresh)) == []

    def test_a_stranger_is_invited_and_has_no_subject_yet(self, directory, makresh):
        email = address()
        directory.invite(makresh, email=email, name="Нова Служителка", language="bg")
        (member,) = directory.members(makresh)
        assert (member.name, member.email, member.subject) == ("Нова Служителка", email, None)

    def test_a_stranger_invited_twice_is_there_once(self, directory, makresh):
        email = address()
        for _ in range(2):
            directory.invite(makresh, email=email, name="Нова Служителка", language="bg")
        assert len(directory.members(makresh)) == 1

    @pytest.mark.both
    def test_an_unanswered_invitation_can_be_taken_back(self, directory, makresh):
        email = address()
        directory.invite(makresh, email=email, name="Нова Служителка", language="bg")
        directory.remove(makresh, email=email)
        assert list(directory.members(makresh)) == []

    def test_who_is_removed_keeps_the_account(self, directory, makresh, account):
        email, subject = account()
        for _ in range(2):
            directory.invite(makresh, email=email, name="Мая Тошева", language="bg")
            directory.remove(makresh, email=email)
        directory.invite(makresh, email=email, name="Мая Тошева", language="bg")
        assert [member.subject for member in directory.members(makresh)] == [subject]

    def test_removing_a_stranger_does_no_harm(self, directory, makresh):
        directory.remove(makresh, email=address())
        directory.remove("nowhere", email=address())

    def test_belonging_here_is_not_belonging_there(self, directory, makresh, account):
        email, _ = account()
        directory.ensure_organization("makresh-two", TITLES | {"bg": "Община Втори Макреш"})
        directory.invite(makresh, email=email, name="Мая Тошева", language="bg")
        assert list(directory.members("makresh-two")) == []
        directory.remove_organization("makresh-two")

    @pytest.mark.both
    def test_a_municipality_leaves_and_its_people_keep_their_accounts(
        self, directory, makresh, account
    ):
        email, subject = account()
        directory.invite(makresh, email=email, name="Мая Тошева", language="bg")
        for _ in range(2):
            directory.remove_organization(makresh)
        assert list(directory.members(makresh)) == []
        directory.ensure_organization(makresh, TITLES)
        directory.invite(makresh, email=email, name="Мая Тошева", language="bg")
        assert [member.subject for member in directory.members(makresh)] == [subject]

    def test_many_belong(self, directory, makresh, account):
        for _ in range(12):
            directory.invite(makresh, email=account()[0], name="Мая Тошева", language="bg")
        assert len(directory.members(makresh)) == 12

    def test_sessions_can_be_ended_more_than_once(self, directory, account):
        _, subject = account()
        directory.end_sessions(subject)
        directory.end_sessions(subject)
        directory.end_sessions("00000000-0000-0000-0000-000000000000")

    def test_a_session_that_is_not_there_has_ended(self, directory):
        for _ in range(2):
            directory.end_session("00000000-0000-0000-0000-000000000000")

    def test_who_has_taken_another_address_is_removed_by_subject(self, directory, makresh, account):
        """And whoever has the old address by now is left alone."""
        email, subject = account()
        other, _ = account()
        for one in (email, other):
            directory.invite(makresh, email=one, name="Мая Тошева", language="bg")
        directory.remove(makresh, email=other, subject=subject)
        assert [member.email for member in directory.members(makresh)] == [other]

    def test_ways_are_forgotten_where_the_phone_is_lost(self, directory, account):
        _, subject = account(second_factor=True)
        assert "codes" in [way.kind for way in directory.ways(subject)]
        for _ in range(2):
            directory.forget_second_factor(subject)
        assert "codes" not in [way.kind for way in directory.ways(subject)]

    def test_who_is_not_there_has_no_ways(self, directory):
        nobody = "00000000-0000-0000-0000-000000000000"
        assert list(directory.ways(nobody)) == []
        directory.forget_second_factor(nobody)

    @pytest.mark.both
    def test_a_wrong_code_is_told_once_under_a_lasting_name(self, directory, account, fail):
        email, subject = account(second_factor=True)
        fail(email, "918273")
        (told,) = of(directory, subject)
        assert (told.why, abs(told.at - datetime.now(UTC)) < timedelta(minutes=1)) == ("code", True)
        assert of(directory, subject) == [told]
        assert "918273" not in repr(told) and email not in repr(told)

    def test_each_wrong_code_is_told_the_oldest_first(self, directory, account, fail):
        email, subject = account(second_factor=True)
        fail(email, "918273")
        fail(email, "918274")
        # Keycloak makes whoever types so quickly wait, and tells that too.
        first, second, *_ = of(directory, subject)
        assert first.at < second.at and (first.why, second.why) == ("code", "code")
        assert first.failure_id != second.failure_id

    def test_what_was_before_is_not_told(self, directory, account, fail):
        email, subject = account(second_factor=True)
        fail(email, "918273")
        (told,) = of(directory, subject)
        assert of(directory, subject, told.at) == [told]
        assert of(directory, subject, told.at + timedelta(milliseconds=1)) == []

    def test_a_name_of_nobody_is_told_without_it(self, directory, fail):
        begun = datetime.now(UTC)
        fail(None, "918273")
        told = [one for page in directory.failures(begun) for one in page]
        assert [(one.why, one.subject) for one in told] == [("unknown", None)]

    @pytest.mark.both
    def test_an_address_that_was_proven_is_told_under_the_same_subject(
        self, directory, account, move
    ):
        begun = datetime.now(UTC)
        email, subject = account()
        address = f"n{secrets.token_hex(4)}@villages.example"
        move(email, address)
        assert directory.new_addresses(begun) == {subject: address}

    def test_nobody_has_a_new_address(self, directory):
        assert directory.new_addresses(datetime.now(UTC) + timedelta(minutes=1)) == {}


def of(directory, subject, since=None):
    """What is told of somebody."""
    pages = directory.failures(since or datetime.now(UTC) - timedelta(days=1))
    return [one for page in pages for one in page if one.subject == subject]
