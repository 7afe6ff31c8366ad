"""JUnit's XML, which nearly every CI service shows: a test case for each file, and a failure for each finding that fails the check."""

from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

from tdkt_cli.core.findings import Finding, Severity
from tdkt_cli.core.text import visible
from tdkt_cli.render.findings.text import finding_line, finding_text
from tdkt_cli.render.language import Language


def junit(findings: Sequence[Finding], files: Iterable[str], language: Language, threshold: Severity) -> str:
    """The findings by file, those of at least the severity `threshold` as failures, the others as output."""
    names = list(dict.fromkeys((*files, *(finding.file for finding in findings))))
    suite = ET.Element("testsuite", name="tdkt check")
    failures = 0
    for name in names:
        case = ET.SubElement(suite, "testcase", name=visible(name), classname="tdkt")
        own = [finding for finding in findings if finding.file == name]
        for finding in own:
            if finding.severity >= threshold:
                failures += 1
                failure = ET.SubElement(
                    case, "failure", type=finding.rule, message=visible(language.say(finding.message))
                )
                failure.text = finding_text(finding, language, colour=False)
        said = [finding_line(finding, language, colour=False) for finding in own if finding.severity < threshold]
        if said:
            ET.SubElement(case, "system-out").text = "\n".join(said)
    suite.attrib |= {"tests": str(len(names)), "failures": str(failures), "errors": "0"}
    suites = ET.Element("testsuites")
    suites.append(suite)
    ET.indent(suites)
    return ET.tostring(suites, encoding="unicode")
