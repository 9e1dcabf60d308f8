"""Staff pages: places one by one, their pictures, many of them by a table; walks."""

from obshto.modules.places.console.gallery import gallery
from obshto.modules.places.console.pictures import pictures
from obshto.modules.places.console.places import console
from obshto.modules.places.console.table import table
from obshto.modules.places.console.walks import walks

for pages in (gallery, pictures, table, walks):
    console.register_blueprint(pages)

__all__ = ["console"]
