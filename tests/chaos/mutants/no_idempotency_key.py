"""A mutant of the application: it forgets that it has seen the id of a form before."""

from uuid import uuid4

from obshto.modules.news import services
from obshto.ops.compose import compose
from obshto.ops.config import read_config

_write_item = services.write_item


def write_item(uow, text, *, request_id):
    """As if nobody had made the id unique."""
    return _write_item(uow, text, request_id=uuid4())


services.write_item = write_item
app = compose(read_config())
