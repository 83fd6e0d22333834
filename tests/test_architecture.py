"""Where things live, what may import what, and what the trusted rooms may not contain."""

import ast
import inspect
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import eftheory
from eftheory.assumptions.compressor_class import CompressorClass
from eftheory.assumptions.function_class import FunctionClass
from eftheory.proofkit.deciding import DECIDING

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "eftheory"
TRUSTED = ("exact", "assumptions", "methods", "worlds", "claims", "certificates", "check")
MAX_TRUSTED_LINES = 3320
"""A goal: what a careful reader gets through in little more than three hours, at sixteen lines a minute. What is added
says why: 1,850 lines were enough for exact gradients of strongly convex functions; assumptions on f, sums, noise, coins
and unbiased messages took 750, eleven more methods that a certificate may name 320: of methods, one reads one's own;
drifting orbits, with their proof, 130; messages of the server and unbiased ones beside the claim's 50; f smoother than
its parts 55; integers over one denominator, and elimination in rounded numbers with its proof, 110: with these, twenty
types are checked thirty times as fast, and sixty-four in a second."""
MAX_KERNEL_LINES = 2580
"""A goal, too: the kernel of the proofs is read in less than three hours; 140 lines are right and wrong cases
beside the rules. It may shrink, as reasons that follow from others leave it; what is added says why."""
MAX_LINES = 400
LEVELS = (
    ("exact", "loading", "numbers", "threads"),
    ("assumptions",),
    ("methods",),
    ("worlds",),
    ("claims",),
    ("certificates",),
    ("check",),
    ("algebra",),
    ("lyapunov", "laws", "compressors", "recording", "adapters", "wording", "reading", "writing", "pages"),
    ("search", "witnesses", "proofkit"),
    ("theory", "report"),
    ("bounds", "pictures"),
    ("testing", "sweep", "simulate"),
    ("studies", "course", "notebook"),
    ("site",),
    ("cli",),
    ("__main__",),
)
"""A room imports from its own level and those above it in this list, and never in a circle."""
LEVEL = {room: level for level, rooms in enumerate(LEVELS) for room in rooms}
FORBIDDEN = {
    "eval", "exec", "compile", "__import__", "import_module", "float", "complex", "round", "sympify", "input",
    "globals", "setattr", "delattr", "breakpoint",
}  # fmt: skip
FORBIDDEN_MODULES = {"pickle", "marshal", "shelve", "ctypes", "importlib", "random", "subprocess", "socket", "decimal"}
EXACT_MATH = {"lcm", "gcd", "isqrt"}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


