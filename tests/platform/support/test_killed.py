"""After kill -9 what was acknowledged is there, and all together count once each."""

import os
from pathlib import Path
from threading import Barrier, Thread
from uuid import uuid4

from obshto.ops.config import child_environment
from obshto.platform.db.base import new_id
from obshto.platform.support.services import Supporter, give_support

VILLAGE, PEOPLE, HEARD = "gorno-selo", 16, 5


def killed(forks, folder, config, thing):
    """Those who heard that they are counted, before kill -9 struck the next one."""
    program, pipe = str(Path(__file__).with_name("supporter.py")), folder / "heard"
    os.mkfifo(pipe)
    files = (os.devnull, pipe)
    process = forks.begin(program, [VILLAGE, str(thing)], child_environment(config), files)
    with pipe.open() as told:
        heard = [int(told.readline()) for _ in range(HEARD)]
        process.kill()
        heard += [int(line) for line in told.read().split()]
    assert process.wait() == -9
    return heard


def test_after_kill_9_sixteen_at_once_count_once_each(uow_in, owner, config, forks, tmp_path):
    thing, known = new_id(), []
    heard = killed(forks, tmp_path, config, thing)
    together = Barrier(PEOPLE)
    with uow_in(VILLAGE) as uow:  # the key is fetched now, not by sixteen at once
        who = Supporter(email="nobody@villages.example")
        give_support(uow, "proposals", new_id(), who, request_id=uuid4())

    def again(number):
        with uow_in(VILLAGE) as mine:
            together.wait(60)
            who = Supporter(email=f"{number}@villages.example")
            if not give_support(mine, "proposals", thing, who, request_id=uuid4()).is_new:
                known.append(number)
            mine.commit()

    threads = [Thread(target=again, args=(number,)) for number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert set(heard) <= set(known)
    assert owner("select online from t_gorno_selo.support_count") == [(PEOPLE,)]
    assert owner("select count(*) from t_gorno_selo.support_support") == [(PEOPLE,)]
