"""A proof as people read it: its file's prose, its formulas, every step with its reason, and what the kernel says."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from eftheory.pages.fragments import Block, Link
from eftheory.pages.names import latex_name
from eftheory.pages.text import blocks_as_text
from eftheory.proofkit.catalogue import examine
from eftheory.proofkit.kernel.expression import Node, Number, Product, Relation, Sum, Symbol
from eftheory.proofkit.kernel.outcome import NO_EXAMPLE, PROVED, UNPROVED, Outcome
from eftheory.proofkit.kernel.reason import Lemma, Positivity
from eftheory.proofkit.kernel.substitution import is_indexed, is_random, linear_maps, parts, rebuild, symbols
from eftheory.proofkit.kernel.text import TEXT
from eftheory.proofkit.kernel.theorem import Step, Theorem
from eftheory.proofkit.lessons.alike import together
from eftheory.proofkit.lessons.at_example import lines_at
from eftheory.proofkit.lessons.compressors import providers
from eftheory.proofkit.lessons.idea import idea
from eftheory.proofkit.lessons.linked import linked
from eftheory.proofkit.lessons.notation import in_the_literature, notation
from eftheory.proofkit.lessons.script import MEANINGS
from eftheory.proofkit.lessons.script import Script as Script
from eftheory.proofkit.lessons.why import THEIRS, Part, expressions, why
from eftheory.proofkit.models.example import Example, NoExample, is_short
from eftheory.proofkit.models.vouch import example_of
from eftheory.proofkit.reasons import count_expanded, count_reasons, in_words

SIGNS = (
    "By signs means: by those of the terms and factors, or of all coefficients once the ranges of the parameters are "
    "mapped to the positive numbers."
)
AT_EXAMPLE = "Both sides of each line there, where it has the least room:"
_PICTURE = re.compile(r"!\[([^\]]*)\]\((\w+)\.svg\)")
_NO_WORD = re.compile(r"[A-Za-z]+(?:bar|max|min|hat|tilde)|[A-Z][a-z]|[A-Za-z]\d?[T\d]")
"""Names of symbols that are no words, however they stand in a sentence."""


def tell(outcome: Outcome, script: Script | None = None, *, framed: bool = True) -> list[Block]:
    """The lesson of a checked proof, block by block; ``framed``: alone on its page, with title, example and verdict."""
    theorem = outcome.theorem
    return _Teller(outcome, Script.find(theorem) if script is None else script).tell(framed)


class _Teller:
    """Puts prose, definitions and lines in the order of the file."""

    def __init__(self, outcome: Outcome, script: Script) -> None:
        self.outcome, self.theorem, self.script = outcome, outcome.theorem, script
        relations = [*self.theorem.conclusions, *(s.relation for s in (*self.theorem.givens, *self.theorem.steps))]
        maps = {m.symbol for r in relations for m in linear_maps(r.left) | linear_maps(r.right)}
        self.maps = sorted(maps, key=lambda s: (s.name, s.indexed))
        self.symbols = sorted(
            {s for r in relations for s in symbols(r.left) | symbols(r.right)}, key=lambda s: (s.name, s.indexed)
        )
        used = [node for relation in relations for node in (relation.left, relation.right)]
        used += [node for step in self.theorem.steps for node in expressions(step.reason)]
        used += [parameter.symbol for parameter in self.theorem.parameters]
        self.short = abbreviations(script.names, used)
        self.places = {symbol.name: (j, script.names[symbol.name][0]) for j, symbol in enumerate(self.short.values())}
        self.meanings = script.meanings()
        self.claims = dict(enumerate(self._claims(), 1))
        """The claims by number: the line of each, and what it says."""
        self.line: float = 0
        """Where the lesson is in the file: names that are given later are not used."""
        self.defining: int | None = None
        """The number of the name whose definition is told: it is made of those before it."""

    def _claims(self) -> list[tuple[str, Relation]]:
        goals = self.theorem.conclusions
        return list(zip([*self.theorem.last, *[""] * len(goals)], goals))

    def tell(self, framed: bool) -> list[Block]:
        theorem, script = self.theorem, self.script
        headed = any(_heading(text)[0] == 2 for _, text in script.prose)
        items: list[tuple[float, int, list[Block]]] = []

        def add(line: float, *blocks: Block) -> None:
            items.append((line, len(items), list(blocks)))

        for line, text in script.prose:
            add(line, *map(self._linked, map(self._worded, _paragraphs(text))))
        self.line = script.start
        add(script.start, Block("heading", ("Notation",)), *self._notation())
        add(script.start, *in_the_literature(theorem, script.names))
        for node, symbol in self.short.items():
            self.defining, place = self.places[symbol.name]
            add(place, Block("definition", (symbol, " := ", self.shorten(node))))
        self.defining = None
        self.line = script.start
        provided = next(filter(providers, theorem.givens), None) if framed else None
        for step in theorem.givens:
            self._reach(step)
            words = self._linked(Block("hypothesis", (step.prose,) if step.prose else ())).parts
            add(self.line, Block("hypothesis", words, step.name, self.shortened(step.relation)))
            if step is provided:
                add(self.line, self._linked(Block("prose", (providers(step),))))
        self.line = script.claim or self.line
        add(
            self.line,
            *([] if headed else [Block("heading", ("Claim",))]),
            *map(self._claim, self.claims),
        )
        if not headed:
            add(self.line, Block("heading", ("Proof",)))
        for j, checked in enumerate(self.outcome.lines):
            if j >= len(theorem.givens):
                self._reach(checked.step)
                between = [Block("prose", (text,)) for k, text in theorem.prose if k == j - len(theorem.givens)]
                add(self.line, *map(self._linked, between), *self._step(checked.step, checked.problem))
            elif checked.problem is not None:
                add(self.line, Block("failure", (checked.problem,), checked.step.name))
        ordered = [block for _, _, part in sorted(items, key=lambda item: item[:2]) for block in part]
        blocks = list(_marked(list(together(ordered, {s.name: s.prose for s in theorem.steps}))))
        if not framed:
            return blocks
        title = self._worded(Block("title", (theorem.title,)))
        source = re.sub("^own", "our own", theorem.source)
        source_block = self._linked(Block("source", (f"Source: {source}.",)))
        return [title, source_block, *blocks, *map(self._linked, self._end())]

    def _worded(self, block: Block) -> Block:
        """The block, with symbols in place of words that are names of symbols but do not look like them, as Lmax."""
        names = {
            s.name: s for s in (*self.symbols, *self.maps) if s.latex and not s.indexed and _NO_WORD.fullmatch(s.name)
        }
        if not names or not all(isinstance(part, str) for part in block.parts):
            return block
        pattern = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
        words = re.split(rf"(`[^`]*`)|(?<![\w.\\])({pattern})(?![\w+'*])", "".join(map(str, block.parts)))
        return replace(block, parts=tuple(names.get(word, word) for word in words if word))

    def _linked(self, block: Block) -> Block:
        """The block, with links where its words name theorems, sources or claims."""
        parts: list[Part] = []
        for part in block.parts:
            parts += linked(part, len(self.claims)) if isinstance(part, str) else [part]
        return replace(block, parts=tuple(parts))

    def _notation(self) -> list[Block]:
        return notation(self.theorem, self.symbols, self.maps, self.shorten, self.meanings)

    def _named(self, number: int) -> str:
        """What a claim is called: if there is only one, it has no name."""
        return f"claim {number}" if len(self.claims) > 1 else ""

    def _claim(self, number: int) -> Block:
        proof, goal = self.claims[number]
        return Block("claim", (), self._named(number), self.shortened(goal), (proof,) if proof else ())

    def _reach(self, step: Step) -> None:
        """Go on to the line of a step; steps keep their order, whatever the file does."""
        self.line = max(self.line, step.line if self.script.there else 0)

    def _step(self, step: Step, problem: str | None) -> list[Block]:
        words = self._linked(Block("line", (step.prose,) if step.prose else ())).parts
        claims = tuple(self._named(k) for k, (proof, _) in self.claims.items() if proof == step.name)
        blocks = [Block("line", words, step.name, self.shortened(step.relation), claims)]
        if problem is not None:
            blocks.append(Block("failure", (problem,), step.name))
        if not words:
            blocks.append(Block("idea", idea(step.reason, self.theorem), step.name))
        for words in why(step.reason, self.theorem.index):
            shown = tuple(self._short(part) for part in words)
            if shown[0] != THEIRS or not _same(shown[1], shown[3]):
                blocks.append(Block("reason", shown))
        return blocks

    def _end(self) -> list[Block]:
        outcome, steps = self.outcome, self.theorem.steps
        blocks = []
        if self.theorem.survivors:
            blocks.append(Block("heading", ("What the proof does not need",)))
            blocks.append(Block("prose", ("It stays a proof when one of these is changed.",)))
            blocks += [Block("survivor", (f"{_changed(what)}: {so}",)) for what, so in self.theorem.survivors.items()]
        lemmas = dict.fromkeys(s.reason.slug for s in steps if isinstance(s.reason, Lemma))
        if any(isinstance(s.reason, Positivity) for s in steps):
            blocks.append(Block("prose", (SIGNS,)))
        if lemmas:
            listed = ", ".join(f"`{slug}`" for slug in lemmas)
            words = f"the theorem {listed}" if len(lemmas) == 1 else f"the theorems {listed}, each of them"
            blocks.append(Block("prose", (f"Uses {words}, checked on its own.",)))
        blocks.append(Block("prose", ("No axioms.",)))
        if outcome.problem is not None:
            return [*blocks, Block("verdict", (f"{UNPROVED}: {outcome.problem}",))]
        own, in_all = count_reasons(steps), count_expanded(self.theorem)
        counted = [Block("prose", (in_words(own),))] if steps else []
        if in_all != own:
            words = in_words(in_all)
            counted.append(Block("prose", (f"With the proofs of theorems in the place of these, {words}",)))
        try:
            return [*blocks, *self._example(example_of(self.theorem)), *counted, Block("verdict", (outcome.status,))]
        except NoExample as error:
            words = f"{NO_EXAMPLE}: the lines are proved, but do the hypotheses hold together? {error}"
            return [*blocks, *counted, Block("verdict", (words,))]

    def _example(self, example: Example | None) -> list[Block]:
        """Values with which the hypotheses hold; hypotheses that hold nowhere prove anything."""
        if example is None:
            why_none = self.theorem.setting["why_none"]
            words = f"No example in rational numbers and roots; the file says, and nothing checks: {why_none}."
            return [Block("example", (words,))]
        listed: list[Part] = []
        for name, value in example.parameters.items():
            values = value if isinstance(value, list) else [value]
            if isinstance(name, Symbol) and all(map(is_short, values)):
                listed += [", ", name] if listed else [name]
                listed.append(" = " + (f"({', '.join(map(str, values))})" if name.indexed else str(value)))
        two = ", at one time and at the next" * bool(example.later)
        if not listed:
            said: tuple[Part, ...] = (f"There are values with which all hypotheses hold{two}; --json shows them.",)
        else:
            said = (f"An example in which all hypotheses hold{two}: ", *listed, ".")
        return [Block("example", said), Block("prose", (AT_EXAMPLE,)), Block("evidence", relation=lines_at(example))]

    def _short(self, part: Part) -> Part:
        if isinstance(part, (str, Link)):
            return part
        return self.shortened(part) if isinstance(part, Relation) else self.shorten(part)

    def shortened(self, relation: Relation) -> Relation:
        """The relation, with the file's names in the place of long expressions."""
        return Relation(self.shorten(relation.left), relation.sign, self.shorten(relation.right))

    def shorten(self, node: Node) -> Node:
        """The expression, with the names that the file has given up to this line."""
        symbol = self.short.get(node)
        if symbol is not None and self._is_known(symbol):
            return symbol
        return _without_zeros(rebuild(node, self.shorten))

    def _is_known(self, symbol: Symbol) -> bool:
        number, place = self.places[symbol.name]
        return place < self.line + 1 if self.defining is None else number < self.defining


