"""A mutant of the application: it writes the chosen rows alone, with who chose them."""

from sqlalchemy import update

from obshto.modules.polls.models import Option, Poll, Question
from obshto.modules.polls.services import answering, sheets
from obshto.ops.compose import compose
from obshto.ops.config import read_config


def count_answers(work, poll, answers, *, on_paper):
    """As if nobody could read which transaction wrote a row."""
    channel, is_ten = ("paper" if on_paper else "online"), (poll.answers + 1) % answering.TEN == 0
    for table, chosen in (
        (Poll, [poll.id]),
        (Question, answers.questions),
        (Option, answers.options),
    ):
        counted = answering._counted(table, channel, 1, is_ten)
        counting = update(table).where(table.id.in_(chosen)).values(counted)
        work.session.execute(counting, execution_options={"synchronize_session": False})
    work.session.expire(poll, answering.COUNTERS)
    answering._say(work, poll, answers.texts, on_paper=on_paper)


answering.count_answers = sheets.count_answers = count_answers
app = compose(read_config())
