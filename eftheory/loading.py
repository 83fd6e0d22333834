"""Find an object in somebody's file or module."""

from __future__ import annotations

import importlib
import importlib.util
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any


class LoadingError(ValueError):
    """There is no such file, module or object, or it fails when it is loaded."""

    misspelt = False


def load_object(place: str) -> Any:
    """The object at ``file.py:name`` or ``package.module:name``; its module is run. A name may have dots.

    Raises:
        LoadingError: there is no such object, or its module fails.

    >>> load_object("fractions:Fraction").__name__
    'Fraction'
    """
    source, name = split_place(place)
    found: Any = load_module(source)
    for part in name.split("."):
        if not hasattr(found, part):
            here = vars(found) if hasattr(found, "__dict__") else {}
            public = [key for key in here if not key.startswith("_") and not _is_imported(found, here[key])]
            known = f"; it has: {', '.join(public[:20])}" if public else ""
            raise LoadingError(f"{source} has no {name!r}{known}")
        found = getattr(found, part)
    return found


def _is_imported(module: Any, value: Any) -> bool:
    """Whether a file of the user's only imports what it calls by this name; a package's names are what it gives."""
    if isinstance(value, ModuleType):
        return True
    made = isinstance(value, (type, FunctionType))
    return made and not hasattr(module, "__path__") and value.__module__ != module.__name__


def split_place(place: str) -> tuple[str, str]:
    """The file or module, and the name in it.

    Raises:
        LoadingError: the place is not written so.
    """
    source, _, name = place.rpartition(":")
    if not source or not name or ("/" in source and not source.endswith(".py")):
        error = LoadingError("write file.py:Name or package.module:Name")
        error.misspelt = True
        raise error
    return source, name


def load_module(source: str) -> ModuleType:
    """The module of a file, which may import others beside it, or of a dotted name, also in the current folder.

    Raises:
        LoadingError: it is not there, or fails; the message names the line.
    """
    if source.endswith(".py") and not Path(source).is_file():
        raise LoadingError(f"{source}: there is no such file")
    try:
        return _load_file(Path(source)) if source.endswith(".py") else _import(source)
    except (Exception, SystemExit) as error:
        if isinstance(error, ModuleNotFoundError) and not source.endswith(".py") and Path(source).is_file():
            raise LoadingError(f"{source}: neither a module nor a file of Python code, which ends in .py") from error
        here = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).name == Path(source).name]
        line = f", line {here[-1].lineno}" if here else ""
        raise LoadingError(f"{source}{line}: {type(error).__name__}: {error}") from error


def _import(name: str) -> ModuleType:
    """The module, looked for in the current folder too, as ``python -m`` does."""
    with _first_on_path(""):
        return importlib.import_module(name)


@contextmanager
def _first_on_path(folder: str) -> Iterator[None]:
    """Look for modules in a folder first; afterwards last, for what its functions import when they are called."""
    sys.path.insert(0, folder)
    try:
        yield
    finally:
        sys.path.remove(folder)
        if folder not in sys.path:
            sys.path.append(folder)


class _FromSource(SourceFileLoader):
    """Reads the file itself: the compiled one is taken for it if it is as long, and of the same second."""

    def get_code(self, fullname: str) -> CodeType:
        """The code of the file as it is now."""
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


def _load_file(path: Path) -> ModuleType:
    name = f"eftheory_loaded_{path.stem}"
    specification = importlib.util.spec_from_file_location(name, path, loader=_FromSource(name, str(path)))
    if specification is None or specification.loader is None:
        raise ImportError("not a Python file")
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module  # dataclasses look there for the annotations of a class
    with _first_on_path(str(path.resolve().parent)):
        specification.loader.exec_module(module)
    return module
