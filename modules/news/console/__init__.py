"""Staff pages: texts, their versions, pictures and files."""

from obshto.modules.news.console.texts import console
from obshto.modules.news.services.kind import NEWS
from obshto.platform.editorial.console import files_of, versions_of

console.register_blueprint(files_of(NEWS))
console.register_blueprint(versions_of(NEWS))

__all__ = ["console"]
