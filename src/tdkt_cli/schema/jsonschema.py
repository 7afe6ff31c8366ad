"""JSON Schemas for editors and other programs, made from the models (draft 2020-12)."""

import json
from typing import Any

from pydantic import TypeAdapter

from tdkt_cli.core.difference_record import DifferenceRecord, StepRecord
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


_PRINTED = ("record", "difference", "step")  # what tdkt prints, where a key without a value is null


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema with this name of `SCHEMAS`."""
    made = TypeAdapter(SCHEMAS[name]).json_schema()
    kept = made if name in _PRINTED else _without_null(made)
    return {"$schema": _DIALECT, **_without_noise(kept, top=True)}


def schema_text(name: str) -> str:
    """The JSON Schema as it stands in its file."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"


def _without_null(node: Any) -> Any:  # noqa: ANN401 - JSON of any shape
    """The schema without null: in a file a key is left out, not empty."""
    if isinstance(node, list):
        return [_without_null(item) for item in node]
    if not isinstance(node, dict):
        return node
    choices = [choice for choice in node.get("anyOf", ()) if choice != {"type": "null"}]
    if "anyOf" in node and len(choices) == 1:
        node = {**choices[0], **{key: value for key, value in node.items() if key != "anyOf"}}
    elif "anyOf" in node:
        node = {**node, "anyOf": choices}
    if "patternProperties" in node:
        node = {"additionalProperties": False, **node}
    return {key: _without_null(value) for key, value in node.items() if not (key == "default" and value is None)}


def _without_noise(node: Any, *, top: bool = False) -> Any:  # noqa: ANN401 - JSON of any shape
    """The schema without the titles that pydantic makes from the names of fields, and what only newer versions of it spell out."""
    if isinstance(node, list):
        return [_without_noise(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _without_noise(value)
        for key, value in node.items()
        if (top or key != "title" or not isinstance(value, str)) and (key, value) != ("additionalProperties", True)
    }
