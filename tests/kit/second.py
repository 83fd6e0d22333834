"""Certificates of the second format: one of each method, class and assumption, as a search found them."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

from eftheory.certificates import Certificate, read_certificate
from eftheory.writing import seal

FOLDER = Path(__file__).resolve().parents[1] / "certificates" / "second"
TEXT = files("eftheory.certificates").joinpath("FORMAT.md").read_text(encoding="utf-8")
DOCUMENTED = "documented"
"""The name of the one in FORMAT.md, which was made by hand."""


def document(name: str) -> dict[str, Any]:
    """What stands in the file."""
    if name == DOCUMENTED:
        return json.loads(re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)[-1])
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="ascii"))


def second(name: str) -> Certificate:
    """The certificate."""
    return read_certificate(json.dumps(document(name)).encode())


def changed(name: str, **places: Any) -> bytes:
    """The file with other values at some places, as ``upper__tau="0"``, sealed anew; None takes a key out."""
    content = document(name)
    for place, value in places.items():
        *path, last = place.split("__")
        at = content
        for key in path:
            at = at[key]
        if value is None:
            del at[last]
        else:
            at[last] = value
    return json.dumps(seal(content)).encode()


SECOND = (DOCUMENTED, *sorted(path.stem for path in FOLDER.glob("*.json")))
