"""Sphinx: these pages as a site, strictly (`make docs`). Nothing of the platform is imported."""

project = "Obshto"
language = "en"
extensions = ["myst_parser"]
html_theme = "furo"
html_title = "Obshto"
html_copy_source = False
exclude_patterns = ["screenshots"]
suppress_warnings = ["misc.highlighting_failure"]  # examples leave things out with „…“
myst_heading_anchors = 3  # links to headings, as the repository's own pages have them
