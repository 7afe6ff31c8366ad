"""Microsoft's SARIF validator, which knows the rules of the standard that its schema cannot say, and those of GitHub's code scanning.

It comes from npm at a fixed version and works without a network.
"""

import re
import subprocess
import sys

import pytest

PACKAGE = ("@microsoft/sarif-multitool-linux", "5.7.0")
KNOWN = {"SARIF2005"}  # no address where people learn more about the tool: there is none to give
PLAN = """\
tdkt: plan/1
id: khac
document:
  number: 2/KH-UBND
  title: Kế hoạch
  issued: 2022-12-01
period: 2023
tasks:
  - id: "1"
    title: Nộp báo cáo <b> & `x`
    executor: Các sở
    deadlines:
      - by: 2023-02-21
        text: trước ngày 21/02/2023
  - id: "2"
    title: Tổng kết
    executor: Các sở
    deadlines:
      - text: đến 30/4/2023
"""
PLANS = {
    "found": {"plans/năm cũ/kế hoạch.yaml": PLAN},
    "nothing found": {"plans/b.yaml": PLAN.replace("khac", "b").replace("by:", "before:").replace("- text", "- by: 2023-04-28\n        text").replace("30/4", "28/4")},
    "no YAML": {"plans/b.yaml": "tasks: [\n"},
}  # fmt: skip


@pytest.fixture(scope="session")
def multitool(npm):
    """The validator, installed."""
    program = npm(*PACKAGE) / "Sarif.Multitool"
    program.chmod(0o755)
    return program


@pytest.mark.parametrize("files", PLANS.values(), ids=PLANS)
def test_nothing_is_wrong_with_the_report(files, multitool, tmp_path):
    for name, text in ({"tdkt.toml": ""} | files).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    check = [sys.executable, "-m", "tdkt_cli", "check", "--notes", "--format", "sarif", "--output", "found.sarif"]
    subprocess.run([*check, "--today", "2023-01-10"], cwd=tmp_path, check=False)
    report = tmp_path / "found.sarif"
    validate = [multitool, "validate", report, "--rule-kind", "Sarif;Ghas"]
    said = subprocess.run(validate, capture_output=True, text=True, check=False, cwd=tmp_path).stdout
    assert "Analysis completed successfully." in said
    found = re.findall(r": (?:error|warning) (\w+): (.*)", said)
    assert [(rule, words) for rule, words in found if rule not in KNOWN] == []
    assert {rule for rule, _ in found} == KNOWN  # it did look
