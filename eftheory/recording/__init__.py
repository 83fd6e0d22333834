"""Methods of one's own: from code to data that a certificate can hold.

What is certified is the record, never the class; it is printed with the result, so that its author can compare. That
the class does what was recorded, three layers decide:

- the recording itself (``trace``, ``record``): a vector knows + - and exact multiples, and refuses all else. The step
  is recorded twice, and both records must be the same;
- the snapshots (``snapshot``, ``inspection``): what the code refers to, the object and its classes must be the same
  before and after each call;
- the replay (``replay``): class and record run side by side on arrays, of floats and of fractions.

While a step is recorded, ``chance.watch_calls`` refuses calls of what gives another answer each time, however the step
reaches them; ``signature`` refuses parameters that nobody passes. Reading the code (``code``, ``origins``) tells the
snapshots where to look, and names the lines: it refuses early what the layers above would find or could miss, such as
a branch that this call does not take, and constants that were drawn. It cannot read what it has no source of.

All this is for honest mistakes, and it is tried with those that we could think of (``tests/recording``). Whoever wants
to deceive still can: with compiled extensions; with what a library remembers, as numpy.set_printoptions does; by names
made up at run time in a branch that is not taken; by telling the few calls of a recording and a replay from later ones
by something that neither sees, such as the shapes of the replay; and under a profiler, which leaves no place for the
watching of calls. Such a class gets a certificate that is true of the record, and of the class in those few calls only.
"""

from eftheory.recording.load import load_method as load_method
from eftheory.recording.load import make_method as make_method
from eftheory.recording.record import record as record
from eftheory.recording.shifts import explain_no_limit as explain_no_limit
from eftheory.recording.trace import RecordingError as RecordingError
