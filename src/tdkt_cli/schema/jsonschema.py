"""JSON Schemas for editors and other programs, made from the models (draft 2020-12)."""

import json
from typing import Any

from pydantic import ConfigDict, TypeAdapter, with_config

from tdkt_cli.core.diff.json_record import DifferenceRecord, StepRecord
from tdkt_cli.core.record import Record
from tdkt_cli.schema.calendar import CalendarModel
from tdkt_cli.schema.config import ConfigModel
from tdkt_cli.schema.plan import PlanModel
from tdkt_cli.schema.units import UnitsModel

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMAS: dict[str, Any] = {
    "plan": PlanModel,
    "units": UnitsModel,
    "calendar": CalendarModel,
    "config": ConfigModel,
    "record": Record,
    "difference": DifferenceRecord,
    "step": StepRecord,
}
# Printed by tdkt, not read from files: a key without a value is null, and the descriptions are English, as messages are.
PRINTED = ("record", "difference", "step")
_DESCRIBED = with_config(ConfigDict(use_attribute_docstrings=True))


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema with this name of `SCHEMAS`."""
    if name in PRINTED:
        whole = TypeAdapter(_DESCRIBED(SCHEMAS[name])).json_schema()
    else:
        whole = _of_file(SCHEMAS[name].model_json_schema(), defaults=name == "config")
    return {"$schema": _DIALECT, **_without_noise(whole, model="")}


def schema_text(name: str) -> str:
    """Return the JSON Schema as the text of its file."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"


def _of_file(node: Any, *, defaults: bool) -> Any:  # noqa: ANN401 - JSON of any shape
    """Return a schema without null, since a file leaves a key out, and without defaults, which editors would type into each new task."""
    if isinstance(node, list):
        return [_of_file(item, defaults=defaults) for item in node]
    if not isinstance(node, dict):
        return node
    if "anyOf" in node:
        choices = [choice for choice in node["anyOf"] if choice != {"type": "null"}]
        only = choices[0] if len(choices) == 1 else {"anyOf": choices}
        node = {**only, **{key: value for key, value in node.items() if key != "anyOf"}}
    if "patternProperties" in node:
        node = {"additionalProperties": False, **node}
    return {
        key: _of_file(value, defaults=defaults)
        for key, value in node.items()
        if key != "default" or (defaults and value is not None)
    }


def _without_noise(node: Any, *, model: str | None = None) -> Any:  # noqa: ANN401 - JSON of any shape
    """Return a schema without the titles that pydantic makes from names, and without what only newer versions of it spell out.

    The schema of a `model`, given by its name, keeps a title of its own: editors show it above the description of a key.
    """
    if isinstance(node, list):
        return [_without_noise(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: {name: _without_noise(one, model=name) for name, one in value.items()}
        if key == "$defs"
        else _without_noise(value)
        for key, value in node.items()
        if (key != "title" or not isinstance(value, str) or model not in {None, value})
        and (key, value) != ("additionalProperties", True)
    }
