"""The chart renders, is valid for three versions of Kubernetes, names nothing that is not there."""

import copy
import re
from pathlib import Path

import kubernetes_validate
import pytest
import yaml

from obshto.ops.config import ConfigError, read_config

ROOT = Path(__file__).parents[2]
CHART = ROOT / "helm/obshto"
VERSIONS = ("1.31", "1.34", "1.37")


def read(path):
    return yaml.safe_load((CHART / path).read_text("utf-8"))


def test_lint_finds_nothing(run_helm, values):
    said = run_helm("lint", "--strict", str(CHART), "--values", str(CHART / f"ci/{values}.yaml"))
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.parametrize("version", VERSIONS)
def test_every_object_is_valid(rendered, values, version):
    for one in rendered(values):
        kubernetes_validate.validate(one, version, strict=True)


def test_the_validation_sees_a_word_that_is_none(rendered):
    one = copy.deepcopy(rendered("least").part("web").owner)
    one["spec"]["template"]["spec"]["readOnlyRootFilesystm"] = True
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(one, VERSIONS[-1], strict=True)


@pytest.mark.parametrize(
    "wrong",
    [
        "baseDomain=localhost",
        "baseDomain=",
        "mailFrom=nobody",
        "identity.issuer=http://id.obshto.example",
        "secrets.owner=",
        "image.tag=latest",
        "image.digest=sha256:short",
        "web.replicas=0",
        "web.replica=2",
        "proxies={everywhere}",
        "keeper.backups.size=much",
        "networkPolicy.database.port=0",
        "extraEnv[0].nme=X",
        "databaseNodes={10.0.0.2}",
        "stripePages=http://pay.example",
        "drift.schedule=daily",
        "worker.disruption.maxUnavailable=0",
        "identity.provisioning.eid.level=MEDIUM",
        "livekit.image.tag=latest",
        "livekit.address=video.obshto.example",
        "livekit.udpPort=443",
        "livekit.service.type=ClusterIP",
        "unknown=1",
    ],
)
def test_values_that_cannot_be_are_refused_by_the_schema(run_helm, wrong):
    least = str(CHART / "ci/least.yaml")
    said = run_helm("template", str(CHART), "--values", least, "--set", wrong)
    assert said.returncode and "schema" in said.stderr


def test_without_what_must_be_said_nothing_is_rendered(run_helm):
    said = run_helm("template", str(CHART))
    assert said.returncode
    for word in ("baseDomain", "mailFrom", "secrets/application", "secrets/masterKey"):
        assert word in said.stderr.replace(".", "/")


def test_every_value_of_the_chart_is_in_its_schema_and_the_reverse():
    given, schema = read("values.yaml"), read("values.schema.json")
    assert set(given) == set(schema["properties"]) - {"global"}
    for name, more in schema["properties"].items():
        if "properties" in more:
            assert set(given[name]) == set(more["properties"]), name


def test_each_name_is_given_once(rendered, values):
    names = [(one["kind"], one["metadata"]["name"]) for one in rendered(values)]
    assert len(names) == len(set(names))


def test_selectors_find_the_pods_of_their_part_and_no_other(rendered, values):
    objects = rendered(values)
    for one in objects.of_kind("Deployment", "PodDisruptionBudget", "Service"):
        selector = one["spec"]["selector"]
        wanted = selector if one["kind"] == "Service" else selector["matchLabels"]
        found = [pod.owner for pod in objects.pods if wanted.items() <= pod.labels.items()]
        name = one["metadata"]["name"].removesuffix("-media")  # another way to the same pod
        assert [owner["metadata"]["name"] for owner in found] == [name]


def ingress_of(objects, name):
    [found] = [one for one in objects.of_kind("Ingress") if one["metadata"]["name"] == name]
    return found


