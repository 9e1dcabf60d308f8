"""Staff pages: events, their versions and files, what becomes of them, suggestions."""

from obshto.modules.events.console.changes import add_changes
from obshto.modules.events.console.suggestions import suggestions
from obshto.modules.events.console.texts import console
from obshto.modules.events.services.kind import KIND
from obshto.platform.editorial.console import files_of, versions_of

add_changes(console)
console.register_blueprint(suggestions)
console.register_blueprint(files_of(KIND))
console.register_blueprint(versions_of(KIND))

__all__ = ["console"]
