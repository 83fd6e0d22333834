"""Methods of one's own: from code to data that a certificate can hold."""

from eftheory.recording.load import load_method as load_method
from eftheory.recording.load import make_method as make_method
from eftheory.recording.record import record as record
from eftheory.recording.shifts import explain_no_limit as explain_no_limit
from eftheory.recording.trace import RecordingError as RecordingError