def test_the_booth_has_an_ingress_that_writes_nothing_down(rendered):
    ingress = ingress_of(rendered("most"), "region-obshto-booth")
    [rule] = ingress["spec"]["rules"]
    assert rule["host"] == "vote.kula.obshto.example"
    assert [path["path"] for path in rule["http"]["paths"]] == ["/voting/"]
    [tls] = ingress["spec"]["tls"]
    assert tls["hosts"] == [rule["host"]]
    given = rendered("least", "--set", "boothHost=on", *booth("vote.kula.obshto.example"))
    said = ingress_of(given, "region-obshto-booth")["metadata"]["annotations"]
    assert said["nginx.ingress.kubernetes.io/enable-access-log"] == "false"
    assert len(rendered("least").of_kind("Ingress")) == 1


def booth(host):
    return "--set", f"ingress.booths[0].host={host}", "--set", "ingress.booths[0].tlsSecret=t"


@pytest.mark.parametrize(
    ("leads", "host", "why"),
    [
        ("off", "vote.kula.obshto.example", 'needs boothHost: "on"'),
        ("on", "vote.kula.elsewhere.example", "is no booth below obshto.example"),
        ("on", "kula.obshto.example", "does not match pattern"),
    ],
)
def test_a_booth_that_nobody_would_find_is_refused(run_helm, leads, host, why):
    least = ("--values", str(CHART / "ci/least.yaml"), "--set", f"boothHost={leads}")
    said = run_helm("template", str(CHART), *least, *booth(host))
    assert said.returncode and why in said.stderr


def test_chart_compose_and_example_say_of_the_booth_what_the_house_reads(rendered, values):
    """One name, the same two words; only what they begin with differs."""
    schema = read("values.schema.json")["properties"]["boothHost"]["enum"]
    for pod in rendered(values).pods:
        if pod.is_house:
            assert pod.environment["BOOTH_HOST"]["value"] in schema
    compose = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text("utf-8"))
    asked = {
        name: one["environment"]["BOOTH_HOST"]
        for name, one in compose["services"].items()
        if "BOOTH_HOST" in one.get("environment", {})
    }
    assert {"web", "worker", "keeper"} <= set(asked)
    assert set(asked.values()) == {"${BOOTH_HOST:-on}"}
    lines = (ROOT / "deploy/example.env").read_text("utf-8").splitlines()
    [example] = [line for line in lines if line.startswith("BOOTH_HOST=")]
    for word in (*schema, example.partition("=")[2]):
        given = {"DATA_DIR": ".", "BOOTH_HOST": word}
        assert read_config(given).has_booth_host == (word == "on")
    with pytest.raises(ConfigError):
        read_config({"DATA_DIR": ".", "BOOTH_HOST": "maybe"})


def test_ingress_serves_the_region_its_municipalities_and_their_domains(rendered):
    ingress = ingress_of(rendered("most"), "region-obshto")
    hosts = [rule["host"] for rule in ingress["spec"]["rules"]]
    assert hosts == ["obshto.example", "*.obshto.example", "kula.bg"]
    assert {host for tls in ingress["spec"]["tls"] for host in tls["hosts"]} == set(hosts)


def test_ingress_keeps_who_sends_slowly_away_from_the_pods(rendered):
    [ingress] = rendered("least").of_kind("Ingress")
    said = ingress["metadata"]["annotations"]
    assert said["nginx.ingress.kubernetes.io/proxy-request-buffering"] == "on"
    assert int(said["nginx.ingress.kubernetes.io/limit-connections"]) < 256


def test_ingress_leads_to_a_port_of_a_service(rendered):
    objects = rendered("most")
    ports = {
        (one["metadata"]["name"], port["name"])
        for one in objects.of_kind("Service")
        for port in one["spec"]["ports"]
    }
    ingresses = objects.of_kind("Ingress")
    assert len(ingresses) == 2
    for rule in (rule for ingress in ingresses for rule in ingress["spec"]["rules"]):
        [path] = rule["http"]["paths"]
        service = path["backend"]["service"]
        assert (service["name"], service["port"]["name"]) in ports


