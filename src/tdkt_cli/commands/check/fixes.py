"""What `tdkt check --fix` writes: what is sure, and with `--unsafe-fixes` what a person must look at too.

A file gets all its fixes in one go; where one of them cannot be made the others are made without it. Each is tried by itself first,
which takes no time; only where fixes do not go together a file is read over and over to find which.
"""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tdkt_cli.commands.shared.session import Session, not_written, print_error, print_lines
from tdkt_cli.commands.shared.transaction import DEADLINE_DEPTH, diff_lines
from tdkt_cli.core.deadline_yaml import UNSURE
from tdkt_cli.core.findings import Comment, Finding, Fix, Lines, Removal, Source, Words
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.errors import FINDINGS, OK, UNREADABLE
from tdkt_cli.files.edit.changes import Change, Changed, ChangeError, Drop, changed, obstacles, write_all
from tdkt_cli.files.edit.splices import Editor
from tdkt_cli.render.findings.text import unsure

Fixes = tuple[Fix, ...]
Refused = tuple[tuple[Fix, Message], ...]
_MOST_TRIES = 50


@dataclass(frozen=True, slots=True)
class _Mended:
    """A file with the fixes made in it, and those that cannot be made, each with the reason."""

    source: Source
    fixes: Fixes
    refused: Refused
    changed: Changed | None


def mend(session: Session, findings: Iterable[Finding], *, unsafe: bool) -> int:
    """Write what mends findings, and say on the error stream what was written; how many files could not be."""
    unwritten = 0
    for source, fixes in _by_file(session, findings, unsafe=unsafe):
        try:
            mended = _mended(source, fixes)
            if mended.changed:
                write_all([mended.changed])
        except ChangeError as error:
            unwritten += 1
            print_error(session.say(not_written(error.file, error.message)))
            continue
        for line, fix in sorted(_lines_then(mended), key=lambda each: each[0]):
            words = msg("written: {file}:{line}: {words}", file=source.file, line=str(line), words=_written(fix))
            print_error(session.say(words))
        _say_refused(session, mended)
    return unwritten


def show_fixes(session: Session, findings: Sequence[Finding], *, unsafe: bool) -> int:
    """Show what would be written as a diff, and on the error stream how much that is. The exit code: 1 where there is something."""
    files = 0
    code = OK
    for source, fixes in _by_file(session, findings, unsafe=unsafe):
        try:
            mended = _mended(source, fixes)
        except ChangeError as error:
            code = UNREADABLE
            print_error(session.say(not_written(error.file, error.message)))
            continue
        if mended.changed:
            files += 1
            print_lines(diff_lines(mended.changed))
        _say_refused(session, mended)
    print_error(session.say(msgs("{n} file would change", "{n} files would change", n=files)))
    more = 0 if unsafe else sum(bool(finding.fix and not finding.fix.sure) for finding in findings)
    if more:
        print_error(session.say(unsure(more)))
    return code or (FINDINGS if files else OK)


def _by_file(session: Session, findings: Iterable[Finding], *, unsafe: bool) -> list[tuple[Source, list[Fix]]]:
    """The fixes asked for by the file they are for, each once."""
    workspace = session.workspace
    sources = [plan.source for plan in workspace.plans]
    sources += [register.source for register in workspace.office.registers.values()]
    named = {source.file: source for source in sources}
    fixes: dict[str, dict[Fix, None]] = {}
    for finding in findings:
        if finding.fix and (finding.fix.sure or unsafe):
            fixes.setdefault(finding.file, {})[finding.fix] = None
    return [(named[file], list(own)) for file, own in fixes.items()]