def abbreviations(names: Mapping[str, tuple[float, Node]], used: list[Node]) -> dict[Node, Symbol]:
    """The named expressions that occur, in the order of their lines, and the symbols that stand for them."""
    there = {symbol for node in used for symbol in (*symbols(node), *(own.symbol for own in linear_maps(node)))}
    taken = {name for symbol in there for name in (symbol.name, TEXT.symbol(symbol))}
    looks = {_bare(symbol.latex or latex_name(symbol.name)) for symbol in there}
    found: dict[Node, Symbol] = {}
    for name, (_, node) in sorted(names.items(), key=lambda item: item[1][0]):
        base, _, rest = name.partition("_")
        alike = _bare(latex_name(name)) in looks
        if (
            name not in taken
            and (rest or not alike)
            and node not in found
            and any(_occurs(node, whole) for whole in used)
        ):
            latex = f"{latex_name(base)}_{{\\mathrm{{{rest.replace('_', ' ')}}}}}" if alike else ""
            found[node] = Symbol(
                name, vector=node.is_vector, indexed=is_indexed(node), random=is_random(node), latex=latex
            )
            looks.add(_bare(latex or latex_name(name)))
    return found


def _marked(blocks: list[Block]) -> Iterator[Block]:
    """The blocks, with a word before hypotheses that no heading announces."""
    said = False
    for block in blocks:
        if block.kind == "heading":
            said = any("hypothes" in part.lower() for part in block.parts if isinstance(part, str))
        elif block.kind == "hypothesis" and not said:
            yield Block("prose", ("Hypotheses:",))
            said = True
        yield block


