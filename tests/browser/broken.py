"""The house with a part whose pages fail in every way there is."""

from flask import Blueprint, abort

from obshto.ops.compose import all_components, compose
from obshto.ops.config import read_config
from obshto.platform.modularity.manifest import Component, NoPersonalData
from obshto.platform.web.access import open_to_all

pages = Blueprint("planted_citizen", __name__)


@pages.get("/<int:code>")
@open_to_all
def fail(code):
    if code == 500:
        raise RuntimeError("planted")
    abort(code)


PLANTED = Component(
    slug="planted",
    folder=all_components()[0].folder,
    citizen=pages,
    privacy=NoPersonalData(because="it only fails, for tests"),
)
app = compose(read_config(), parts=[*all_components(), PLANTED])
app.logger.disabled = True  # the planted 500 is no news
