"""A file is written whole or not at all, whichever call of the system fails."""

import errno
import os
import tempfile
from pathlib import Path

import pytest

from tdkt_cli.files import writer
from tdkt_cli.files.writer import write_new, write_whole

OLD, NEW = "cũ\n", "mới\r\nế\n"


@pytest.fixture
def target(tmp_path):
    """A file with the old content, alone in its folder."""
    path = tmp_path / "plans" / "a.yaml"
    path.parent.mkdir()
    path.write_bytes(OLD.encode())
    return path


@pytest.fixture
def umask():
    """Set the umask for this test."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def names(folder):
    return [path.name for path in folder.iterdir()]


def mode(path):
    return path.stat().st_mode & 0o7777


def test_the_content_is_replaced_byte_for_byte(target):
    write_whole(target, NEW)
    assert target.read_bytes() == NEW.encode()
    assert names(target.parent) == ["a.yaml"]


def test_who_has_the_old_file_open_goes_on_reading_it(target):
    with target.open("rb") as reader:
        write_whole(target, NEW)
        assert reader.read() == OLD.encode()


@pytest.mark.parametrize("bits", [0o600, 0o644, 0o640, 0o755, 0o664])
def test_the_mode_is_kept(bits, target, umask):
    umask(0o077)
    target.chmod(bits)
    write_whole(target, NEW)
    assert mode(target) == bits


@pytest.mark.parametrize(("mask", "bits"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664), (0, 0o666)])
def test_a_new_file_has_the_mode_that_the_umask_allows(mask, bits, tmp_path, umask):
    umask(mask)
    write_whole(tmp_path / "new.yaml", NEW)
    assert mode(tmp_path / "new.yaml") == bits
    assert umask(0o022) == mask


@pytest.mark.parametrize("written", ["../plans/a.yaml", "{target}"], ids=["relative", "absolute"])
def test_a_link_is_followed(written, target, tmp_path):
    link = tmp_path / "other" / "l.yaml"
    link.parent.mkdir()
    link.symlink_to(written.format(target=target))
    write_whole(link, NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW.encode()
    assert (names(target.parent), names(link.parent)) == (["a.yaml"], ["l.yaml"])


def test_a_link_to_nothing_makes_what_it_points_to(tmp_path):
    (tmp_path / "l.yaml").symlink_to("new.yaml")
    write_whole(tmp_path / "l.yaml", NEW)
    assert (tmp_path / "new.yaml").read_bytes() == NEW.encode()
    assert (tmp_path / "l.yaml").is_symlink()


def test_the_file_is_synced_before_it_takes_the_place_and_the_folder_after(target, monkeypatch):
    done = []
    sync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (done.append("sync"), sync(handle)))
    monkeypatch.setattr(Path, "replace", lambda path, to: (done.append("replace"), replace(path, to)))
    write_whole(target, NEW)
    assert done == ["sync", "replace", "sync"]


class Full:
    """A file on a disk that is full."""

    def __init__(self, file):
        self.file = file

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.file.close()

    def write(self, data):
        self.file.write(data[:1])
        raise OSError(errno.ENOSPC, "No space left on device")


def on_call(number, function, error):
    """The function, failing when it is called for the so-many-th time."""
    count = 0

    def run(*arguments, **more):
        nonlocal count
        count += 1
        if count == number:
            raise error
        return function(*arguments, **more)

    return run


@pytest.mark.parametrize(
    "error", [OSError(errno.EIO, "Input/output error"), KeyboardInterrupt()], ids=["EIO", "Ctrl-C"]
)
@pytest.mark.parametrize(
    ("owner", "name", "number"),
    [
        (tempfile, "mkstemp", 1),
        (os, "fsync", 1),
        (Path, "chmod", 1),
        (Path, "replace", 1),
    ],
)
def test_when_it_fails_the_old_file_stays_and_nothing_else(owner, name, number, error, target, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(owner, name, on_call(number, getattr(owner, name), error))
        with pytest.raises(type(error)):
            write_whole(target, NEW)
    assert target.read_bytes() == OLD.encode()
    assert names(target.parent) == ["a.yaml"]


@pytest.mark.parametrize("error", [OSError(errno.EINVAL, "Invalid argument"), OSError(errno.EIO, "Input/output error")])
@pytest.mark.parametrize(("name", "number"), [("fsync", 2), ("open", 3)])
def test_a_folder_that_cannot_be_synced_is_no_failure(name, number, error, target, monkeypatch):
    with monkeypatch.context() as patched:  # the file and the temporary one are opened first
        patched.setattr(os, name, on_call(number, getattr(os, name), error))
        write_whole(target, NEW)
    assert target.read_bytes() == NEW.encode()
    assert names(target.parent) == ["a.yaml"]


def test_when_stopped_at_the_folder_the_new_file_is_there(target, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", on_call(2, os.fsync, KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            write_whole(target, NEW)
    assert target.read_bytes() == NEW.encode()
    assert names(target.parent) == ["a.yaml"]


@pytest.mark.parametrize("name", ["a.yaml", "new.yaml"])
def test_on_a_full_disk_nothing_changes(name, target, monkeypatch):
    opened = os.fdopen
    with monkeypatch.context() as patched:
        patched.setattr(writer.os, "fdopen", lambda *arguments: Full(opened(*arguments)))
        with pytest.raises(OSError, match="No space left"):
            write_whole(target.with_name(name), NEW)
    assert target.read_bytes() == OLD.encode()
    assert names(target.parent) == ["a.yaml"]


def test_what_is_no_text_is_not_written(target):
    with pytest.raises(UnicodeEncodeError):
        write_whole(target, "a\ud800")
    assert target.read_bytes() == OLD.encode()
    assert names(target.parent) == ["a.yaml"]


@pytest.mark.parametrize("name", ["none/a.yaml", "a.yaml/b.yaml", "."])
def test_where_no_file_can_be_it_raises_and_leaves_nothing(name, target):
    with pytest.raises(OSError, match=r"Errno"):
        write_whole(target.parent / name, NEW)
    assert names(target.parent) == ["a.yaml"]
    assert names(target.parent.parent) == ["plans"]


def test_a_link_loop_raises_oserror(tmp_path):
    (tmp_path / "l.yaml").symlink_to("m.yaml")
    (tmp_path / "m.yaml").symlink_to("l.yaml")
    with pytest.raises(OSError, match=r"\.yaml") as raised:
        write_whole(tmp_path / "l.yaml", NEW)
    assert raised.value.errno == errno.ELOOP
    assert sorted(names(tmp_path)) == ["l.yaml", "m.yaml"]
    assert (tmp_path / "l.yaml").is_symlink()


@pytest.mark.parametrize(
    ("executable", "mask", "bits"), [(False, 0o022, 0o644), (True, 0o022, 0o755), (True, 0o077, 0o700)]
)
def test_a_file_that_is_not_there_is_made(executable, mask, bits, tmp_path, umask):
    umask(mask)
    write_new(tmp_path / "new", NEW, executable=executable)
    assert (tmp_path / "new").read_bytes() == NEW.encode()
    assert mode(tmp_path / "new") == bits
    assert names(tmp_path) == ["new"]


def without_links(*_arguments):
    raise OSError(errno.EPERM, "Operation not permitted")


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_is_there_is_never_replaced(links, target, monkeypatch):
    (target.parent / "l.yaml").symlink_to("nowhere")
    (target.parent / "folder").mkdir()
    target.chmod(0o444)
    if not links:
        monkeypatch.setattr(os, "link", without_links)
    for name in ("a.yaml", "l.yaml", "folder"):
        with pytest.raises(FileExistsError):
            write_new(target.with_name(name), NEW)
    write_new(target.with_name("new.yaml"), NEW)
    assert target.read_bytes() == OLD.encode()
    assert sorted(names(target.parent)) == ["a.yaml", "folder", "l.yaml", "new.yaml"]


@pytest.mark.parametrize(("owner", "name"), [(tempfile, "mkstemp"), (os, "fsync"), (Path, "chmod"), (os, "link")])
def test_when_it_fails_nothing_is_made(owner, name, tmp_path, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(owner, name, on_call(1, getattr(owner, name), KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            write_new(tmp_path / "new", NEW)
    assert names(tmp_path) == []


@pytest.mark.parametrize("bits", [0o444, 0o400, 0o555])
def test_a_file_that_may_only_be_read_is_left(bits, target):
    target.chmod(bits)
    with pytest.raises(PermissionError):
        write_whole(target, NEW)
    assert (target.read_bytes(), mode(target), names(target.parent)) == (OLD.encode(), bits, ["a.yaml"])


def test_what_is_no_file_is_left(target):
    pipe = target.with_name("p.yaml")
    os.mkfifo(pipe)
    for path in (pipe, target.parent):
        with pytest.raises(OSError, match="Errno"):
            write_whole(path, NEW)
    assert sorted(names(target.parent)) == ["a.yaml", "p.yaml"]


def test_owner_and_group_are_kept(target, monkeypatch):
    """Root gives the new file to the owner of the old one; for somebody else there is nothing to give."""
    given, own = [], target.stat()
    status = os.stat_result((own.st_mode, own.st_ino, own.st_dev, 1, 4321, 8765, *own[6:]))
    monkeypatch.setattr(writer, "_replaceable", lambda _target: status)
    monkeypatch.setattr(os, "chown", lambda _path, *ids: given.append(ids))
    write_whole(target, NEW)
    assert given == [(4321, 8765)]


def test_who_may_not_give_a_file_away_keeps_its_group(target, monkeypatch):
    given, own = [], target.stat()
    status = os.stat_result((own.st_mode, own.st_ino, own.st_dev, 1, 4321, 8765, *own[6:]))

    def chown(_path, *ids):
        given.append(ids)
        if ids[0] != -1:
            raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(writer, "_replaceable", lambda _target: status)
    monkeypatch.setattr(os, "chown", chown)
    write_whole(target, NEW)
    assert given == [(4321, 8765), (-1, 8765)]
    assert target.read_bytes() == NEW.encode()


def test_a_file_of_several_names_leaves_the_others_what_they_are(target):
    copy = target.with_name("copy.yaml")
    copy.hardlink_to(target)
    write_whole(target, NEW)
    assert (target.read_bytes(), copy.read_bytes()) == (NEW.encode(), OLD.encode())


def test_the_lock_of_a_folder_is_one_for_its_files_and_goes_with_its_holder(target, monkeypatch):
    monkeypatch.setattr(writer, "_PATIENCE", 0.02)
    other = target.with_name("b.yaml")
    with writer.locked([target, other]), pytest.raises(writer.BusyError), writer.locked([other]):
        pass
    with writer.locked([target]):
        pass


def test_under_the_lock_what_was_left_of_a_file_is_swept_away(target):
    left = [".a.yaml.abcd_123.tmp", ".b.yaml.abcd_123.tmp", ".a.yaml.abc.tmp", ".a.yaml.swp", "a.yaml.abcd_123.tmp"]
    for name in left:
        target.with_name(name).touch()
    with writer.locked([target]):
        assert sorted(names(target.parent)) == sorted(["a.yaml", *left[1:]])
