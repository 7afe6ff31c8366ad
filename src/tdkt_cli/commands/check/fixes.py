"""Applying the fixes of findings for `tdkt check --fix`: the safe ones, with `--unsafe-fixes` also those that a person must review.

A file gets all its fixes in one write; one that cannot be applied does not keep the others from it. Fixes are first tried one by one
without reading the file again, which is fast; only those that conflict with each other are searched for by halves.
"""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tdkt_cli.commands.shared.session import Session, not_written, print_error, print_lines
from tdkt_cli.commands.shared.transaction import DEADLINE_DEPTH, diff_lines
from tdkt_cli.core.deadline_yaml import UNSURE
from tdkt_cli.core.findings import Comment, Finding, Fix, Lines, Removal, Source, Words
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.errors import FINDINGS, OK, UNREADABLE
from tdkt_cli.files.edit.changes import Change, Changed, ChangeError, Drop, changed, obstacles, write_all
from tdkt_cli.files.edit.splices import Editor
from tdkt_cli.render.findings.text import unsafe_fixes

Fixes = tuple[Fix, ...]
Refused = tuple[tuple[Fix, Message], ...]
_MOST_TRIES = 50
_IN_BRACES = msg("a value in braces cannot take new lines; write it without braces")
_NOT_TRIED = msg(
    "not tried, because too many changes of this file cannot be made together; fix it by hand, or run the command again"
)


def apply_fixes(session: Session, findings: Sequence[Finding], *, unsafe: bool, dry_run: bool) -> int:
    """Write the fixes into the files and report each on the error stream; with `dry_run` print a diff instead.

    Returns the exit code: 3 when a file could not be read or written, 1 when a diff is not empty.
    """
    files, code = 0, OK
    for source, fixes in _by_file(session, [each for each in findings if each.fix and (each.fix.sure or unsafe)]):
        try:
            applied, change, refused = _apply_most(source, fixes)
            if change and not dry_run:
                write_all([change])
        except ChangeError as error:
            code = UNREADABLE
            print_error(session.say(not_written(error.file, error.message)))
            continue
        if change and dry_run:
            files += 1
            print_lines(diff_lines(change))
        elif change:
            for line, fix in sorted(_new_lines(source, applied, change), key=lambda each: each[0]):
                words = msg("written: {file}:{line}: {words}", file=source.file, line=str(line), words=_summary(fix))
                print_error(session.say(words))
        for fix, problem in refused:
            number = str(_line(source, fix))
            words = msg("not written: {file}:{line}: {problem}", file=source.file, line=number, problem=problem)
            print_error(session.say(words))
    if dry_run:
        print_error(session.say(msgs("{n} file would change", "{n} files would change", n=files)))
        more = 0 if unsafe else sum(bool(finding.fix and not finding.fix.sure) for finding in findings)
        if more:
            print_error(session.say(unsafe_fixes(more)))
    return code or (FINDINGS if files else OK)


def _by_file(session: Session, findings: Iterable[Finding]) -> list[tuple[Source, Fixes]]:
    """Return the fixes of the findings by the file that they change, each once."""
    workspace = session.workspace
    sources = [
        *(plan.source for plan in workspace.plans),
        *(each.source for each in workspace.office.registers.values()),
    ]
    by_name = {source.file: source for source in sources}
    fixes: dict[str, dict[Fix, None]] = {}
    for finding in findings:
        if finding.fix:
            fixes.setdefault(finding.file, {})[finding.fix] = None
    return [(by_name[file], tuple(own)) for file, own in fixes.items()]


def _apply_most(source: Source, fixes: Fixes) -> tuple[Fixes, Changed | None, Refused]:
    """Return the fixes that can be applied to a file, the file with them, and the other fixes, each with the reason.

    Raises ChangeError when the file itself cannot be changed.
    """
    _apply(source, ())
    editor = Editor(source)
    in_braces = {fix for fix in fixes if isinstance(fix.remedy, Lines) and not editor.takes_lines(fix.remedy.path)}
    refused: Refused = tuple((fix, _IN_BRACES) for fix in fixes if fix in in_braces)
    left: Sequence[Fix] = [fix for fix in fixes if fix not in in_braces]
    applied: Fixes = ()
    change: Changed | None = None
    tries = iter(range(_MOST_TRIES))
    while True:
        blocked = _blocked(source, left, change)
        more, conflicting = _compatible(source, applied, tuple(fix for fix in left if fix not in blocked), tries)
        refused += conflicting
        if more:
            applied += more
            change = _apply(source, applied)
        if not more or not blocked:
            return applied, change, (*refused, *blocked.items())
        left = list(blocked)  # a fix can unblock others in the same text


def _blocked(source: Source, fixes: Iterable[Fix], change: Changed | None) -> dict[Fix, Message]:
    """Return the fixes that cannot be applied even alone to a file, or to what a change made of it, each with the reason."""
    changes = [(fix, each) for fix in fixes for each in _changes(fix)]
    problems = obstacles(source, (each for _, each in changes), change)
    return {fix: problem for (fix, _), problem in zip(changes, problems, strict=True) if problem}


def _compatible(source: Source, applied: Fixes, fixes: Fixes, tries: Iterator[int]) -> tuple[Fixes, Refused]:
    """Return which of the fixes can be added to the `applied` ones, and the others; halves are tried while there are `tries` left."""
    try:
        if fixes:
            _apply(source, (*applied, *fixes))
    except ChangeError as error:
        if len(fixes) == 1:
            return (), ((fixes[0], error.message),)
        if next(tries, None) is None:
            return (), tuple((fix, _NOT_TRIED) for fix in fixes)
        middle = len(fixes) // 2
        first, refused = _compatible(source, applied, fixes[:middle], tries)
        second, more = _compatible(source, (*applied, *first), fixes[middle:], tries)
        return (*first, *second), (*refused, *more)
    return fixes, ()


def _apply(source: Source, fixes: Fixes) -> Changed:
    comments = [fix.remedy for fix in fixes if isinstance(fix.remedy, Comment)]
    return changed(Path(source.file), source, [change for fix in fixes for change in _changes(fix)], comments)


def _changes(fix: Fix) -> list[Change]:
    """Return the changes of the data that a fix makes; lines to be reviewed get a comment that says so."""
    match fix.remedy:
        case Lines(path, (first, *rest)):
            return [Lines(path, (first if fix.sure else f"{first}  # {UNSURE}", *rest))]
        case Words():
            return [fix.remedy]
        case Removal(path):
            return [Drop(path, DEADLINE_DEPTH)]
    return []


def _summary(fix: Fix) -> Message | str:
    match fix.remedy:
        case Lines(_, lines):
            return "; ".join(lines)
        case Words(_, old, new):
            return f"{old} → {new}"
        case Removal(path):
            return msg("without {key}", key=str(path[-1]))
        case Comment(_, text):
            return text or msg("without the suppression")


def _line(source: Source, fix: Fix) -> int:
    """Return the line of a file on which a fix applies."""
    return (fix.remedy.span if isinstance(fix.remedy, Comment) else source.marks.key(fix.remedy.path)).line


def _new_lines(source: Source, fixes: Fixes, change: Changed) -> Iterator[tuple[int, Fix]]:
    """Yield the applied fixes, each with its line in the changed file."""
    lines = change.before.splitlines(), change.after.splitlines()
    steps = difflib.SequenceMatcher(None, *lines).get_opcodes()
    for fix in fixes:
        line = _line(source, fix)
        _, start, _, new_start, new_end = next(step for step in steps if step[1] < line <= step[2])
        yield max(1, min(new_start + line - start, new_end)), fix
