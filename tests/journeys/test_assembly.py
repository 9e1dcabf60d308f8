"""An assembly of 23 people in a browser without JavaScript: from the notice to the decision."""

import re
from datetime import datetime, time, timedelta

import pytest
from playwright.sync_api import expect
from support.unscripted import send

from obshto.modules.assembly.models import Assembly
from obshto.modules.assembly.services import rules
from obshto.platform.clock import SOFIA, today
from obshto.platform.permissions import Role

pytestmark = pytest.mark.browser


def test_an_assembly_of_23_people(furnish, person, time_passes):
    base = furnish("assembly")
    secretary, reader = person(Role.SECRETARY), person()
    day = rules.lawful_days(rules.window_of(today(), work_ends_at=17))[0].day
    counted = {"population": 78, "population_source": "Преброяване", "voters": 61}
    desk = send(
        secretary,
        f"{base}/console/assembly/new",
        **counted,
        **{"quarter": "село Проба", "voters_source": "ГРАО", "caller": "mayor"},
        **{"document": "Заповед № 7", "reasons": "Водата спира", "place": "Читалището"},
        **{"day": day.isoformat(), "hour": "18:00", "access": "full"},
    )
    send(secretary, f"{desk}/questions/new", text="Да се смени водопроводът")
    send(secretary, f"{desk}/steps/announce")
    assembly_id = desk.rpartition("/")[2]
    met_on = today() - timedelta(days=1)
    time_passes(Assembly, assembly_id, starts_at=datetime.combine(met_on, time(18), SOFIA))
    send(secretary, f"{desk}/present", present=23)
    secretary.goto(desk)
    secretary.get_by_role("link", name=re.compile("Запишете гласуването")).click()
    votes = {"votes_for": 14, "votes_against": 6, "abstained": 1, "invalid": 2}
    vote = secretary.url.partition("?")[0]
    send(secretary, vote, ballot="secret", **votes, decision="Да се смени до май")
    hours = {"began_at": f"{met_on}T18:05", "ended_at": f"{met_on}T19:40"}
    send(secretary, f"{desk}/close", **hours, counters=3)
    reader.goto(f"{base}/assembly/{assembly_id}")
    for told in ("Прието", "Да се смени до май", "23 × 1 ÷ 2"):
        expect(reader.locator("main")).to_contain_text(told)
