"""A class whose step is not what was recorded ends in a refusal that names the line."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from eftheory import Method
from eftheory.recording import RecordingError, make_method
from tests.recording import misread, misread_hidden, misread_memory, misread_vectors
from tests.recording.misread import MISREAD
from tests.recording.misread_hidden import MISREAD_HIDDEN
from tests.recording.misread_memory import MISREAD_MEMORY
from tests.recording.misread_vectors import MISREAD_VECTORS

ALL = {**MISREAD, **MISREAD_VECTORS, **MISREAD_MEMORY, **MISREAD_HIDDEN}
FILES = {Path(module.__file__) for module in (misread, misread_hidden, misread_memory, misread_vectors)}
LINES = {file.name: file.read_text(encoding="utf-8").splitlines() for file in FILES}


@pytest.mark.parametrize("method", ALL, ids=lambda method: method.__name__)
def test_what_is_not_what_was_recorded_is_refused_with_its_line(method):
    with pytest.raises(RecordingError) as caught:
        make_method(method, Fraction(1, 2))
    message = str(caught.value)
    assert ALL[method] in message
    assert message.startswith(method.__name__)
    assert "\n" not in message
    ((file, line),) = re.findall(r"\((\w+\.py), line ([0-9]+)\)", message)
    assert LINES[file][int(line) - 1].endswith("# here"), message


@pytest.mark.parametrize("module", [misread, misread_hidden, misread_memory, misread_vectors])
def test_every_class_of_the_files_is_tried(module):
    classes = {value for value in vars(module).values() if isinstance(value, type) and issubclass(value, Method)}
    assert {cls for cls in classes if cls is not Method} <= ALL.keys()
