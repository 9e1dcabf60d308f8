"""Staff pages of centres."""

from obshto.modules.centres.console import bookings as bookings  # pages on the same blueprint
from obshto.modules.centres.console import inventory as inventory
from obshto.modules.centres.console import needs as needs
from obshto.modules.centres.console import reception as reception
from obshto.modules.centres.console import report as report
from obshto.modules.centres.console import rota as rota
from obshto.modules.centres.console import video as video
from obshto.modules.centres.console import walk_in as walk_in
from obshto.modules.centres.console.centres import console as console
