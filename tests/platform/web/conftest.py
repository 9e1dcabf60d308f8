"""An application with the look and nothing else."""

import pytest
from flask import Flask
from flask_babel import Babel

from obshto.platform.editorial.conflict import conflict_of
from obshto.platform.web import formats, forms, fragments, text_size


@pytest.fixture(scope="session")
def look():
    """Speaks Bulgarian; has no database and no hosts."""
    made = Flask(__name__)
    Babel(made, default_locale="bg", default_timezone="Europe/Sofia")
    formats.install(made)
    forms.install(made)
    fragments.install(made)
    text_size.install(made)
    made.jinja_env.globals.update(conflict_of=conflict_of)
    return made