def test_volumes_claims_and_accounts_are_there(rendered, values):
    objects = rendered(values)
    names = {(one["kind"], one["metadata"]["name"]) for one in objects}
    # That of the videos is made by whoever runs the cluster.
    media = read(f"ci/{values}.yaml").get("media", {}).get("existingClaim")
    for pod in objects.pods:
        volumes = {volume["name"]: volume for volume in pod.spec.get("volumes", ())}
        assert {mount["name"] for mount in pod.container.get("volumeMounts", ())} == set(volumes)
        for volume in volumes.values():
            claim = volume.get("persistentVolumeClaim", {}).get("claimName")
            assert claim in (None, media) or ("PersistentVolumeClaim", claim) in names
        account = pod.spec.get("serviceAccountName", "default")
        assert account == "default" or ("ServiceAccount", account) in names


def test_secrets_are_those_that_the_values_name(rendered, values):
    said = read(f"ci/{values}.yaml")
    named = set(said["secrets"].values())
    named |= {said["identity"].get("provisioning", {}).get("secret")} - {None}
    named |= {said.get("livekit", {}).get("turn", {}).get("tlsSecret")} - {None}
    for pod in rendered(values).pods:
        volumes = pod.spec.get("volumes", ())
        found = {volume["secret"]["secretName"] for volume in volumes if "secret" in volume}
        words = [word["valueFrom"] for word in pod.words if "valueFrom" in word]
        found |= {word["secretKeyRef"]["name"] for word in words}
        assert found <= named


def test_who_scales_by_itself_owns_the_number_of_pods(rendered):
    most, small = rendered("most"), rendered("small")
    [scaler] = most.of_kind("HorizontalPodAutoscaler")
    assert scaler["spec"]["scaleTargetRef"]["name"] == most.part("web").owner["metadata"]["name"]
    assert "replicas" not in most.part("web").owner["spec"]
    assert small.part("web").owner["spec"]["replicas"] == 1
    # A single pod with a budget could never be moved.
    assert small.of_kind("PodDisruptionBudget", "HorizontalPodAutoscaler") == []


def test_several_workers_are_moved_one_after_the_other_and_a_single_one_at_once(rendered):
    budgets = {
        one["metadata"]["name"]: one["spec"]["maxUnavailable"]
        for one in rendered("most").of_kind("PodDisruptionBudget")
    }
    assert budgets["region-obshto-worker"] == 2
    names = [one["metadata"]["name"] for one in rendered("least").of_kind("PodDisruptionBudget")]
    assert names == ["region-obshto-web"]


def test_drift_needs_who_may_look_at_the_realm(run_helm):
    least = str(CHART / "ci/least.yaml")
    said = run_helm("template", str(CHART), "--values", least, "--set", "drift.enabled=true")
    assert said.returncode and "identity.provisioning.secret" in said.stderr


def test_images_are_pinned(rendered, values):
    for pod in rendered(values).pods:
        assert re.search(r":v?\d+\.\d+\.\d+$|@sha256:[0-9a-f]{64}$", pod.container["image"])


def test_backups_outlive_the_release(rendered):
    [claim] = rendered("most").of_kind("PersistentVolumeClaim")
    assert claim["metadata"]["annotations"]["helm.sh/resource-policy"] == "keep"
    given = rendered("least", "--set", "keeper.backups.existingClaim=theirs")
    assert given.of_kind("PersistentVolumeClaim") == []
    assert "theirs" in str(given.part("keeper").spec["volumes"])


def test_the_chart_and_the_house_are_of_one_version():
    chart, setup = read("Chart.yaml"), (ROOT / "setup.cfg").read_text("utf-8")
    version = re.search(r"^version = (.+)$", setup, re.MULTILINE)[1]
    assert (chart["version"], chart["appVersion"]) == (version, version)
