import pytest

from tdkt_cli.core.findings import Finding, Severity, Source, Span
from tdkt_cli.core.messages import msg


@pytest.mark.parametrize(("line", "excerpt"), [(1, "tdkt: plan/1"), (2, "id: Đ"), (3, ""), (0, "")])
def test_a_finding_shows_the_line_it_stands_on(line, excerpt):
    span = Span(line, 1, line, 3)
    source = Source("plans/p.yaml", ("tdkt: plan/1", "id: Đ"), None)
    message = msg("“{text}” is wrong", text="x")
    found = source.finding("TDKT101", Severity.ERROR, message, span)
    assert found == Finding("TDKT101", Severity.ERROR, message, "plans/p.yaml", span, excerpt)
    assert str(found.message) == "“x” is wrong"
