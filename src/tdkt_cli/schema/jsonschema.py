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
# What tdkt prints, where a key without a value is null; described in English, as messages are.
PRINTED = ("record", "difference", "step")
_DESCRIBED = with_config(ConfigDict(use_attribute_docstrings=True))


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema with this name of `SCHEMAS`."""
    kind = SCHEMAS[name]
    if name in PRINTED:
        kept = TypeAdapter(_DESCRIBED(kind)).json_schema()
    else:
        kept = _of_file(TypeAdapter(kind).json_schema(), defaults=name == "config")
    return {"$schema": _DIALECT, **_without_noise(kept, model="")}


def schema_text(name: str) -> str:
    """The JSON Schema as it stands in its file."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"


def _of_file(node: Any, *, defaults: bool) -> Any:  # noqa: ANN401 - JSON of any shape
    """The schema without null: in a file a key is left out, not empty.

    Nor has it defaults, unless asked for: editors would type them into each new task.
    """
    if isinstance(node, list):
        return [_of_file(item, defaults=defaults) for item in node]
    if not isinstance(node, dict):
        return node
    choices = [choice for choice in node.get("anyOf", ()) if choice != {"type": "null"}]
    if "anyOf" in node and len(choices) == 1:
        node = {**choices[0], **{key: value for key, value in node.items() if key != "anyOf"}}
    elif "anyOf" in node:
        node = {**node, "anyOf": choices}
    if "patternProperties" in node:
        node = {"additionalProperties": False, **node}
    return {
        key: _of_file(value, defaults=defaults)
        for key, value in node.items()
        if key != "default" or (defaults and value is not None)
    }


def _without_noise(node: Any, *, model: str | None = None) -> Any:  # noqa: ANN401 - JSON of any shape
    """The schema without the titles that pydantic makes from names, and what only newer versions of it spell out.

    The schema of a `model`, by its name, keeps a title of its own: editors show it above what they say of a key.
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
