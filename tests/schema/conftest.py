"""What the tests of the schemas share: YAML as the editors of today read it."""

import re

import pytest
import yaml


class _Yaml12(yaml.SafeLoader):
    """YAML 1.2's core schema: dates, no, 1:30 are text; keys are text, as in JSON."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - how PyYAML wants it

    def construct_mapping(self, node, deep=False):  # noqa: ARG002, FBT002 - PyYAML's signature
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


for _tag, _pattern in {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+",
    "float": r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?",
}.items():
    _Yaml12.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), None)


@pytest.fixture(scope="session")
def read_yaml():
    """The data of a YAML text."""
    return lambda text: yaml.load(text, _Yaml12)  # noqa: S506 - a SafeLoader
