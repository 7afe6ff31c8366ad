"""One HTML file that needs nothing but itself: its template, one style, one script, and a policy that lets nothing else run.

Texts are escaped where they are put in; only markup made by this package goes in as it is.
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from string import Template

_ASSETS = Path(__file__).parent / "assets"
_IN_JSON = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})


def page(
    template: str, *, styles: Iterable[str], scripts: Iterable[str], texts: Mapping[str, str], markup: Mapping[str, str]
) -> str:
    """Return the shared head and a template of `assets` with styles and scripts put in, `texts` escaped and `markup` as it is."""
    style = "".join(map(_asset, styles)).replace("/* dark.css */", _asset("dark.css").rstrip())
    script = f"(() => {{\n'use strict';\n{''.join(map(_asset, scripts))}}})();\n"
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )
    escaped = {name: escape(text) for name, text in texts.items()}
    whole = Template(_asset("head.html") + _asset(template))
    return whole.substitute(escaped, **markup, policy=policy, style=style, script=script)


def json_in_html(value: object) -> str:
    """Return JSON that can stand in a script element: nothing in it ends the element or begins a comment."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_IN_JSON)


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
