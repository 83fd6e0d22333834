"""A picture that a notebook shows, and that can be written to a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory


@dataclass(frozen=True, repr=False)
class Picture:
    """Drawn when it is shown or saved.

    Attributes:
        draw: writes it; the suffix of the path (.svg, .png, .pdf) decides the format.

    Raises:
        ImportError: matplotlib is not installed.
    """

    draw: Callable[[Path], None]

    def __post_init__(self) -> None:
        if find_spec("matplotlib") is None:
            raise ImportError('matplotlib is not installed, and it draws: pip install "eftheory[report]"')

    def __repr__(self) -> str:
        return "<Picture: .save(path) writes it as .svg, .png or .pdf; a notebook shows it>"

    def save(self, path: str | Path) -> None:
        """Write it; OSError if that cannot be done."""
        self.draw(Path(path))

    def _repr_svg_(self) -> str:
        with TemporaryDirectory() as folder:
            path = Path(folder, "picture.svg")
            self.draw(path)
            return path.read_text("utf-8")
