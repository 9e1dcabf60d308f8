"""Jobs of the council, by the clock."""

from obshto.modules.council.services.inquiries import watch_inquiries
from obshto.platform.modularity.manifest import Job

JOBS = (Job(name="council:watch-questions", run=watch_inquiries, every="40 5 * * 1-5"),)
