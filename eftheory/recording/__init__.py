"""Methods of one's own: from code to data that a certificate can hold.

What is certified is the record, never the class; it is printed with the result, so that its author can compare. That
the class does what was recorded, five lines of defence decide, each against what the others cannot see:

1. The recording (``trace``, ``record``). A vector knows + - and exact multiples; all else is refused at its line, and
   noted, so that no except hides it: branches, entries, types and texts of vectors, floats, functions of numpy, changes
   in place. The step is recorded twice, and both records must be the same.
2. The watch (``chance``). While a step is recorded, calls of what gives another answer each time are refused, however
   the step reaches them: chance, clocks, files, the machine, who calls.
3. The snapshots (``inspection``, ``snapshot``). What the code refers to, the object and its classes must be the same
   before and after each call, and nothing may hide what it remembers: counters, caches, vectors that are kept.
4. The replay (``replay``). Class and record run side by side on arrays, of floats and of fractions: what a step does
   with numbers only, such as asking for their type in a way that nobody sees.
5. The reading, of compiled code (``code``), of the source around it (``origins``, ``source``) and of parameters
   (``signature``). It tells the snapshots where to look and names the lines. Alone it sees the branch that this call
   does not take, the constant that was drawn when the file was loaded, and the parameter that nobody passes. It cannot
   read what it has no source of.

What is left to say is derived: the coordinates (``derive``), and how the state moves with the origin (``shifts``).

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
from eftheory.recording.vectors import RecordingError as RecordingError
