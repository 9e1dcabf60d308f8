"""What 20,000 events cost who reads the calendar."""

import icalendar
from sqlalchemy import text
from support.thorough import IS_THOROUGH

MANY = 20_000 if IS_THOROUGH else 3_000


def test_a_feed_of_thousands_of_events_is_bounded_and_tells_of_the_nearest(
    visit, standing, migrator, statements_of
):
    first = standing(title="Първо")
    with migrator.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO t_gorno_selo.events_event SELECT made.* FROM"
                f" t_gorno_selo.events_event e, generate_series(1, {MANY}) n,"
                " jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(),"
                " 'request_id', gen_random_uuid(), 'title', 'Друго ' || n,"
                " 'starts_at', e.starts_at + n * interval '5 minutes',"
                " 'ends_at', e.ends_at + n * interval '5 minutes',"
                " 'last_at', e.last_at + n * interval '5 minutes')) made WHERE e.id = :id"
            ),
            {"id": first},
        )
    answers = []
    heard = statements_of(lambda: answers.append(visit("/events/calendar.ics")))
    assert len([one for one in heard if "events_event" in one]) <= 3
    events = icalendar.Calendar.from_ical(answers[0].data).events
    titles = {str(one["SUMMARY"]) for one in events}
    assert len(events) == 1_000 and {"Първо", "Друго 1"} <= titles
    assert f"Друго {MANY}" not in titles
    assert len(answers[0].data) < 1_000_000
    for path in ("/events/", "/"):
        page = visit(path)
        assert page.status_code == 200 and len(page.data) < 200_000
