"""Where a new task goes and which id it gets, by how real plans are numbered."""

from pathlib import Path

import pytest

from tdkt_cli.core.numbering import last_of, next_id
from tdkt_cli.files.loader import load

PLANS = Path(__file__).parents[2] / "plans"


def bundled(name):
    loaded = load(PLANS / f"{name}.yaml", f"{name}.yaml")
    return loaded.model.build(loaded.source)


@pytest.mark.parametrize(
    ("plan", "section", "expected"),
    [
        ("hanoi-2023", "PL1.Q1", "PL1.37"),  # the quarters are numbered through
        ("hanoi-2023", "PL1.Q4", "PL1.37"),
        ("hanoi-2023", "PL1", "PL1.37"),
        ("hanoi-2023", "PL1.Q5", "PL1.37"),  # a new one among them
        ("hanoi-2023", "PL2.I", "PL2.I.5"),
        ("hanoi-2023", "PL2.III", "PL2.III.1"),
        ("hanoi-2023", "II.1.4", "II.1.4-2"),  # a second duty under one heading
        ("hanoi-2023", "II.2.2", "II.2.2-6"),
        ("hanoi-2023", "V", "V.1"),
        ("hanoi-2023", None, "1"),
        ("cantho-2023", "Q1", "33"),
        ("mttq-hanoi-2023", "III.1", "III.1.4"),
        ("hanoi-70nam-2024", "II.2", "II.2.11"),
        ("hanoi-70nam-2024", "III.5.2", "III.5.2.b-2"),
    ],
)
def test_the_next_id(plan, section, expected):
    assert next_id(bundled(plan), section) == expected


@pytest.mark.parametrize(
    ("plan", "section", "expected"),
    [
        ("mttq-hanoi-2023", "III.1", "III.1.3"),
        ("mttq-hanoi-2023", "III", "III.3.2"),
        ("hanoi-2023", "PL1.Q4", "PL1.36"),
        ("hanoi-2023", "V", None),
    ],
)
def test_the_last_task_of_a_section(plan, section, expected):
    found = bundled(plan)
    place = last_of(found, section)
    assert (None if place is None else found.tasks[place].id) == expected
