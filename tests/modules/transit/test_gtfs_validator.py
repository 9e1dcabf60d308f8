"""Feeds as MobilityData's canonical validator judges them: not one error."""

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from obshto.modules.transit.seeds import seed
from obshto.modules.transit.services import gtfs
from obshto.modules.transit.services.network import network_of
from obshto.modules.transit.services.regional import network_here

pytestmark = [pytest.mark.gtfs, pytest.mark.long]
ROOT = Path(__file__).parents[3]
JUDGE = ROOT / "tests/support/gtfs/Judge.java"
TODAY = date(2026, 11, 28)
JAVA = ("java", "-XX:TieredStopAtLevel=1", "-Xmx384m")


@pytest.fixture
def judge(tmp_path):
    """judge(feed): the codes of its errors, then of its warnings."""
    said = subprocess.run([ROOT / ".ci/gtfs-validator"], capture_output=True, text=True, cwd=ROOT)
    assert said.returncode == 0, "bring the validator: .ci/gtfs-validator fetch"

    def judged(feed):
        file = tmp_path / "gtfs.zip"
        file.write_bytes(feed)
        classes = ("-cp", f"{said.stdout.strip()}/*", JUDGE)
        asked = [*JAVA, *classes, file, tmp_path / "report", TODAY.isoformat()]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        assert done.stdout.splitlines()[-1:] == ["SUCCESS"], done.stderr[-2000:]
        broken = json.loads((tmp_path / "report/system_errors.json").read_text("utf-8"))
        assert broken["notices"] == []
        notices = json.loads((tmp_path / "report/report.json").read_text("utf-8"))["notices"]
        return [
            [one["code"] for one in notices if one["severity"] == severity]
            for severity in ("ERROR", "WARNING")
        ]

    return judged


@pytest.fixture
def publisher():
    homes = {f"m{number}": f"https://m{number}.vidin.bg" for number in range(11)}
    homes |= {"gorno-selo": "https://gorno-selo.bg"}
    return gtfs.Publisher(name="Област Видин", address="https://vidin.bg", homes=homes)


def test_the_feed_of_a_region_has_no_error(judge, province, publisher):
    content = province(lines=60, stops=900)
    errors, warnings = judge(gtfs.write_feed(network_of(content), publisher, today=TODAY))
    assert errors == []
    # The buses of the invented province are as fast as it needs them to be.
    assert set(warnings) <= {
        "fast_travel_between_consecutive_stops",
        "fast_travel_between_far_stops",
    }


def test_the_feed_of_the_demonstration_has_no_error(judge, uow, publisher):
    seed(uow)
    uow.session.flush()
    errors, warnings = judge(gtfs.write_feed(network_here(uow), publisher, today=TODAY))
    assert errors == []
    assert set(warnings) <= {"mixed_case_recommended_field"}  # „центърът“ is how people call it


def test_a_broken_feed_would_be_noticed(judge, province, publisher):
    content = province(lines=1, stops=30)
    trip = content["m0"]["lines"][0]["directions"]["0"]["trips"][0]
    trip["times"] = trip["times"][::-1]
    errors, _ = judge(gtfs.write_feed(network_of(content), publisher, today=TODAY))
    assert "stop_time_with_arrival_before_previous_departure_time" in errors
