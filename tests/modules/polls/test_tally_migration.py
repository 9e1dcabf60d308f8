"""What was counted before the numbers lay sealed goes along, to the last one."""

import pytest
from sqlalchemy import text

from obshto.ops.compose import chain_of
from obshto.platform.db.migrations import Target, upgrade

ID = "00000000-0000-4000-8000-00000000000{}"
POLL, QUESTION, FRIDAY, SUNDAY = (ID.format(number) for number in range(1, 5))
WRITTEN = f"""
    INSERT INTO polls_poll (id, request_id, title, intro, words, who, closes_at, note, outcome,
        written_at, changed_at, online, paper, shown_online, shown_paper, by_age)
    VALUES ('{POLL}', '{POLL}', 'Пазарът', '', '{{}}', 'anyone', now(), '', '', now(), now(),
        11, 2, 9, 1, '{{"65+": 3}}');
    INSERT INTO polls_question (id, request_id, poll_id, position, kind, is_required, title,
        correction, words, online, paper)
    VALUES ('{QUESTION}', '{QUESTION}', '{POLL}', 1, 'single', true, 'Кой ден?', '', '{{}}', 11, 1);
    INSERT INTO polls_option (id, poll_id, question_id, position, label, words, online, paper,
        shown_online, by_age)
    VALUES ('{FRIDAY}', '{POLL}', '{QUESTION}', 1, 'Петък', '{{}}', 7, 1, 6, '{{"65+": 2}}'),
        ('{SUNDAY}', '{POLL}', '{QUESTION}', 2, 'Неделя', '{{}}', 4, 0, 3, '{{}}');
"""


@pytest.fixture
def moved(house, migrator):
    """The columns of the poll after the numbers of before were moved."""
    chain = chain_of(Target.TENANT)
    with migrator.connect() as connection:
        connection.exec_driver_sql("CREATE SCHEMA t_before")
        upgrade(connection, "t_before", chain, to="polls_t0003")
        for statement in WRITTEN.split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
        upgrade(connection, "t_before", chain, to="polls_t0004")
        asked = text("SELECT online, paper, counted, shown, tally FROM polls_poll")
        yield connection.execute(asked).one()
        connection.rollback()


def test_each_number_goes_along_and_what_was_shown_stays_shown(moved):
    poll, question, friday, sunday = (
        name.replace("-", "") for name in (POLL, QUESTION, FRIDAY, SUNDAY)
    )
    assert (moved.online, moved.paper, moved.tally) == (11, 2, None)
    assert moved.counted == {
        "online": {poll: 11, question: 11, friday: 7, sunday: 4},
        "paper": {poll: 2, question: 1, friday: 1, sunday: 0},
        "by_age": {poll: {"65+": 3}, friday: {"65+": 2}, sunday: {}},
        "by_place": {poll: {}, friday: {}, sunday: {}},
    }
    assert moved.shown["online"] == {poll: 9, question: 0, friday: 6, sunday: 3}
