"""A proof as people read it: its file's prose, its formulas, every step with its reason, and what the kernel says."""

from __future__ import annotations

import ast
import sys
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from eftheory.proofkit.catalogue import examine, module_of
from eftheory.proofkit.example import NoExample, is_short
from eftheory.proofkit.expression import Node, Number, Relation, Symbol
from eftheory.proofkit.outcome import Outcome
from eftheory.proofkit.parameter import Parameter
from eftheory.proofkit.reason import Axiom, Lemma
from eftheory.proofkit.seek import find
from eftheory.proofkit.substitution import is_indexed, is_random, parts, rebuild, symbols
from eftheory.proofkit.text import Style
from eftheory.proofkit.theorem import Step, Theorem
from eftheory.proofkit.why import Part, expressions, why

QUICK = 2000
"""How many evaluations an example may cost that a lesson shows."""


@dataclass(frozen=True)
class Block:
    """A piece of a lesson.

    Attributes:
        kind: title, heading, prose, line, definition, reason, verdict or failure.
        parts: words and formulas, in order.
        name: of the line.
        relation: of the line.
    """

    kind: str
    parts: tuple[Part, ...] = ()
    name: str = ""
    relation: Relation | None = None


@dataclass
class Script:
    """A proof file: names its author gave to expressions, cells of prose, and on which lines things stand.

    Attributes:
        names: of expressions, in order.
        prose: (line, text) of the markdown cells.
        lines: of every string and of every assigned name: where it stands first.
        claim: the line of ``claim``.
    """

    names: dict[str, Node] = field(default_factory=dict)
    prose: list[tuple[int, str]] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    claim: int = 0

    @classmethod
    def of(cls, module: ModuleType | None) -> Script:
        """That of a module; an empty one if its file is not there."""
        file = getattr(module, "__file__", None)
        if module is None or not file or not Path(file).is_file():
            return cls()
        source = Path(file).read_text("utf-8")
        names = {
            name: value
            for name, value in vars(module).items()
            if isinstance(value, Node) and not isinstance(value, (Symbol, Number)) and not name.startswith("_")
        }
        script = cls(names, _prose(source))
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                script._mark(node.value, node.lineno)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                script._mark(f"={node.id}", node.lineno)
            elif isinstance(node, ast.Attribute) and node.attr == "claim":
                script.claim = node.lineno
        return script

    @classmethod
    def find(cls, theorem: Theorem) -> Script:
        """That of the module that is run, or was loaded, and holds the theorem."""
        return cls.of(module_of(theorem))

    def _mark(self, name: str, line: int) -> None:
        self.lines[name] = min(line, self.lines.get(name, line))


def _prose(source: str) -> list[tuple[int, str]]:
    """The markdown cells, each with its line."""
    found: list[tuple[int, str]] = []
    inside, start = False, 0
    text: list[str] = []
    for number, line in enumerate([*source.splitlines(), "# %%"], 1):
        if line.startswith("# %%"):
            if inside and text:
                found.append((start, "\n".join(text)))
            inside, start, text = "[markdown]" in line, number, []
        elif inside:
            text.append(line.removeprefix("#").removeprefix(" "))
    return found


def tell(outcome: Outcome, script: Script | None = None) -> list[Block]:
    """The lesson of a checked proof, block by block."""
    theorem = outcome.theorem
    return _Teller(outcome, Script.find(theorem) if script is None else script).tell()


