"""Staff pages: guides with their versions, pictures and files; campaigns."""

from obshto.modules.guides.console.campaigns import campaigns
from obshto.modules.guides.console.texts import console
from obshto.modules.guides.services.kind import KIND
from obshto.platform.editorial.console import files_of, versions_of

console.register_blueprint(files_of(KIND))
console.register_blueprint(versions_of(KIND))
console.register_blueprint(campaigns)

__all__ = ["console"]
