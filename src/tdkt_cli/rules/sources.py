"""TDKT401 to TDKT405: the words of the issued document beside the dates, and open decisions."""

import unicodedata
from collections.abc import Iterator

from tdkt_cli.core.findings import Path, Severity
from tdkt_cli.core.messages import msg
from tdkt_cli.core.plan import Names, Plan, section_path
from tdkt_cli.core.text import one_line
from tdkt_cli.rules.rule import Context, Hit, plan_rule


@plan_rule("TDKT401", Severity.WARNING)
def deadline_without_text(plan: Plan, _context: Context) -> Iterator[Hit]:
    """A deadline without its words.

    The words as issued let a reviewer compare the date. Put the time cell of the row into timing, and where it holds several
    deadlines, the words of each into its text.
    """
    for task, deadline in plan.deadlines():
        if not task.text(deadline):
            message = msg("this date has no words: add text, or timing for the whole row")
            yield Hit(message, deadline.path, at_key=True)


@plan_rule("TDKT402", Severity.WARNING)
def text_not_found(plan: Plan, _context: Context) -> Iterator[Hit]:
    """Words that are not in the task.

    The text of a deadline is copied from the title, content, timing or section heading. If it is in none of them, it
    was retyped, or the cell it comes from is missing: put the whole cell into timing.
    """
    for task, deadline in plan.deadlines():
        headings = (plan.sections.get(section, "") for section in section_path(task.section))
        cells = (task.title, task.content or "", task.timing or "", *headings)
        if deadline.text and not any(_normalized(deadline.text) in _normalized(cell) for cell in cells):
            message = msg("these words are not in title, content, timing or a section heading")
            yield Hit(message, (*deadline.path, "text"))


def _normalized(words: str) -> str:
    return unicodedata.normalize("NFC", one_line(words))


@plan_rule("TDKT403", Severity.ERROR)
def correction_without_reason(plan: Plan, _context: Context) -> Iterator[Hit]:
    """A correction without its reason.

    The date differs from the issued words on purpose: say why, so that nobody corrects it back.
    """
    for _, deadline in plan.deadlines():
        if deadline.correction is not None and not deadline.correction.strip():
            yield Hit(msg("write why the date differs from the words"), (*deadline.path, "correction"), at_key=True)


@plan_rule("TDKT404", Severity.WARNING)
def document_not_identified(plan: Plan, _context: Context) -> Iterator[Hit]:
    """A document without number or date that is not marked as a draft.

    An issued document has both. For a draft write draft: true.
    """
    missing = [key for key in ("number", "issued") if not getattr(plan.document, key)]
    if missing and not plan.document.draft:
        message = msg("missing: {keys}; for a draft write draft: true", keys=", ".join(missing))
        yield Hit(message, ("document",), at_key=True)


@plan_rule("TDKT405", Severity.WARNING)
def review_not_settled(plan: Plan, _context: Context) -> Iterator[Hit]:
    """Something that is still to be decided.

    review contains what a person must decide, as tdkt roll leaves it in the draft of a new year. Settle it, then delete
    the line; with the last line, delete the key.
    """
    parts: list[tuple[Path, Names]] = [(("document",), plan.document.review)]
    for task in plan.tasks:
        parts.append((task.path, task.review))
        parts += [(deadline.path, deadline.review) for deadline in task.deadlines]
    for path, reviews in parts:
        for index, review in enumerate(reviews):
            yield Hit(msg("to be decided: {review}", review=review), (*path, "review", index))