class _Teller:
    """Puts prose, definitions and lines in the order of the file."""

    def __init__(self, outcome: Outcome, script: Script) -> None:
        self.outcome, self.theorem, self.script = outcome, outcome.theorem, script
        relations = [*self.theorem.conclusions, *(s.relation for s in (*self.theorem.givens, *self.theorem.steps))]
        self.symbols = sorted(
            {s for r in relations for s in symbols(r.left) | symbols(r.right)}, key=lambda s: (s.name, s.indexed)
        )
        used = [node for relation in relations for node in (relation.left, relation.right)]
        used += [node for step in self.theorem.steps for node in expressions(step.reason)]
        self.short = abbreviations(script.names, used)

    def tell(self) -> list[Block]:
        theorem = self.theorem
        headed = any(_heading(text)[0] == 2 for _, text in self.script.prose)
        items: list[tuple[int, int, list[Block]]] = []

        def add(line: int, blocks: list[Block]) -> None:
            items.append((line, len(items), blocks))

        for line, text in self.script.prose:
            add(line, _paragraphs(text))
        start = min([self.script.lines.get(theorem.slug, 0), *(self.script.claim,) * bool(self.script.claim)])
        add(start, [Block("heading", ("Notation",)), *self._notation()])
        for node, symbol in self.short.items():
            add(
                self.script.lines.get(f"={symbol.name}", 0),
                [Block("definition", (symbol, " := ", self.shorten(node, but=node)))],
            )
        at = start
        for step in theorem.givens:
            at = max(at, self.script.lines.get(step.name, at))
            add(
                at, [Block("hypothesis", (step.prose,) if step.prose else (), step.name, self.shortened(step.relation))]
            )
        add(
            max(self.script.claim, at if not self.script.claim else 0),
            [
                *([] if headed else [Block("heading", ("Claim",))]),
                *(Block("claim", (), "", self.shortened(goal)) for goal in theorem.conclusions),
            ],
        )
        at = max(at, self.script.claim)
        if not headed:
            add(at, [Block("heading", ("Proof",))])
        for j, checked in enumerate(self.outcome.lines):
            if j >= len(theorem.givens):
                at = max(at, self.script.lines.get(checked.step.name, at))
                said = [Block("prose", (text,)) for k, text in theorem.prose if k == j - len(theorem.givens)]
                add(at, [*said, *self._step(checked.step, checked.problem)])
            elif checked.problem is not None:
                add(at, [Block("failure", (checked.problem,), checked.step.name)])
        blocks = [block for _, _, part in sorted(items, key=lambda item: item[:2]) for block in part]
        title = Block("title", (theorem.title,))
        source = "our own" if theorem.source == "own" else theorem.source
        return [title, Block("source", (f"Source: {source}.",)), *blocks, *self._end()]

    def _notation(self) -> list[Block]:
        blocks = [self._range(p) for p in self.theorem.parameters]
        known = {parameter.symbol for parameter in self.theorem.parameters}
        kinds: dict[str, list[Symbol]] = {}
        for symbol in self.symbols:
            if symbol not in known:
                kind = "vector" if symbol.vector else "scalar"
                kind = f"random {kind}" if symbol.random else kind
                kinds.setdefault(f"{kind}, one for each agent i" if symbol.indexed else kind, []).append(symbol)
        for kind, members in kinds.items():
            listed: list[Part] = []
            for member in members:
                listed += [", ", member] if listed else [member]
            if len(members) > 1:
                kind = kind.replace("vector", "vectors").replace("scalar", "numbers")
            blocks.append(Block("range", (*listed, f": {kind.replace('scalar', 'number')}")))
        return blocks

    def _range(self, parameter: Parameter) -> Block:
        parts: list[Part] = []
        if parameter.lower is not None:
            parts += [self.shorten(parameter.lower), " ≤ " if parameter.lower_closed else " < "]
        parts.append(parameter.symbol)
        if parameter.upper is not None:
            parts += [" ≤ " if parameter.upper_closed else " < ", self.shorten(parameter.upper)]
        kind = ": each agent's own" if parameter.symbol.indexed else ""
        return Block("range", (*parts, kind or (": any number" if len(parts) == 1 else "")))

    def _step(self, step: Step, problem: str | None) -> list[Block]:
        blocks = [Block("prose", (step.prose,))] if step.prose else []
        blocks.append(Block("line", (), step.name, self.shortened(step.relation)))
        if problem is not None:
            blocks.append(Block("failure", (problem,), step.name))
        for words in why(step.reason):
            blocks.append(Block("reason", tuple(self._short(part) for part in words)))
        return blocks

    def _end(self) -> list[Block]:
        outcome, steps = self.outcome, self.theorem.steps
        blocks = []
        if self.theorem.survivors:
            blocks.append(Block("heading", ("What the proof does not feel",)))
            blocks += [Block("prose", (f"{what}: {why_}",)) for what, why_ in self.theorem.survivors.items()]
        axioms = dict.fromkeys(s.reason.name for s in steps if isinstance(s.reason, Axiom))
        lemmas = dict.fromkeys(s.reason.slug for s in steps if isinstance(s.reason, Lemma))
        if lemmas:
            blocks.append(Block("prose", ("Uses the theorems " + ", ".join(lemmas) + ", each checked on its own.",)))
        if axioms:
            blocks.append(Block("prose", ("Rests on what is taken from the literature: " + ", ".join(axioms) + ".",)))
        else:
            blocks.append(Block("prose", ("No axioms.",)))
        if outcome.problem is None:
            blocks += self._example()
        blocks.append(
            Block("verdict", (outcome.status if outcome.problem is None else f"UNPROVED: {outcome.problem}",))
        )
        return blocks

    def _example(self) -> list[Block]:
        """Values with which the hypotheses hold, if some are found at once."""
        try:
            example = find(self.theorem, effort=QUICK)
        except NoExample:
            return []
        listed: list[Part] = []
        for name, value in example.parameters.items():
            values = value if isinstance(value, list) else [value]
            if isinstance(name, Symbol) and all(map(is_short, values)):
                listed += [", ", name] if listed else [name]
                listed.append(" = " + (f"({', '.join(map(str, values))})" if name.indexed else str(value)))
        return [Block("example", ("An example in which all hypotheses hold: ", *listed, "."))] if listed else []

    def _short(self, part: Part) -> Part:
        if isinstance(part, str):
            return part
        return self.shortened(part) if isinstance(part, Relation) else self.shorten(part)

    def shortened(self, relation: Relation) -> Relation:
        """With the file's names in the place of long expressions."""
        return Relation(self.shorten(relation.left), relation.sign, self.shorten(relation.right))

    def shorten(self, node: Node, but: Node | None = None) -> Node:
        """The same of an expression; ``but``: a definition is not written by itself."""
        if node in self.short and (but is None or node != but):
            return self.short[node]
        return rebuild(node, lambda part: self.shorten(part, but))


