"""Staff pages: texts, their versions and files, what readers answer, links that broke."""

from obshto.modules.pages.console.guides import guides
from obshto.modules.pages.console.reader_feedback import listening
from obshto.modules.pages.console.texts import console
from obshto.modules.pages.services.kind import PAGES
from obshto.platform.editorial.console import files_of, versions_of

console.register_blueprint(files_of(PAGES))
console.register_blueprint(guides)
console.register_blueprint(versions_of(PAGES))
console.register_blueprint(listening)

__all__ = ["console"]
