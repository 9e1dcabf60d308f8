"""Sixteen at once, after the process that took their answers was killed: one answer each."""

import os
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


def killed(forks, folder, config, poll_id):
    """The devices that heard that their answer is there, before kill -9 struck the next one."""
    program, pipe = str(Path(__file__).with_name("voter.py")), folder / "heard"
    os.mkfifo(pipe)
    files = (os.devnull, pipe)
    process = forks.begin(program, [VILLAGE, str(poll_id)], child_environment(config), files)
    with pipe.open() as told:
        heard = [int(told.readline()) for _ in range(HEARD)]
        process.kill()
        heard += [int(line) for line in told.read().split()]
    assert process.wait() == -9
    return heard


def test_after_kill_9_sixteen_at_once_have_one_answer_each(
    uow_in, opened, answer, owner, config, counted, forks, tmp_path
):
    with uow_in(VILLAGE) as uow:
        poll_id = opened(uow, DAY, MORE).id
        uow.commit()
    heard, known = killed(forks, tmp_path, config, poll_id), []
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