def _mended(source: Source, fixes: Sequence[Fix]) -> _Mended:
    """A file with those fixes that can be made. Raises ChangeError where the file itself cannot be changed."""
    _changed(source, ())
    editor = Editor(source)
    in_braces = {fix for fix in fixes if isinstance(fix.remedy, Lines) and not editor.takes_lines(fix.remedy.path)}
    refused: Refused = tuple((fix, _in_braces()) for fix in fixes if fix in in_braces)
    made: Fixes = ()
    done: Changed | None = None
    left, tries = [fix for fix in fixes if fix not in in_braces], iter(range(_MOST_TRIES))
    while True:
        against = _obstacles(source, left, done)
        able, more = _able(source, made, tuple(fix for fix in left if fix not in against), tries)
        refused += more
        if able:
            made += able
            done = _changed(source, made)
        if not able or not against:  # what has been made can clear the way for others in the same text
            return _Mended(source, made, (*refused, *against.items()), done)
        left = list(against)


def _obstacles(source: Source, fixes: Sequence[Fix], made: Changed | None) -> dict[Fix, Message]:
    """Those of the fixes that cannot be made even by themselves, each with the reason."""
    changes = [(fix, change) for fix in fixes for change in _changes(fix)]
    found = obstacles(source, (change for _, change in changes), made)
    return {fix: problem for (fix, _), problem in zip(changes, found, strict=True) if problem}


def _able(source: Source, made: Fixes, fixes: Fixes, tries: Iterator[int]) -> tuple[Fixes, Refused]:
    """Which of these fixes can be made together with those `made`; halves of them are tried, as long as there are tries left."""
    try:
        if fixes:
            _changed(source, (*made, *fixes))
    except ChangeError as error:
        if len(fixes) == 1:
            return (), ((fixes[0], error.message),)
        if next(tries, None) is None:
            return (), tuple((fix, _not_tried()) for fix in fixes)
        middle = len(fixes) // 2
        first, refused = _able(source, made, fixes[:middle], tries)
        second, more = _able(source, (*made, *first), fixes[middle:], tries)
        return (*first, *second), (*refused, *more)
    return fixes, ()


def _in_braces() -> Message:
    return msg("a value in braces takes no new lines; write it without them")


def _not_tried() -> Message:
    return msg(
        "not tried, for too many changes of this file cannot be made together; mend it by hand, or run the command again"
    )


def _changed(source: Source, fixes: Sequence[Fix]) -> Changed:
    comments = [fix.remedy for fix in fixes if isinstance(fix.remedy, Comment)]
    return changed(Path(source.file), source, [change for fix in fixes for change in _changes(fix)], comments)


def _changes(fix: Fix) -> list[Change]:
    """What a fix changes in the data; lines that a person must look at say so."""
    match fix.remedy:
        case Lines(path, (first, *rest)):
            return [Lines(path, (first if fix.sure else f"{first}  # {UNSURE}", *rest))]
        case Words():
            return [fix.remedy]
        case Removal(path):
            return [Drop(path, DEADLINE_DEPTH)]
    return []


def _written(fix: Fix) -> Message | str:
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
    """The line of a file on which a fix is made."""
    remedy = fix.remedy
    return remedy.span.line if isinstance(remedy, Comment) else source.marks.key(remedy.path).line


def _lines_then(mended: _Mended) -> Iterator[tuple[int, Fix]]:
    """The fixes with the lines on which they stand in the file as it is then."""
    both = (mended.changed.before, mended.changed.after) if mended.changed else (b"", b"")
    before, after = (data.splitlines() for data in both)
    steps = difflib.SequenceMatcher(None, before, after).get_opcodes()
    for fix in mended.fixes:
        line = _line(mended.source, fix)
        _, start, _, start_then, end_then = next(step for step in steps if step[1] < line <= step[2])
        yield max(1, min(start_then + line - start, end_then)), fix


def _say_refused(session: Session, mended: _Mended) -> None:
    for fix, problem in mended.refused:
        line = str(_line(mended.source, fix))
        words = msg("not written: {file}:{line}: {problem}", file=mended.source.file, line=line, problem=problem)
        print_error(session.say(words))
