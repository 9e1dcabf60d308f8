"""Staff pages: texts, their versions and files, what readers answer, links that broke."""

from obshto.modules.pages.console.files import files
from obshto.modules.pages.console.guides import guides
from obshto.modules.pages.console.listening import listening
from obshto.modules.pages.console.texts import console
from obshto.modules.pages.console.versions import versions

console.register_blueprint(files)
console.register_blueprint(guides)
console.register_blueprint(versions)
console.register_blueprint(listening)

__all__ = ["console"]
