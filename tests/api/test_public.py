"""What `tdkt_cli` itself offers to scripts, and what it costs those who do not ask for it."""

import inspect
import json
import subprocess
import sys

import pytest

import tdkt_cli


@pytest.mark.parametrize("name", tdkt_cli.__all__)
def test_each_name_is_there_and_says_what_it_is(name):
    public = getattr(tdkt_cli, name)
    assert public.__name__ == name
    assert public.__doc__
    assert not public.__doc__.startswith(f"{name}(")
    assert name in dir(tdkt_cli)


@pytest.mark.parametrize("name", ["agenda", "diff", "load_plans"])
def test_each_parameter_is_explained(name):
    function = getattr(tdkt_cli, name)
    parameters = set(inspect.signature(function).parameters) - {"plans"}
    assert [parameter for parameter in parameters if f"`{parameter}`" not in function.__doc__] == []


def test_each_filter_is_explained():
    filters = tdkt_cli.AgendaFilters
    assert [name for name in filters.__annotations__ if f"`{name}`" not in filters.__doc__] == []


def test_a_name_that_is_not_there():
    with pytest.raises(AttributeError, match="module 'tdkt_cli' has no attribute 'load_plan'"):
        tdkt_cli.load_plan  # noqa: B018


def test_nothing_is_loaded_before_it_is_asked_for():
    program = "import json, sys; before = set(sys.modules); import typing, tdkt_cli; print(json.dumps(sorted(set(sys.modules) - before)))"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    loaded = json.loads(ended.stdout)
    assert [name for name in loaded if name.startswith("tdkt_cli")] == ["tdkt_cli"]
    assert "pydantic" not in loaded
