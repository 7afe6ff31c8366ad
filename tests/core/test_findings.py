import pytest

from tdkt_cli.core.findings import Finding, Severity, Source, Span
from tdkt_cli.core.messages import msg


@pytest.mark.parametrize(("line", "excerpt"), [(1, "tdkt: plan/1"), (2, "id: Đ"), (0, "")])
def test_a_finding_shows_the_line_it_stands_on(line, excerpt):
    span = Span(line, 1, line, 3)
    source = Source("plans/p.yaml", ("tdkt: plan/1", "id: Đ"), None)
    message = msg("“{text}” is wrong", text="x")
    found = source.finding("TDKT101", Severity.ERROR, message, span)
    assert found == Finding("TDKT101", Severity.ERROR, message, "plans/p.yaml", span, excerpt)
    assert str(found.message) == "“x” is wrong"


def test_what_lies_behind_the_end_of_a_file_stands_at_its_end():
    source = Source("plans/p.yaml", ("tdkt: plan/1", "id: Đ"), None)
    found = source.finding("TDKT012", Severity.ERROR, msg("x"), Span(3, 1, 3, 1))
    assert (found.span, found.excerpt) == (Span(2, 5, 2, 6), "id: Đ")
