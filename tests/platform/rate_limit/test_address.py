"""Whose word about a sender counts, and how coarse a neighbourhood is."""

from ipaddress import ip_network

import pytest

from obshto.ops.config import ConfigError, read_config
from obshto.platform.rate_limit.address import UNKNOWN, neighbourhood

PROXIES = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


@pytest.mark.parametrize(
    ("remote", "forwarded", "expected"),
    [
        ("192.0.2.17", "", "192.0.2.0/24"),
        ("192.0.2.200", "", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "", "2001:db8:1::/48"),
        ("::ffff:192.0.2.17", "", "192.0.2.0/24"),
        ("10.0.0.1", "192.0.2.17", "192.0.2.0/24"),
        ("fd00::1", "2001:db8:1:2::3", "2001:db8:1::/48"),
        ("10.0.0.1", "203.0.113.9, 192.0.2.17", "192.0.2.0/24"),
        ("10.0.0.1", "192.0.2.17, 10.0.0.2", "192.0.2.0/24"),
        ("10.0.0.1", "", "10.0.0.0/24"),
        ("10.0.0.1", "nonsense", UNKNOWN),
        ("10.0.0.1", "192.0.2.17\x00", UNKNOWN),
        ("", "192.0.2.17", UNKNOWN),
    ],
)
def test_a_sender_is_a_neighbourhood(remote, forwarded, expected):
    assert neighbourhood(remote, forwarded, PROXIES) == expected


def test_who_is_no_proxy_of_ours_may_not_name_another():
    assert neighbourhood("192.0.2.17", "203.0.113.9", PROXIES) == "192.0.2.0/24"
    assert neighbourhood("10.0.0.1", "203.0.113.9", ()) == "10.0.0.0/24"


def test_proxies_come_from_the_configuration_and_by_default_there_is_none(tmp_path):
    assert read_config({"DATA_DIR": str(tmp_path)}).proxies == ()
    told = read_config({"DATA_DIR": str(tmp_path), "PROXIES": "10.0.0.5, 192.0.2.0/24"})
    assert told.proxies == (ip_network("10.0.0.5/32"), ip_network("192.0.2.0/24"))


@pytest.mark.parametrize("wrong", ["proxy.example", "192.0.2.17/24", "10.0.0.0/8 192.0.2.0/24"])
def test_a_proxy_that_is_no_network_stops_the_start(tmp_path, wrong):
    with pytest.raises(ConfigError, match="PROXIES"):
        read_config({"DATA_DIR": str(tmp_path), "PROXIES": wrong})
