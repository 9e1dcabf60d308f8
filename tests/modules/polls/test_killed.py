"""Sixteen at once, after the process that took their answers was killed: one answer each."""

import subprocess
import sys
from pathlib import Path
from threading import Barrier, Thread

from obshto.modules.polls.errors import AnsweredAlready
from obshto.modules.polls.services.ballots import names_of
from obshto.modules.polls.services.queries import public_poll
from obshto.modules.polls.services.wordings import Wording
from obshto.ops.config import child_environment

VILLAGE, VOTERS, HEARD = "gorno-selo", 16, 5
DAY = Wording(kind="single", title="Кой ден?", options=("Петък", "Събота", "Неделя"))
MORE = Wording(kind="text", title="Още нещо?", is_required=False)


def killed(config, poll_id):
    """The devices that heard that their answer is there, before kill -9 struck the next one."""
    command = [sys.executable, str(Path(__file__).with_name("voter.py")), VILLAGE, str(poll_id)]
    environ = child_environment(config)
    process = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True)
    heard = [int(process.stdout.readline()) for _ in range(HEARD)]
    process.kill()
    heard += [int(line) for line in process.stdout.read().split()]
    assert process.wait() == -9
    process.stdout.close()
    return heard


def test_after_kill_9_sixteen_at_once_have_one_answer_each(
    uow_in, opened, answer, owner, config, counted
):
    with uow_in(VILLAGE) as uow:
        poll_id = opened(uow, DAY, MORE).id
        uow.commit()
    heard, known = killed(config, poll_id), []
    with uow_in(VILLAGE) as uow:
        # The key is fetched now: sixteen at once would want a second connection each for it.
        names_of(public_poll(uow, poll_id), person_id=None, token="nobody")
    together = Barrier(VOTERS)

    def again(number):
        with uow_in(VILLAGE) as mine:
            together.wait(60)
            poll = public_poll(mine, poll_id)
            try:
                answer(mine, poll, f"device {number}", number % 3 + 1, said=f"текст {number}")
                mine.commit()
            except AnsweredAlready:
                known.append(number)

    threads = [Thread(target=again, args=(number,)) for number in range(VOTERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert set(heard) <= set(known)  # what was acknowledged is there
    assert owner("select online, paper from t_gorno_selo.polls_poll") == [(VOTERS, 0)]
    assert counted(poll_id) == {"Петък": (6, 0), "Събота": (5, 0), "Неделя": (5, 0)}
    for table in ("participation", "said"):
        assert owner(f"select count(*) from t_gorno_selo.polls_{table}") == [(VOTERS,)]
