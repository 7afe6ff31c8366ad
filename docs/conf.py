"""How the documentation becomes a site: `make docs` writes it to build/docs. What is special about it is in tools/bilingual.py."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

project = html_title = "tdkt"
language = "vi"
extensions = ["myst_parser", "bilingual", "reference"]
exclude_patterns = ["_static"]
myst_heading_anchors = 4
highlight_language = "text"

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = ["site.js"]
html_search_language = "vi"
html_search_scorer = str(Path(__file__).with_name("_static") / "scorer.js")
html_additional_pages = {"search.en": "search.html"}
html_use_index = html_copy_source = html_show_copyright = html_show_sphinx = False
english_only = "decisions/|clients$|development$"
listed = r"(commands|rules)/(?!index)|decisions/\d"
_MONO = 'SFMono-Regular, Menlo, Consolas, Monaco, "DejaVu Sans Mono", "Noto Sans Mono", monospace'  # with every Vietnamese letter
html_theme_options = {"light_css_variables": {"font-stack--monospace": _MONO}}
