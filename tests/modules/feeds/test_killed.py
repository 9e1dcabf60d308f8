"""A process is killed with a network's answer on its way: no post is put there twice."""

import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from obshto.modules.feeds.services.channels import connect_channel
from obshto.ops.config import child_environment

VILLAGE = "gorno-selo"
COURIER = Path(__file__).with_name("courier.py")


@pytest.fixture
def dies_after_its_post(config):
    """dies_after_its_post(network): the process that delivers is killed before it hears of it."""

    def go(network):
        host = network.address.removeprefix("http://")
        command = [sys.executable, str(COURIER), VILLAGE, host]
        process = subprocess.Popen(command, env=child_environment(config))
        network.fails["put"] = [process.kill]
        assert process.wait() == -9

    return go


@pytest.mark.parametrize(
    ("kind", "known"), [("mastodon", "delivered"), ("facebook", "delivered"), ("viber", "unknown")]
)
def test_a_killed_process_leaves_one_post(
    request, uow, kind, known, sent, stand, again, dies_after_its_post
):
    network = request.getfixturevalue(kind)
    channel = connect_channel(
        uow, kind=kind, address=network.address, token="right", request_id=uuid4()
    )
    post = sent(uow, targets=(str(channel.id),))
    dies_after_its_post(network)
    assert (network.puts, stand(post).edition) == (1, 0)
    again()
    again()
    assert (network.puts, stand(post).state) == (1, known)
