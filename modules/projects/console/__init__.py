"""Staff pages: projects, their stages, money, questions, files and versions."""

from obshto.modules.projects.console.budget import budget
from obshto.modules.projects.console.contracts import contracts
from obshto.modules.projects.console.money import money
from obshto.modules.projects.console.questions import questions
from obshto.modules.projects.console.stages import stages
from obshto.modules.projects.console.texts import console
from obshto.modules.projects.services.kind import KIND
from obshto.platform.editorial.console import files_of, versions_of

for blueprint in (stages, money, budget, contracts, questions, files_of(KIND), versions_of(KIND)):
    console.register_blueprint(blueprint)

__all__ = ["console"]
