"""The glossary: one place for each symbol, found however it is written, and nothing heavy to load it."""

import re
import subprocess
import sys

import pytest

from eftheory.pages.names import latex_name
from eftheory.site.glossary import GLOSSARY, find_term, glossary_pages
from eftheory.site.links import ids


def test_each_term_has_a_place_of_its_own_and_words():
    assert len(GLOSSARY) >= 80
    for name, term in GLOSSARY.items():
        assert re.fullmatch(r"\w+", name), name
        assert term.words.endswith("."), name
        assert term.name, name


def test_a_symbol_or_word_is_that_of_one_term():
    written = [(word, name) for name, term in GLOSSARY.items() for word in {name, term.symbol, *term.written} if word]
    assert {word for word, name in written if find_term(word) != GLOSSARY[name]} == set()


@pytest.mark.parametrize(
    ("written", "name"),
    [("alpha", "alpha"), ("gamma", "step_size"), ("L_i", "L"), ("Ltilde", "L_tilde"), ("d_i", "d_i"), ("s", "s"),
     ("omega", "omega"), ("rate", "rate"), ("mu", "mu"), ("h_i", "shift"), ("c_i", "message"), ("g_i", "gradient"),
     ("step_size", "step_size"), ("sigma", "sigma"), ("xi", "xi"), ("theta", "theta"), ("kappa", "kappa")],
)  # fmt: skip
def test_the_symbols_of_the_field_are_there(written, name):
    assert find_term(written) == GLOSSARY[name]


def test_the_page_has_each_term_and_no_formula_as_it_is_typed():
    (page,) = glossary_pages()
    assert {*GLOSSARY} <= {*ids(page.body)}
    text = re.sub(r"<[^>]*>", "", page.body)
    assert re.findall(r"\w+_\w+|\^|<=|>=|<-|\|\|", text.replace("&lt;", "<").replace("&gt;", ">")) == []


def test_letters_of_the_glossary_are_those_of_formulas():
    assert latex_name(GLOSSARY["step_size"].symbol) == r"\gamma"


def test_the_glossary_loads_nothing_heavy():
    program = "import sys, eftheory.site.glossary; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert {"jinja2", "numpy", "sympy", "markdown_it", "html5lib", "eftheory.proofkit"} & {*loaded} == set()