def _bare(latex: str) -> str:
    """Two names look the same if only braces tell them apart."""
    return re.sub(r"[{} ]", "", latex)


def _without_zeros(node: Node) -> Node:
    """Terms that are plainly zero are not shown."""
    if isinstance(node, Product) and any(map(_is_zero, node.factors)) and not node.is_vector:
        return Number(Fraction(0))
    if isinstance(node, Sum) and any(map(_is_zero, node.terms)):
        terms = tuple(term for term in node.terms if not _is_zero(term))
        return (terms[0] if len(terms) == 1 else Sum(terms)) if terms else Number(Fraction(0))
    return node


def _same(a: Part, b: Part) -> bool:
    """Whether symbols look the same."""
    return isinstance(a, Symbol) and isinstance(b, Symbol) and (a.name, a.indexed) == (b.name, b.indexed)


def _is_zero(node: Node) -> bool:
    return isinstance(node, Number) and not node.value


def _changed(what: str) -> str:
    """The name of a change, as ``attack`` writes it, for people."""
    return re.sub(r" ?:? \*$", "", what).replace("step '*'", "any step")


def _occurs(node: Node, whole: Node) -> bool:
    return node == whole or any(_occurs(node, part) for part in parts(whole))


def _heading(text: str) -> tuple[int, str]:
    level = len(text) - len(text.lstrip("#"))
    return (level, text.lstrip("#").strip()) if level else (0, text)


