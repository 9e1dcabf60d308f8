"""Staff pages: places one by one, and many of them by a table."""

from obshto.modules.places.console.places import console
from obshto.modules.places.console.table import table

console.register_blueprint(table)

__all__ = ["console"]
