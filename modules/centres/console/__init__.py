"""Staff pages of centres."""

from obshto.modules.centres.console import bookings as bookings  # pages on the same blueprint
from obshto.modules.centres.console import walk_in as walk_in
from obshto.modules.centres.console.centres import console as console
