"""The program ``eftheory``: what it is asked, and errors as one readable line."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from typing import Any, NoReturn

from eftheory.pages.escape import printable, shorten_numbers

NOT_ACCEPTED, USAGE, INCONCLUSIVE, INTERRUPTED = 1, 2, 3, 130
NOT_READ = 141
"""Nobody reads the output any more, as in ``| head -1``: 128 + SIGPIPE, which says nothing about any claim."""


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the program; exit codes: 0 proved, 1 refuted or not accepted, 2 usage, 3 inconclusive, 141 not read."""
    gc.set_threshold(200_000)  # imports make many objects and no garbage: seeking it takes half a bare Python's time
    atexit.register(gc.freeze)  # at the end of the program seeking it takes two bare Pythons' time
    try:
        code = _run(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        code = _drop_output(NOT_READ)
    except OSError as error:
        code = _drop_output(_complain(f"the output cannot be written: {error.strerror or error}", USAGE))
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    try:
        return _check(arguments[1:]) if _is_plain_check(arguments) else _call(arguments)
    except SystemExit as stop:  # typer ends with 1 where nobody reads
        if isinstance(stop.__context__, BrokenPipeError):
            raise stop.__context__ from None
        raise
    except KeyboardInterrupt:
        return _complain("interrupted", INTERRUPTED)
    except OSError as error:
        if error.filename is None:  # every input has a name, the output has none
            raise
        return _complain(f"{error.filename or repr('')}: {error.strerror or error}", USAGE)
    except (ValueError, ImportError) as error:
        from eftheory.certificates.document import CertificateError  # here, since few commands read certificates

        return _complain(str(error), NOT_ACCEPTED if isinstance(error, CertificateError) else USAGE)
    except MemoryError as error:
        return _complain(f"what is asked for takes more memory than there is: {str(error) or 'ask for less'}", USAGE)
    except Exception as error:
        if hasattr(error, "format_message"):  # a usage error of typer, whose class moved between its versions
            return _complain(_with_example(error), USAGE)
        return _complain(f"internal error, please report it: {type(error).__name__}: {error}", INCONCLUSIVE)


def _with_example(error: Any) -> str:
    """What is wrong with the words of a command, and how it is called where something is missing."""
    from eftheory.cli.commands import find_example

    says, command = str(error.format_message()), getattr(error.ctx, "command", None)
    example = find_example(command) if "missing" in says.lower() else None
    repeated = any(getattr(each, "multiple", False) for each in getattr(command, "params", ()))
    if "extra argument" in says and repeated:
        return f"{says.rstrip('.')}; an option that is repeated stands before each of its values"
    return f"{says.rstrip('.')}; as in: {example}" if example else says


def _is_plain_check(arguments: list[str]) -> bool:
    """Whether files are to be checked, and nothing is asked that takes a parser of options to understand."""
    command, given = arguments[:1], arguments[1:]
    files = [each for each in given if each != "--json"]
    return command == ["check"] and bool(files) and all(each == "-" or each[:1] != "-" for each in files)


def _check(given: list[str]) -> int:
    """The independent checker, with nothing but the standard library: typer takes longer than it."""
    from eftheory.check.__main__ import main as check

    files = [each for each in given if each != "--json"]
    if any(each.endswith(".zip") for each in files):
        from eftheory.cli.archives import check_archives  # here, since few archives are checked

        return check_archives(files, json="--json" in given)
    return check([*(["--json"] if "--json" in given else []), "--", *files])


def _call(arguments: list[str]) -> int:
    from eftheory.cli.commands import call

    return call(arguments)


def _drop_output(code: int) -> int:
    """Let what is left of the output go nowhere: otherwise Python tries again at its end, and exits with 120."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
    return code


def _complain(message: str, code: int) -> int:
    line = printable(shorten_numbers(" ".join(message.split())))
    print(f"eftheory: {line}", file=sys.stderr)  # which spells out what its encoding has not
    return code
