"""Each calendar that the house gives away is read by a strict program, in every language."""

import pytest
from support.calendars import strict_events
from support.contract import ONLY

from obshto.platform.web.hosts import Host

ROWS = {
    "event_id": "events_event",
    "meeting_id": "meetings_meeting",
    "group_id": "courses_group",
    "resource_id": "bookings_resource",
}
# Behind a secret of one person: tests of the modules read them in the same way.
OF_ONE = {"centres_citizen.feed", "centres_citizen.calendar"}


def calendars(app):
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.rule.endswith(".ics")
        and rule.subdomain == Host.MUNICIPALITY
        and rule.endpoint not in OF_ONE
        and (not ONLY or rule.endpoint.startswith(f"{ONLY}_"))
    ]


def test_every_calendar_is_read_by_a_strict_program(app, seeded, owner):
    rules = calendars(app)
    if not rules:
        pytest.skip("no calendars here")
    for rule in rules:
        [name] = rule.arguments - {"municipality"} or [""]
        rows = owner(f"select id from t_gorno_selo.{ROWS[name]} order by id") if name else [("",)]
        paths = [rule.rule.replace(f"<uuid:{name}>", str(row[0])) for row in rows]
        answers = [seeded.get(f"{prefix}{path}") for path in paths for prefix in ("", "/ro")]
        found = [strict_events(answer.data) for answer in answers if answer.status_code == 200]
        assert any(found), rule.rule
