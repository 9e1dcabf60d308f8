"""The chart brings a video server: who reaches it by which way, what it is told, that it starts."""

import re
import subprocess
from pathlib import Path

import pytest
import trustme
import yaml
from support.livekit.server import find_server, wait_for_server

ROOT = Path(__file__).parents[2]
CHART = ROOT / "helm/obshto"
NAME = "region-obshto-livekit"


@pytest.fixture
def objects(rendered):
    return rendered("video")


def named(objects, kind, name=NAME):
    [found] = [one for one in objects.of_kind(kind) if one["metadata"]["name"] == name]
    return found


def listening(objects):
    ports = objects.part("livekit").container["ports"]
    return {port["name"]: port["containerPort"] for port in ports}


def settings(objects):
    """What LiveKit reads."""
    return yaml.safe_load(named(objects, "ConfigMap")["data"]["livekit.yaml"])


def test_nobody_gets_it_without_asking(rendered):
    assert NAME not in str(rendered("least"))
    assert "LIVEKIT_URL" not in rendered("least").part("web").environment


def test_it_is_the_server_that_the_tests_and_compose_run(objects):
    built = re.search(r"^version=(\S+)", (ROOT / ".ci/livekit").read_text("utf-8"), re.MULTILINE)
    image = objects.part("livekit").container["image"]
    assert image == f"docker.io/livekit/livekit-server:v{built[1]}"
    compose = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text("utf-8"))
    assert compose["services"]["livekit"]["image"] == image


@pytest.mark.parametrize("name", ["web", "worker", "keeper", "migration"])
def test_the_house_is_told_where_it_is(objects, name):
    told = objects.part(name).environment
    assert told["LIVEKIT_URL"]["value"] == "wss://video.obshto.example"
    [port] = named(objects, "Service")["spec"]["ports"]
    assert told["LIVEKIT_SERVER"]["value"] == f"http://{NAME}:{port['port']}"


def test_both_know_the_same_key_out_of_one_secret_and_nobody_else_reads_it(objects):
    server = objects.part("livekit")
    for word in ("LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"):
        told = server.environment[word]["valueFrom"]["secretKeyRef"]
        assert told == {"name": "obshto", "key": word}
        assert objects.part("web").environment[word]["valueFrom"]["secretKeyRef"] == told
    # Kubernetes puts in only what stands before it.
    names = [word["name"] for word in server.words]
    assert names[-1] == "LIVEKIT_KEYS"
    assert server.environment["LIVEKIT_KEYS"]["value"] == (
        "$(LIVEKIT_API_KEY): $(LIVEKIT_API_SECRET)"
    )
    assert set(names) == {"LIVEKIT_API_KEY", "LIVEKIT_API_SECRET", "LIVEKIT_KEYS"}
    assert "keys" not in settings(objects)


def test_browsers_find_sound_and_picture_where_they_are_told(objects):
    """The service opens the very ports that the server tells them of, at that address."""
    rtc, turn = settings(objects)["rtc"], settings(objects)["turn"]
    assert (rtc["node_ip"], rtc["use_external_ip"]) == ("203.0.113.7", False)
    media = named(objects, "Service", f"{NAME}-media")["spec"]
    opened = {port["name"]: (port["port"], port["protocol"]) for port in media["ports"]}
    assert opened == {
        "media-tcp": (rtc["tcp_port"], "TCP"),
        "media-udp": (rtc["udp_port"], "UDP"),
        "turn-udp": (turn["udp_port"], "UDP"),
        "turn-tls": (443, "TCP"),  # LiveKit names no other
    }
    inside = listening(objects)
    assert inside["turn-tls"] == turn["tls_port"]
    assert inside.items() >= {"media-tcp": rtc["tcp_port"], "media-udp": rtc["udp_port"]}.items()
    assert {port["targetPort"] for port in media["ports"]} <= set(inside)


def test_by_the_ingress_comes_nothing_but_the_line_of_browsers(objects):
    [rule] = named(objects, "Ingress")["spec"]["rules"]
    [path] = rule["http"]["paths"]
    assert (rule["host"], path["path"]) == ("video.obshto.example", "/rtc")
    assert path["backend"]["service"] == {"name": NAME, "port": {"name": "http"}}
    assert "7880" not in str(named(objects, "Service", f"{NAME}-media"))


