"""Compiles the message catalogues when tdkt is built or installed, so that the repository holds no binaries."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogues(root: Path) -> list[Path]:
    """Write a .mo file beside every .po file of the package, and return their paths."""
    compiled = []
    for source in sorted((root / "src" / "tdkt_cli" / "locale").glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file)
        target = source.with_suffix(".mo")
        with target.open("wb") as file:
            write_mo(file, catalogue)
        compiled.append(target)
    return compiled


class CatalogueHook(BuildHookInterface[Any]):
    """A hook that runs before every build, including editable installs."""

    def initialize(self, _version: str, _build_data: dict[str, Any]) -> None:
        """Compile the catalogues into the source tree, where the build picks them up."""
        compile_catalogues(Path(self.root))


if __name__ == "__main__":
    compile_catalogues(Path(__file__).parent.parent)