def _paragraphs(text: str) -> list[Block]:
    """Headings and paragraphs of markdown; the file's own title is left out."""
    blocks: list[Block] = []
    paragraph: list[str] = []
    if _heading(text)[1].startswith(MEANINGS):
        return []
    for line in [*text.splitlines(), ""]:
        level, words = _heading(line)
        if picture := _PICTURE.fullmatch(line.strip()):
            blocks.append(Block("picture", (picture[1],), picture[2]))
            continue
        if (level or not line.strip()) and paragraph:
            blocks.append(Block("prose", (" ".join(paragraph),)))
            paragraph = []
        if level > 1:
            blocks.append(Block("heading", (words,)))
        elif level == 0 and line.strip():
            paragraph.append(line.strip())
    return blocks


def as_text(blocks: list[Block]) -> str:
    """The lesson as plain text."""
    return blocks_as_text(blocks, TEXT)


def print_lesson(theorem: Theorem) -> None:
    """Check the theorem, with those it uses from the folder of its file, and print its lesson.

    Raises:
        SystemExit: it is not proved, or nothing vouches for its hypotheses.
    """
    lesson = tell(examine(theorem))
    encoding = sys.stdout.encoding or "ascii"
    print(as_text(lesson).encode(encoding, "replace").decode(encoding), end="")
    if lesson[-1].parts != (PROVED,):
        sys.exit(1)
