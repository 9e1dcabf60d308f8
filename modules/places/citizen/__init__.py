"""Public pages: places, the map of everything, walks."""

from obshto.modules.places.citizen import chart, places, walks
from obshto.modules.places.citizen.blueprint import citizen

__all__ = ["chart", "citizen", "places", "walks"]
