"""Staff pages: warnings, the call list, calls."""

from obshto.modules.crisis.console.call_list import add_call_list
from obshto.modules.crisis.console.calls import add_calls
from obshto.modules.crisis.console.warnings import console

add_calls(console)
add_call_list(console)

__all__ = ["console"]