def test_it_reaches_no_database_and_is_asked_for_rooms_by_the_house_alone(objects):
    labels = objects.part("livekit").labels
    ways = []
    for policy in objects.of_kind("NetworkPolicy"):
        chosen = policy["spec"]["podSelector"]
        rules = chosen.get("matchExpressions", ())
        if chosen["matchLabels"].items() <= labels.items() and all(
            labels[rule["key"]] in rule["values"] for rule in rules
        ):
            ways += policy["spec"].get("egress", ())
    ports = [port for way in ways for port in way["ports"]]
    assert {port["port"] for port in ports if port["protocol"] == "TCP"} == {53}
    house, anybody = named(objects, "NetworkPolicy")["spec"]["ingress"]
    assert [port["port"] for port in house["ports"]] == ["http"]
    [asking] = [one["podSelector"] for one in house["from"] if "podSelector" in one]
    assert asking["matchExpressions"][0]["values"] == ["web", "worker"]
    assert "http" not in {port["port"] for port in anybody["ports"]}


def test_without_a_name_there_is_turn_over_udp_alone(rendered):
    objects = rendered("video", "--set", "livekit.turn.domain=", "--set", "livekit.turn.tlsSecret=")
    turn = settings(objects)["turn"]
    assert turn == {"enabled": True, "udp_port": 3478}
    assert "443" not in str(named(objects, "Service", f"{NAME}-media"))


def test_where_no_address_is_named_it_asks_for_its_own(rendered):
    rtc = settings(rendered("video", "--set", "livekit.address="))["rtc"]
    assert rtc["use_external_ip"] is True and "node_ip" not in rtc


def test_another_name_for_browsers_is_that_of_the_ingress(rendered):
    objects = rendered("video", "--set", "video.url=wss://sreshti.example")
    [rule] = named(objects, "Ingress")["spec"]["rules"]
    assert rule["host"] == "sreshti.example"
    assert "wss://sreshti.example" in str(objects.part("web").environment["LIVEKIT_URL"])


def set_all(*words):
    return "--set", ",".join(words)


NODES = ("livekit.service.type=NodePort", "livekit.turn.domain=", "livekit.turn.tlsSecret=")
HIGH = ("livekit.tcpPort=30781", "livekit.udpPort=30782", "livekit.turn.udpPort=30478")


def test_on_ports_of_the_nodes_it_listens_where_browsers_knock(rendered):
    objects = rendered("video", *set_all(*NODES, *HIGH))
    ports = named(objects, "Service", f"{NAME}-media")["spec"]["ports"]
    assert {port["nodePort"] for port in ports} == {30781, 30782, 30478}
    inside = listening(objects)
    assert all(inside[port["targetPort"]] == port["nodePort"] for port in ports)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["video.server=http://livekit.video:7880"], "leave video.server empty"),
        (["livekit.turn.tlsSecret="], "needs livekit.turn.tlsSecret"),
        (["livekit.service.type=NodePort"], "browsers are led to port 443"),
        (NODES, "30000 to 32767"),
    ],
)
def test_what_would_not_work_is_refused(run_helm, words, why):
    values = str(CHART / "ci/video.yaml")
    said = run_helm("template", str(CHART), "--values", values, *set_all(*words))
    assert said.returncode and why in said.stderr


def test_a_change_of_its_settings_is_read_by_a_new_pod(rendered):
    sums = {
        rendered("video", "--set", f"livekit.udpPort={port}")
        .part("livekit")
        .whole["metadata"]["annotations"]["checksum/config"]
        for port in (7882, 7883)
    }
    assert len(sums) == 2


@pytest.mark.livekit
def test_a_real_server_starts_with_what_the_chart_tells_it(objects, free_port, tmp_path):
    """It refuses words that it does not know, and keys and certificates that are none."""
    told, certificate = settings(objects), trustme.CA().issue_cert("turn.obshto.example")
    certificate.private_key_pem.write_to_path(tmp_path / "tls.key")
    certificate.cert_chain_pems[0].write_to_path(tmp_path / "tls.crt")
    port = told["port"] = free_port()  # this machine may have another one running
    told["rtc"] |= {"tcp_port": free_port(), "udp_port": free_port()}
    told["turn"] |= {"udp_port": free_port(), "tls_port": free_port()}
    for word in ("cert_file", "key_file"):
        told["turn"][word] = str(tmp_path / Path(told["turn"][word]).name)
    (tmp_path / "livekit.yaml").write_text(yaml.safe_dump(told))
    log, keys = tmp_path / "log", {"LIVEKIT_KEYS": f"key: {'s' * 40}"}
    with log.open("w") as out:
        command = [find_server(), "--config", str(tmp_path / "livekit.yaml")]
        server = subprocess.Popen(command, stdout=out, stderr=out, env=keys)
    try:
        wait_for_server(server, f"http://127.0.0.1:{port}/", log)
        assert "Starting TURN server" in log.read_text()
    finally:
        server.kill()
        server.wait()
