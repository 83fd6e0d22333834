"""A class whose step is not what was recorded ends in a refusal that names the line."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from eftheory import Method
from eftheory.recording import RecordingError, make_method
from tests.recording import misread
from tests.recording.misread import MISREAD

LINES = Path(misread.__file__).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("method", MISREAD, ids=lambda method: method.__name__)
def test_what_is_not_what_was_recorded_is_refused_with_its_line(method):
    with pytest.raises(RecordingError) as caught:
        make_method(method, Fraction(1, 2))
    message = str(caught.value)
    assert MISREAD[method] in message
    assert message.startswith(method.__name__)
    assert "\n" not in message
    (line,) = re.findall(r"misread\.py, line ([0-9]+)\)", message)
    assert LINES[int(line) - 1].endswith("# here"), message


def test_every_class_of_the_file_is_tried():
    classes = {value for value in vars(misread).values() if isinstance(value, type) and issubclass(value, Method)}
    assert {cls for cls in classes if cls is not Method} <= MISREAD.keys()