def abbreviations(names: Mapping[str, Node], used: list[Node]) -> dict[Node, Symbol]:
    """The named expressions that occur, and the symbols that stand for them."""
    taken = {symbol.name for node in used for symbol in symbols(node)}
    found: dict[Node, Symbol] = {}
    for name, node in names.items():
        if name not in taken and node not in found and any(_occurs(node, whole) for whole in used):
            found[node] = Symbol(name, vector=node.is_vector, indexed=is_indexed(node), random=is_random(node))
    return found


def _occurs(node: Node, whole: Node) -> bool:
    return node == whole or any(_occurs(node, part) for part in parts(whole))


def _heading(text: str) -> tuple[int, str]:
    level = len(text) - len(text.lstrip("#"))
    return (level, text.lstrip("#").strip()) if level else (0, text)


def _paragraphs(text: str) -> list[Block]:
    """Headings and paragraphs of markdown; the file's own title is left out."""
    blocks: list[Block] = []
    paragraph: list[str] = []
    for line in [*text.splitlines(), ""]:
        level, words = _heading(line)
        if (level or not line.strip()) and paragraph:
            blocks.append(Block("prose", (" ".join(paragraph),)))
            paragraph = []
        if level > 1:
            blocks.append(Block("heading", (words,)))
        elif level == 0 and line.strip():
            paragraph.append(line.strip())
    return blocks


def as_text(blocks: list[Block], style: Style | None = None, width: int = 100) -> str:
    """The lesson as plain text."""
    style = style or Style()
    out: list[str] = []
    for block in blocks:
        words = "".join(_inline(part, style) for part in block.parts)
        if block.kind == "title":
            out += [words, "=" * len(words)]
        elif block.kind == "heading":
            out += ["", words, "-" * len(words)]
        elif block.kind in ("source", "prose", "example"):
            out += ["", *textwrap.wrap(words, width)]
        elif block.kind in ("line", "hypothesis", "claim"):
            label = f"({block.name})  " if block.name else ""
            formula = "" if block.relation is None else style.relation(block.relation)
            out += ["", *textwrap.wrap(label + formula, width, initial_indent="  ", subsequent_indent="      ")]
            out += textwrap.wrap(words, width, initial_indent="      ", subsequent_indent="      ")
        elif block.kind in ("definition", "range"):
            out += textwrap.wrap(words, width, initial_indent="  ", subsequent_indent="      ")
        elif block.kind == "reason":
            out += textwrap.wrap(words, width, initial_indent="      . ", subsequent_indent="        ")
        elif block.kind == "failure":
            out += [f"  FAILS ({block.name}): {words}"]
        else:
            out += ["", words]
    return "\n".join(out) + "\n"


def _inline(part: Part, style: Style) -> str:
    if isinstance(part, str):
        return style.words(part)
    return style.formula(style.relation(part) if isinstance(part, Relation) else style.write(part))


def print_lesson(theorem: Theorem) -> None:
    """Check the theorem, with those it uses from the folder of its file, and print its lesson.

    Raises:
        SystemExit: it is not proved.
    """
    outcome = examine(theorem)
    text = as_text(tell(outcome))
    encoding = sys.stdout.encoding or "ascii"
    print(text.encode(encoding, "replace").decode(encoding), end="")
    if outcome.problem is not None:
        sys.exit(1)
