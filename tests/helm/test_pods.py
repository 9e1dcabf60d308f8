"""What pods may do, what they are told, when they are taken for ready."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from support.asked_environment import DEVELOPMENT, ELSEWISE, names_that_can_be_set

from obshto.ops.config import read_config
from obshto.ops.keycloak.settings import read_keycloak
from obshto.ops.worker import BEAT, BEAT_SECONDS

ROOT = Path(__file__).parents[2]
OWNERS = {"MIGRATOR_URL", "BACKUP_URL"}
SECRET = re.compile(
    r"SECRET|PASSWORD|STRIPE_KEY|(DATABASE|DIRECT|MIGRATOR|BACKUP|SMTP|SMS|SECOND)_URL"
)
MADE_UP = {
    "DATABASE_URL": "postgresql://app_login:p@db/obshto",
    "DIRECT_URL": "postgresql://app_login:p@db/obshto",
    "MIGRATOR_URL": "postgresql://migrator:p@db/obshto",
    "BACKUP_URL": "postgresql://backup:p@db/obshto",
    "SMTP_URL": "smtps://mail.example",
    "SMS_URL": "infobip://key@sms.example",
    "SMS_SECOND_URL": "twilio://account:token@sms.example",
    "STRIPE_KEY": "sk_live_x",
}


#: Read by libraries: certificates that are believed, what psycopg is told.
OF_LIBRARIES = {"SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "PGSSLROOTCERT", "PGCONNECT_TIMEOUT"}


def environment_of(pod, folder):
    """All that a pod is told, with made-up secrets and a master key that is there."""
    (folder / "master.key").touch()
    environ = {
        word: told.get("value") or MADE_UP.get(word, "x" * 40)
        for word, told in pod.environment.items()
    }
    return environ | {"MASTER_KEY_FILE": str(folder / "master.key"), "DATA_DIR": str(folder)}


def test_every_pod_keeps_the_restricted_profile(rendered, values):
    """Pod Security Standards, "restricted"."""
    for pod in rendered(values).pods:
        assert not {"hostNetwork", "hostPID", "hostIPC", "initContainers"} & set(pod.spec)
        assert pod.spec["securityContext"]["runAsNonRoot"] is True
        assert pod.spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        for volume in pod.spec.get("volumes", ()):
            assert set(volume) - {"name"} <= {
                *("emptyDir", "secret", "persistentVolumeClaim", "configMap")
            }
        context = pod.container["securityContext"]
        assert context["allowPrivilegeEscalation"] is False
        assert context["runAsNonRoot"] is True
        assert context["capabilities"] == {"drop": ["ALL"]}
        assert "privileged" not in context
        assert not any("hostPort" in port for port in pod.container.get("ports", ()))


def test_no_pod_writes_its_root_nor_speaks_to_kubernetes(rendered, values):
    for pod in rendered(values).pods:
        assert pod.container["securityContext"]["readOnlyRootFilesystem"] is True
        assert pod.spec["automountServiceAccountToken"] is False
        assert pod.spec["securityContext"]["runAsUser"] >= 10000
        assert pod.container["resources"]["limits"]["memory"]


def test_every_pod_is_shut_by_one_policy_that_names_both_directions(rendered):
    """So that what no other policy opens is shut."""
    objects = rendered("least")
    policies = objects.of_kind("NetworkPolicy")
    [shut] = [one for one in policies if len(one["spec"]["policyTypes"]) == 2]
    assert "ingress" not in shut["spec"]
    wanted = shut["spec"]["podSelector"]["matchLabels"]
    assert all(wanted.items() <= pod.labels.items() for pod in objects.pods)


@pytest.mark.parametrize("chosen", ["least", "most"])
def test_policies_select_pods_that_are_there(rendered, chosen):
    objects = rendered(chosen)
    for one in objects.of_kind("NetworkPolicy"):
        wanted = one["spec"]["podSelector"]["matchLabels"]
        assert any(wanted.items() <= pod.labels.items() for pod in objects.pods)


def test_letters_leave_from_the_worker_alone(rendered):
    objects = rendered("most")
    opened = [
        one["spec"]["podSelector"]["matchLabels"]["app.kubernetes.io/component"]
        for one in objects.of_kind("NetworkPolicy")
        if any(port["port"] == 25 for way in one["spec"].get("egress", ()) for port in way["ports"])
    ]
    assert opened == ["worker"]


def test_the_house_reads_every_word_that_the_chart_says(rendered, values, tmp_path):
    can_be_set = names_that_can_be_set(tmp_path)
    for pod in rendered(values).pods:
        if pod.is_house:
            assert set(pod.environment) <= can_be_set | OF_LIBRARIES


def test_whatever_can_be_set_can_be_set_here(rendered, tmp_path):
    # `obshto db prepare` runs where the database is, whose disk is outside, too; pods send videos
    # themselves.
    prepared = {"SUPERUSER_URL", "MEDIA_ACCEL", "WATCHED_DISKS"}
    told = {word for pod in rendered("most").pods for word in pod.environment}
    wanted = names_that_can_be_set(tmp_path) - DEVELOPMENT - ELSEWISE
    assert wanted - told == prepared


def test_the_pooler_is_for_the_web(rendered):
    most = rendered("most")
    assert 6433 in ways_out(most, "web")
    assert 6433 not in ways_out(most, "worker") | ways_out(most, "migration")


def test_the_realm_is_made_from_the_keeper_and_looked_at_by_drift_alone(rendered, tmp_path):
    realm = re.compile("KEYCLOAK_(URL|ADMIN)|EID_|OIDC_BACK")
    told = {
        pod.name: {word for word in pod.environment if realm.match(word)}
        for pod in rendered("most").pods
    }
    assert len(told.pop("keeper")) == len(told.pop("drift")) == 10
    assert not any(told.values())
    names_that_can_be_set(tmp_path)  # writes the certificate
    environ = environment_of(rendered("most").part("keeper"), tmp_path)
    environ |= {"EID_CERTIFICATE_FILE": str(tmp_path / "eid.pem")}
    keycloak = read_keycloak(read_config(environ), environ)
    assert (keycloak.url, keycloak.eid.level) == ("http://keycloak.identity:8080", "HIGH")


def test_what_an_administrator_adds_reaches_every_pod_of_the_house(rendered):
    objects = rendered("most")
    for pod in objects.pods:
        if not pod.is_house:
            continue
        assert pod.environment["PGSSLROOTCERT"]["value"] == "/etc/obshto/database/root.crt"
        mounts = {one["mountPath"]: one["name"] for one in pod.container["volumeMounts"]}
        volumes = {one["name"]: one for one in pod.spec["volumes"]}
        assert mounts["/etc/obshto/database"] == "database-ca"
        [item] = volumes[mounts["/etc/obshto/ca"]]["configMap"]["items"]
        for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
            assert pod.environment[name]["value"] == f"/etc/obshto/ca/{item['path']}"
    assert "PGCONNECT_TIMEOUT" in objects.part("keeper").environment
    assert "PGCONNECT_TIMEOUT" not in objects.part("web").environment


def ways_out(objects, name):
    """Ports that the policies open to the outside for a pod."""
    labels, opened = objects.part(name).labels, set()
    for one in objects.of_kind("NetworkPolicy"):
        selector = one["spec"]["podSelector"]
        by_name = selector["matchLabels"].items() <= labels.items()
        by_list = all(
            labels.get(rule["key"]) in rule["values"]
            for rule in selector.get("matchExpressions", ())
        )
        if by_name and by_list and "Egress" in one["spec"]["policyTypes"]:
            ways = one["spec"].get("egress", ())
            opened |= {port["port"] for way in ways for port in way["ports"]}
    return opened


def test_who_runs_commands_reaches_the_identity_provider_and_sends_no_letters(rendered):
    """NOTES and docs say `kubectl exec deploy/…-keeper -- obshto operators add`."""
    notes = (ROOT / "helm/obshto/templates/NOTES.txt").read_text("utf-8")
    assert "-keeper -- obshto" in notes
    least, most = rendered("least"), rendered("most")
    assert ways_out(least, "keeper") == {53, 5432, 443}
    assert ways_out(most, "keeper") == {53, 6432, 6433, 443, 8080, 7880, 4318, 9000}
    assert {465, 587} <= ways_out(least, "worker")
    assert ways_out(least, "migration") == {53, 5432}


@pytest.mark.parametrize(
    ("chosen", "name"),
    [
        *(("least", name) for name in ("web", "worker", "keeper", "migration")),
        *(("most", name) for name in ("web", "worker", "keeper", "migration", "drift")),
    ],
)
def test_production_starts_with_what_each_part_is_told(rendered, tmp_path, chosen, name):
    """What is secret is made up; what the chart itself says must be right and enough."""
    config = read_config(environment_of(rendered(chosen).part(name), tmp_path))
    assert config.is_production
    assert config.address("kula") == "https://kula.obshto.example"


@pytest.mark.parametrize(
    "word", ["BASE_URL", "DATABASE_URL", "MASTER_KEY_FILE", "SMTP_URL", "MAIL_FROM", "OIDC_ISSUER"]
)
def test_what_production_needs_is_told_to_every_part(rendered, values, word):
    for pod in rendered(values).pods:
        if pod.is_house:
            assert word in pod.environment
            assert (
                not pod.environment[word]
                .get("valueFrom", {})
                .get("secretKeyRef", {})
                .get("optional")
            )


def test_the_logins_that_own_are_told_to_keeper_and_migration_alone(rendered):
    told = {pod.name: OWNERS & set(pod.environment) for pod in rendered("least").pods}
    assert told == {
        "web": set(),
        "worker": set(),
        "test": set(),
        "keeper": OWNERS,
        "migration": {"MIGRATOR_URL"},
    }


def test_no_word_is_said_twice(rendered, values):
    """Helm 4 applies on the server, which refuses it."""
    for pod in rendered(values).pods:
        assert len(pod.words) == len(pod.environment)


def test_no_secret_stands_in_what_is_applied(rendered, values):
    for pod in rendered(values).pods:
        for name, word in pod.environment.items():
            assert not (SECRET.search(name) and "value" in word), name


def test_probes_ask_addresses_that_are_there(rendered, app):
    """Alive must not depend on the database: all pods would be killed with it."""
    container = rendered("least").part("web").container
    asked = {
        name: container[f"{name}Probe"]["httpGet"]["path"]
        for name in ("startup", "liveness", "readiness")
    }
    assert asked == {"startup": "/healthz", "liveness": "/healthz", "readiness": "/readyz"}
    for path in asked.values():  # as a kubelet asks: by the address of the pod
        assert app.test_client().get(path, base_url="http://10.1.2.3:8000").status_code == 200


def test_the_worker_is_asked_by_the_file_that_it_touches(rendered, tmp_path):
    """The shell of the image runs it; here over a folder of ours, with and without the file."""
    worker = rendered("least").part("worker")
    [path] = {f"{worker.environment['DATA_DIR']['value']}/{BEAT}"}
    for kind in ("startup", "liveness"):
        probe = worker.container[f"{kind}Probe"]
        shell, flag, line = probe["exec"]["command"]
        assert path in line
        asked = [shell, flag, line.replace(path, str(tmp_path / BEAT))]
        assert subprocess.run(asked, check=False).returncode == 1
        (tmp_path / BEAT).touch()
        assert subprocess.run(asked, check=False).returncode == 0
        os.utime(tmp_path / BEAT, (0, 0))
        assert subprocess.run(asked, check=False).returncode == 1
        (tmp_path / BEAT).unlink()
    assert probe["periodSeconds"] > BEAT_SECONDS


def test_drift_looks_and_owns_nothing(rendered):
    drift = rendered("most").part("drift")
    assert drift.container["args"] == ["obshto", "sso", "drift"]
    assert not OWNERS & set(drift.environment)
    assert ways_out(rendered("most"), "drift") == {53, 6432, 6433, 443, 8080, 7880, 4318}


def test_the_migration_needs_nothing_of_the_chart(rendered, values):
    """It runs first: no account, no map, no claim of this release is there yet."""
    migration = rendered(values).part("migration")
    hook = migration.owner["metadata"]["annotations"]["helm.sh/hook"]
    assert hook == "pre-install,pre-upgrade"
    assert "serviceAccountName" not in migration.spec and "envFrom" not in migration.container
    assert not [one for one in migration.spec["volumes"] if "persistentVolumeClaim" in one]


def test_a_pod_that_stops_has_time_for_requests_under_way(rendered):
    web = rendered("least").part("web")
    image = (ROOT / "Dockerfile").read_text("utf-8")
    graceful = int(re.search(r'"--graceful-timeout", "(\d+)"', image)[1])
    before = web.container["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert web.spec["terminationGracePeriodSeconds"] > before + graceful


def test_two_keepers_never_write_one_folder(rendered):
    keeper = rendered("least").part("keeper").owner["spec"]
    assert (keeper["replicas"], keeper["strategy"]) == (1, {"type": "Recreate"})


def test_videos_lie_on_a_claim_that_web_and_worker_share(rendered):
    """And on none where none is named."""
    for name, there in (("web", True), ("worker", True), ("keeper", False), ("migration", False)):
        pod = rendered("most").part(name)
        claims = [
            one.get("persistentVolumeClaim", {}).get("claimName") for one in pod.spec["volumes"]
        ]
        assert ("films" in claims) == there
        assert "MEDIA_DIR" in pod.environment
    assert "MEDIA_DIR" not in rendered("least").part("web").environment
