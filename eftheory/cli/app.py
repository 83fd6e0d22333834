"""The program ``eftheory``: what it is asked, and errors as one readable line."""

from __future__ import annotations

import sys
from typing import NoReturn

from eftheory.pages.escape import printable

USAGE, INCONCLUSIVE = 2, 3


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the program; exit codes: 0 proved, 1 refuted or not accepted, 2 usage, 3 inconclusive."""
    sys.exit(_run(sys.argv[1:] if arguments is None else arguments))


def _run(arguments: list[str]) -> int:
    try:
        return _check(arguments[1:]) if _is_plain_check(arguments) else _call(arguments)
    except KeyboardInterrupt:
        return _complain("interrupted", 130)
    except OSError as error:
        return _complain(f"{error.filename or 'file'}: {error.strerror or error}", USAGE)
    except (ValueError, ImportError) as error:
        return _complain(str(error), USAGE)
    except Exception as error:
        if hasattr(error, "format_message"):  # a usage error of typer, whose class moved between its versions
            return _complain(error.format_message(), USAGE)
        return _complain(f"internal error, please report it: {type(error).__name__}: {error}", INCONCLUSIVE)


def _is_plain_check(arguments: list[str]) -> bool:
    """Whether files are to be checked, and nothing is asked that takes a parser of options to understand."""
    command, given = arguments[:1], arguments[1:]
    files = [each for each in given if each != "--json"]
    return command == ["check"] and bool(files) and all(each == "-" or each[:1] != "-" for each in files)


def _check(given: list[str]) -> int:
    """The independent checker, with nothing but the standard library: typer takes longer than it."""
    from eftheory.check.__main__ import main as check

    files = [each for each in given if each != "--json"]
    return check([*(["--json"] if "--json" in given else []), "--", *files])


def _call(arguments: list[str]) -> int:
    from eftheory.cli.commands import call

    return call(arguments)


def _complain(message: str, code: int) -> int:
    line = printable(" ".join(message.split())).encode("ascii", "backslashreplace").decode("ascii")
    print(f"eftheory: {line}", file=sys.stderr)
    return code