SOURCES = {path: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
TRUSTED_SOURCES = {path: tree for path, tree in SOURCES.items() if room_of(path) in TRUSTED}


def imports(tree: ast.AST) -> set[str]:
    """All modules imported anywhere in a file, also inside functions."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or ""} if not node.level else {"." * node.level}
    return found


def running(tree: ast.Module) -> ast.Module:
    """A file without what is there for types alone."""

    def is_for_types(node):
        return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"

    return ast.Module([node for node in tree.body if not is_for_types(node)], [])


def imported_by(*modules: str) -> set[Path]:
    """The files that importing these modules runs; that of the package itself, which loads nothing, is left out."""
    found, ahead = set(), [*modules]
    while ahead:
        place = PACKAGE.joinpath(*ahead.pop().split(".")[1:])
        files = {place.with_suffix(".py"), place / "__init__.py", place.parent / "__init__.py"}
        new = (files & SOURCES.keys()) - found - {PACKAGE / "__init__.py"}
        found |= new
        ahead += [name for path in new for name in imports(running(SOURCES[path])) if name.startswith("eftheory.")]
    return found


DECIDING_VERDICTS = imported_by("eftheory.check", "eftheory.check.__main__")
"""What a verdict rests on. Methods that no certificate may name are in a trusted room, but the checker never reads
them: they are not counted among what must be read, so that there may be many."""


def places(condition) -> list[str]:
    """Where in the trusted rooms a node meets the condition."""
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in TRUSTED_SOURCES.items()
        for node in ast.walk(tree)
        if hasattr(node, "lineno") and condition(node)
    ]


def test_every_trusted_room_is_there():
    assert {room_of(path) for path in TRUSTED_SOURCES} == set(TRUSTED)


def test_trusted_rooms_import_the_standard_library_and_each_other_only():
    strangers = {
        f"{path.relative_to(ROOT)}: {name}"
        for path, tree in TRUSTED_SOURCES.items()
        for name in imports(tree)
        if name.partition(".")[0] not in sys.stdlib_module_names
        and not (name.startswith("eftheory.") and name.split(".")[1] in TRUSTED)
    }
    assert strangers == set()


def test_trusted_rooms_import_no_module_that_runs_or_unpacks_code():
    found = {name for tree in TRUSTED_SOURCES.values() for name in imports(tree)} & FORBIDDEN_MODULES
    assert found == set()


def test_imports_go_in_one_direction():
    upward = {
        f"{path.relative_to(ROOT)}: {name}"
        for path, tree in SOURCES.items()
        for name in imports(tree)
        if name.startswith("eftheory.") and room_of(path) != "__init__"
        and LEVEL[name.split(".")[1]] > LEVEL[room_of(path)]
    }  # fmt: skip
    assert upward == set()


def test_every_room_has_its_place():
    rooms = {room_of(path) for path in SOURCES} - {"__init__"}
    assert rooms - set(LEVEL) == set(), "a new room: give it a level"


def test_rooms_do_not_import_in_a_circle():
    reached: dict[str, set[str]] = {}
    for path, tree in SOURCES.items():
        if room_of(path) != "__init__":
            others = {name.split(".")[1] for name in imports(tree) if name.startswith("eftheory.")}
            reached.setdefault(room_of(path), set()).update(others - {room_of(path)})
    while reached:
        leaves = {room for room, others in reached.items() if not others & set(reached)}
        assert leaves, f"a circle among {sorted(reached)}"
        reached = {room: others for room, others in reached.items() if room not in leaves}


def test_imports_are_absolute():
    relative = [str(path) for path, tree in SOURCES.items() if any(name.startswith(".") for name in imports(tree))]
    assert relative == []


def test_only_search_imports_the_solver():
    for path, tree in SOURCES.items():
        solvers = {name.partition(".")[0] for name in imports(tree)} & {"cvxpy", "clarabel", "scs"}
        assert not solvers or room_of(path) == "search", path


def test_check_never_imports_search_and_report_never_solves():
    for path, tree in SOURCES.items():
        if room_of(path) in (*TRUSTED, "report"):
            assert not any(name.startswith("eftheory.search") for name in imports(tree)), path


def test_no_floats():
    assert places(lambda node: isinstance(node, ast.Constant) and isinstance(node.value, (float, complex))) == []
    assert places(lambda node: isinstance(node, ast.Import) and any(alias.name == "math" for alias in node.names)) == []

    def inexact(node):
        return isinstance(node, ast.ImportFrom) and node.module == "math" and {a.name for a in node.names} - EXACT_MATH

    assert places(inexact) == []


def test_no_assertions():
    """They vanish under -O."""
    assert places(lambda node: isinstance(node, ast.Assert)) == []


def test_no_forbidden_names():
    assert places(lambda node: isinstance(node, ast.Name) and node.id in FORBIDDEN) == []
    assert places(lambda node: isinstance(node, ast.Attribute) and node.attr in FORBIDDEN - {"compile"}) == []


def test_no_exception_is_swallowed_wholesale():
    def catches_everything(node):
        caught = node.type if isinstance(node, ast.ExceptHandler) else None
        names = {n.id for n in ast.walk(caught) if isinstance(n, ast.Name)} if caught else set()
        return isinstance(node, ast.ExceptHandler) and (caught is None or names & {"Exception", "BaseException"})

    assert places(catches_everything) == []


def test_no_state_of_modules_is_changed():
    assert places(lambda node: isinstance(node, (ast.Global, ast.Nonlocal))) == []


def test_verdicts_rest_on_the_trusted_rooms_but_for_methods_that_no_certificate_names():
    assert TRUSTED_SOURCES.keys() >= DECIDING_VERDICTS
    for_types = {PACKAGE / "assumptions" / f"{kind}_class.py" for kind in ("function", "compressor")}
    assert {room_of(path) for path in TRUSTED_SOURCES.keys() - DECIDING_VERDICTS - for_types} <= {"methods"}
    loaded = run("import sys, eftheory.check.__main__; print(*sys.modules)").split()
    assert imported_by(*(name for name in loaded if name.startswith("eftheory."))) == DECIDING_VERDICTS


def test_what_verdicts_rest_on_is_short_enough_to_be_read():
    texts = [path.read_text("utf-8") for path in DECIDING_VERDICTS]
    lines = sum(1 for text in texts for line in text.splitlines() if line.strip())  # docstrings count, blanks do not
    assert lines < MAX_TRUSTED_LINES


def test_public_names_of_the_trusted_rooms_are_documented():
    missing = [
        f"{path.relative_to(ROOT)}: {getattr(node, 'name', 'module')}"
        for path, tree in TRUSTED_SOURCES.items()
        for node in (tree, *tree.body)
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef))
        and not getattr(node, "name", "").startswith("_")
        and not ast.get_docstring(node)
    ]
    assert missing == []


def test_public_methods_are_documented():
    """An override may leave it to its base, or to what it follows, which ruff cannot see; in ``World`` a comment beside
    each line says it."""
    followed = {name for kind in (FunctionClass, CompressorClass) for name in vars(kind)}
    undocumented = set()
    for path in SOURCES:
        if path.stem == "__main__" or path.relative_to(PACKAGE).parts == ("methods", "world.py"):
            continue
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
        for kind in vars(module).values():
            if inspect.isclass(kind) and kind.__module__ == module.__name__ and not kind.__name__.startswith("_"):
                undocumented |= {
                    f"{module.__name__}.{kind.__name__}.{name}"
                    for name, member in vars(kind).items()
                    if not name.startswith("_")
                    and name not in followed
                    and (inspect.isroutine(member) or isinstance(member, property))
                    if not inspect.getdoc(getattr(kind, name))
                }
    assert undocumented == set()


def run(program: str) -> str:
    command = [sys.executable, "-W", "error", "-c", program]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, cwd=ROOT).stdout


HEAVY = (
    "numpy", "sympy", "cvxpy", "clarabel", "flint", "scipy", "typer", "pydantic", "rich", "matplotlib", "hypothesis",
    "pytest",
)  # fmt: skip
HEAVY_BUT_TYPER = set(HEAVY) - {"typer"}


@pytest.mark.parametrize("module", ["eftheory", *(f"eftheory.{room}" for room in TRUSTED), "eftheory.check.__main__"])
def test_importing_the_package_or_a_trusted_room_loads_nothing_heavy(module):
    loaded = run(f"import sys, {module}; print(*sys.modules)").split()
    assert set(HEAVY) & {name.partition(".")[0] for name in loaded} == set()


READS_NO_FILE = HEAVY_BUT_TYPER | {"eftheory.certificates"}
SOLVES_NOTHING = {
    "--help": READS_NO_FILE,
    "check reports/certificates/cgd-n1-kappa10-alpha1_10.cert.json": HEAVY,
    "show reports/certificates/cgd-n1-kappa10-alpha1_10.cert.json": HEAVY_BUT_TYPER,
    "cite ef21": READS_NO_FILE,
    "compressor --list": READS_NO_FILE,
    "methods": READS_NO_FILE,
    "prove theta_beta": HEAVY_BUT_TYPER,
    "prove --list": HEAVY_BUT_TYPER,
    "rate ef21 --agents L=1,mu=1/10,count=9 --alpha 7/10": READS_NO_FILE - {"flint"},
    "rate ef21 --agents L=1,mu=1/10,count=1000 --alpha 3/4": READS_NO_FILE - {"flint"},
    "rate ef21 --agents L=1,mu=1/10 --agents L=2,mu=1/5 --alpha 3/4": READS_NO_FILE - {"flint"},
    "rate cgd --agents L=1,mu=1/10 --alpha 3/4": READS_NO_FILE - {"flint"},
    "rate ef21_pl --agents L=1,mu=1/10 --alpha 3/4": READS_NO_FILE,
}
"""What a command must not load; rich is for pages, flint for digits of roots."""


@pytest.mark.parametrize("command", SOLVES_NOTHING)
def test_a_command_that_does_not_solve_loads_nothing_heavy(command):
    printed = run(
        "import sys\nfrom eftheory.cli.app import main\n"
        f"try: main({command.split()!r})\nexcept SystemExit as stop: print(stop.code, *sys.modules)"
    )
    code, *loaded = printed.splitlines()[-1].split()
    assert code == "0"
    assert set(SOLVES_NOTHING[command]) & {*loaded, *(name.partition(".")[0] for name in loaded)} == set()


def test_importing_the_package_loads_no_room():
    loaded = run("import sys, eftheory; print(*sys.modules)").split()
    assert [name for name in loaded if name.startswith("eftheory.")] == []


@pytest.mark.parametrize("name", [name for name in eftheory.__all__ if name != "__version__"])
def test_public_names_load(name):
    assert getattr(eftheory, name) is not None
    assert name in dir(eftheory)


def test_unknown_names_are_refused_with_a_list_of_the_known():
    with pytest.raises(AttributeError, match=r"no attribute 'nonsense'; it has: .*EF21"):
        eftheory.nonsense  # noqa: B018


def project_files() -> list[Path]:
    """Tracked files, and those that are neither tracked nor ignored yet."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    listed = subprocess.run(command, capture_output=True, text=True, cwd=ROOT).stdout.split("\0")
    paths = [ROOT / name for name in listed if name]
    if not paths:  # an unpacked archive
        paths = [path for folder in (PACKAGE, ROOT / "tests") for path in folder.rglob("*")]
    return [path for path in paths if path.is_file() and "__pycache__" not in path.parts]


def test_files_are_short():
    python = [path for path in project_files() if path.suffix == ".py"]
    assert len(python) > 50
    long = {str(path.relative_to(ROOT)) for path in python if len(path.read_text("utf-8").splitlines()) > MAX_LINES}
    assert long == set()


MACHINE_PATHS = re.compile(r"(?<![\w.:/-])/(?:work|home|root|Users|private|pyenv)/\w|[A-Z]:\\+Users")
REGISTRIES = re.compile(  # in pieces, so that this file does not hold what it looks for
    "|".join(
        (
            "py" + r"pi\.(?:org|io|python)",
            "python" + "hosted",
            "npm" + r"js\.(?:org|com)",
            "arti" + "factory",
            "index" + "-url",
            "nex" + "us/repository",
            "dev" + "pi",
        )
    )
)


def test_no_paths_of_a_machine_and_no_registry_addresses():
    found = []
    for path in project_files():
        data = path.read_bytes()
        if b"\0" in data[:1000]:
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
            if MACHINE_PATHS.search(line) or REGISTRIES.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    assert found == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see /ho" + "me/someone/x", True),
        ("C:" + "\\Users\\x", True),
        ("https://example.org/home/x", False),
        ("/".join(("a", "work", "b")), False),
    ],
)
def test_what_counts_as_a_path_of_a_machine(text, found):
    assert bool(MACHINE_PATHS.search(text)) is found


def test_the_kernel_of_the_proofs_is_short_enough_to_be_read():
    texts = [path.read_text("utf-8") for path in SOURCES if PACKAGE / "proofkit" / "kernel" in path.parents]
    assert sum(1 for text in texts for line in text.splitlines() if line.strip()) < MAX_KERNEL_LINES


def test_what_decides_a_proof_imports_nothing_that_does_not() -> None:
    """Inside functions neither: theorems that print themselves are those of the lessons."""
    kit = {f"eftheory.proofkit.kernel.{name}".replace("/", ".").removesuffix(".__init__") for name in DECIDING}
    for name in DECIDING:
        tree = SOURCES[PACKAGE / "proofkit" / "kernel" / f"{name}.py"]
        assert {module for module in imports(tree) if module.startswith("eftheory.proofkit")} <= kit, name
        assert not {module.split(".")[0] for module in imports(tree)} & {"sympy", "numpy", "cvxpy", "flint"}, name
        assert not any(module.startswith("eftheory.algebra") for module in imports(tree)), "algebra proposes only"
