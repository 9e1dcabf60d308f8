"""A process is killed with a network's answer on its way: no post is put twice, none is lost."""

from dataclasses import replace
from pathlib import Path

import pytest

from obshto.modules.feeds.services.posts import draft_of, edit_post
from obshto.ops.config import child_environment

VILLAGE = "gorno-selo"
COURIER = Path(__file__).with_name("courier.py")


@pytest.fixture
def dies(config, network, forks):
    """dies("put"): the process that delivers is killed before it hears of what it asked."""

    def go(kind):
        host = network.address.removeprefix("http://")
        process = forks.begin(str(COURIER), [VILLAGE, host], child_environment(config))
        network.fails[kind] = [process.kill]
        assert process.wait() == -9

    return go


def test_before_the_answer_is_written_down_one_post_stands(uow, network, sent, stand, again, dies):
    post = sent(uow, targets=(str(network.channel.id),))
    dies("put")
    assert (network.puts, stand(post).edition) == (1, 0)
    again()
    again()
    known = "unknown" if network.is_silent else "delivered"
    assert (network.puts, stand(post).state) == (1, known)


@pytest.mark.parametrize("network", ["bluesky"], indirect=True)  # which corrects nothing
def test_between_the_old_post_and_the_new_one(uow, network, sent, delivered, stand, again, dies):
    post = sent(uow, targets=(str(network.channel.id),))
    delivered()
    better = replace(draft_of(post), title="Чешмата пак тече")
    edit_post(uow, post, better, expected_version=post.version)
    uow.commit()
    dies("delete")
    assert network.texts() == []
    again()
    [text] = network.texts()
    assert text.startswith("Чешмата пак тече")
    assert (stand(post).state, stand(post).edition) == ("delivered", 2)
