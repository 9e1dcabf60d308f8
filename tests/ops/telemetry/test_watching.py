"""The dashboard and the alert rules speak of what is measured, by its names."""

import json
import re
from pathlib import Path

import pytest
import yaml

import obshto.ops.telemetry as telemetry
from obshto.ops.dashboard.objectives import AVAILABLE, BURNT_IN_AN_HOUR, QUICK_MS
from obshto.ops.telemetry.percentile import BOUNDS
from obshto.platform.telemetry.measures import DURATION

DATA = Path(telemetry.__file__).parent / "data"
LABELS = {"municipality", "endpoint", "failed", "le"}
# As a collector spells a histogram in milliseconds for Prometheus.
NAME = DURATION.replace(".", "_") + "_milliseconds"


def dashboard():
    panels = json.loads((DATA / "grafana.json").read_text("utf-8"))["panels"]
    return [target["expr"] for panel in panels for target in panel["targets"]]


def rules():
    groups = yaml.safe_load((DATA / "alerts.yaml").read_text("utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


@pytest.mark.parametrize("asked", [*dashboard(), *(rule["expr"] for rule in rules())])
def test_what_is_asked_for_is_measured(asked):
    assert set(re.findall(r"obshto_\w+", asked)) <= {f"{NAME}_{end}" for end in ("count", "bucket")}
    grouped = " ".join(re.findall(r"by \(([^)]*)\)", asked))
    chosen = " ".join(re.findall(r"\{([^}]*)\}", asked))
    assert set(re.findall(r"\w+", grouped)) | set(re.findall(r"(\w+)=", chosen)) <= LABELS
    assert asked.count("(") == asked.count(")")


def test_the_promises_are_those_of_the_board():
    text = " ".join(rule["expr"] for rule in rules())
    pace = BURNT_IN_AN_HOUR * 30 * 24
    assert f"{pace:.0f} * {1 - AVAILABLE:.4f}" in text
    assert f"> {QUICK_MS}" in text and QUICK_MS in BOUNDS


def test_each_alert_says_what_to_do_first():
    root = Path(__file__).parents[3]
    assert {(root / rule["annotations"]["runbook"]).exists() for rule in rules()} == {True}
    assert {rule["labels"]["severity"] for rule in rules()} == {"page", "ticket"}
