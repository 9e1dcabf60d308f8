"""Whoever types an address cannot make us ask our own network."""

import pytest

from obshto.platform.fetching.guard import Guard, NotFetched, Trouble

INWARD = [
    "http://127.0.0.1/",
    "http://localhost/",
    "http://0.0.0.0/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/",
    "http://10.0.0.5/",
    "http://172.16.3.4/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1%25lo]/",
    "http://[::]/",
    "http://[::127.0.0.1]/",
    "file:///etc/passwd",
    "gopher://x/",
    "ftp://x/",
    "http://u:p@8.8.8.8/",
    "http://8.8.8.8:22/",
    "http://8.8.8.8:6379/",
    "https://8.8.8.8:80/",
    "http://evil@127.0.0.1/",
    "http://127.0.0.1\\@8.8.8.8/",
    "http:///x",
    "http://１２７.0.0.1/",
    "http://127。0。0。1/",
    "//8.8.8.8/",
    "x",
    "http://8.8.8.8:99999/",
]
PUBLIC, PRIVATE = "93.184.216.34", "10.0.0.1"


def answering(*machines):
    asked = []

    def resolve(host, port, type):  # noqa: A002  (the library's name)
        asked.append(host)
        return [(2, 1, 6, "", (machine, port)) for machine in machines]

    return resolve, asked


@pytest.mark.parametrize(
    "address", [*INWARD, "http://8.8.8.8\r\nX:1/", f"http://a.bg/{'a' * 2000}"]
)
def test_what_leads_inward_is_not_asked(address):
    with pytest.raises(NotFetched):
        Guard().target(address)


def test_a_public_address_is_asked_in_the_letters_of_its_people():
    resolve, asked = answering(PUBLIC)
    target = Guard(resolve=resolve).target("https://кула.бг/новини/@kula.rss?x=%20y")
    assert asked == ["xn--80atd5a.xn--90ae"]
    assert (target.ip, target.port, target.named) == (PUBLIC, 443, asked[0])
    assert target.path == "/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8/@kula.rss?x=%20y"


def test_one_private_answer_among_public_ones_is_enough_to_refuse():
    resolve, _ = answering(PUBLIC, PRIVATE)
    with pytest.raises(NotFetched) as refusal:
        Guard(resolve=resolve).target("http://mixed.example/")
    assert refusal.value.trouble is Trouble.FORBIDDEN


def test_a_name_is_resolved_once_and_the_connection_goes_to_what_was_judged():
    """A name that answers otherwise the second time („rebinding“) leads nowhere."""
    resolve, asked = answering(PUBLIC)
    assert Guard(resolve=resolve).target("http://rebind.example/").ip == PUBLIC
    assert len(asked) == 1


def test_only_what_is_named_with_its_port_is_trusted():
    guard = Guard(trusted=frozenset(["127.0.0.1:9100"]))
    assert guard.target("http://127.0.0.1:9100/").ip == "127.0.0.1"
    for address in ("http://127.0.0.1:9101/", "http://127.0.0.1/", "http://localhost:9100/"):
        with pytest.raises(NotFetched):
            guard.target(address)
