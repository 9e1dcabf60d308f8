"""Jobs of assembly, by the clock."""

from obshto.modules.assembly.services.retention import watch_terms
from obshto.platform.modularity.manifest import Job

JOBS = (Job(name="assembly:watch-terms", run=watch_terms, every="35 5 * * 1-5"),)
