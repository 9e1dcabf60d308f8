"""The chart as a real Helm renders it."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
CHART = ROOT / "helm/obshto"
SETS = sorted(file.stem for file in (CHART / "ci").glob("*.yaml"))


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("helm")


def helm(*arguments):
    program = shutil.which("helm") or str(ROOT / ".venv/bin/helm")
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=False)


class Pod:
    """A pod that is described: by a Deployment, by a Job or its clock, by itself."""

    def __init__(self, owner):
        self.owner = owner
        job = owner["spec"]["jobTemplate"] if owner["kind"] == "CronJob" else owner
        self.whole = owner if owner["kind"] == "Pod" else job["spec"]["template"]
        self.spec, self.labels = self.whole["spec"], self.whole["metadata"]["labels"]
        [self.container] = self.spec["containers"]
        self.name = self.container["name"]
        self.words = self.container.get("env", ())

    @property
    def is_house(self):
        """Whether our own code runs there, with all of its configuration."""
        return self.name not in ("test", "livekit")

    @property
    def environment(self):
        return {word["name"]: word for word in self.words}


class Rendered(list):
    """What came of the chart."""

    def of_kind(self, *kinds):
        return [one for one in self if one["kind"] in kinds]

    @property
    def pods(self):
        return [Pod(one) for one in self.of_kind("Deployment", "Job", "CronJob", "Pod")]

    def part(self, name):
        [pod] = [pod for pod in self.pods if pod.name == name]
        return pod


@cache
def objects_of(values, *settings):
    said = helm(
        *("template", "region", str(CHART), "--namespace", "portal"),
        *("--values", str(CHART / f"ci/{values}.yaml"), *settings),
    )
    assert said.returncode == 0, said.stderr
    return Rendered(one for one in yaml.safe_load_all(said.stdout) if one)


@pytest.fixture(params=SETS)
def values(request):
    """Each set of values that the chart is tried with."""
    return request.param


@pytest.fixture
def rendered():
    """rendered("least", "--set", "a=b"): the objects; only asked with those settings once."""
    return objects_of


@pytest.fixture
def run_helm():
    return helm
