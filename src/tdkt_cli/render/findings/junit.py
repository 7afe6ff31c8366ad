"""JUnit's XML, which nearly every CI service shows: a test case for each file, and a failure for each finding that fails the check."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from tdkt_cli.core.text import visible
from tdkt_cli.render.findings.report import Report
from tdkt_cli.render.findings.text import finding_line, finding_text


def junit(report: Report) -> Iterator[str]:
    """Yield the shown findings by file, those that fail the check as failures, the others as output."""
    language = report.language
    names = dict.fromkeys((*report.files, *(finding.file for finding in report.shown)))
    failing = sum(finding.severity >= report.threshold for finding in report.shown)
    suites = ET.Element("testsuites")
    counts = {"tests": str(len(names)), "failures": str(failing), "errors": "0"}
    suite = ET.SubElement(suites, "testsuite", {"name": "tdkt check", **counts})
    for name in names:
        case = ET.SubElement(suite, "testcase", name=visible(name), classname="tdkt")
        passed = []
        for finding in report.shown:
            if finding.file == name and finding.severity >= report.threshold:
                message = visible(language.say(finding.message))
                failure = ET.SubElement(case, "failure", type=finding.rule, message=message)
                failure.text = finding_text(finding, language, colour=False)
            elif finding.file == name:
                passed.append(finding_line(finding, language, colour=False))
        if passed:
            ET.SubElement(case, "system-out").text = "\n".join(passed)
    ET.indent(suites)
    yield ET.tostring(suites, encoding="unicode")
