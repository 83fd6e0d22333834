import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory.certificates import (
    FORMAT,
    Block,
    Certificate,
    CertificateError,
    ClassBound,
    Lower,
    Upper,
    digest,
    load,
    read_certificate,
)
from eftheory.certificates.document import MAX_BYTES, MAX_DEPTH
from eftheory.exact import Vector, inner
from eftheory.writing import seal, write_certificate
from tests.kit.examples import EXAMPLES, example
from tests.kit.strategies import problem_settings, rationals

NAMES = st.text(max_size=8)
ROWS = st.lists(st.lists(rationals(), max_size=3).map(tuple), max_size=3).map(tuple)


@st.composite
def blocks(draw):
    size = draw(st.integers(1, 3))
    symbols = draw(st.lists(NAMES, min_size=size, max_size=size, unique=True))
    return Block(tuple(symbols), tuple(tuple(draw(rationals()) for _ in range(i + 1)) for i in range(size)))


@st.composite
def certificates(draw):
    """Anything the dataclasses can hold, sense or nonsense."""
    block_lists, row = st.lists(blocks(), max_size=2).map(tuple), st.lists(rationals(), max_size=3).map(tuple)
    rows = st.dictionaries(NAMES, row, max_size=3)
    upper = st.builds(
        Upper, rationals(), block_lists, row, rows, rationals(), rationals(), NAMES | st.just(""), rows, rows
    )
    lower = st.builds(
        Lower, rationals(), rationals(), row, ROWS, st.dictionaries(NAMES, row), st.dictionaries(NAMES, ROWS),
        st.lists(ROWS, max_size=2).map(tuple),
    )  # fmt: skip
    gram = st.builds(ClassBound, rationals(), block_lists, NAMES | st.just(""))
    parts = draw(st.sampled_from(["u", "l", "c", "ul", "uc", "ulc"]))
    return Certificate(
        draw(problem_settings()),
        draw(upper) if "u" in parts else None,
        draw(lower) if "l" in parts else None,
        draw(gram) if "c" in parts else None,
        draw(st.dictionaries(NAMES, NAMES, max_size=3)),
    )


@settings(max_examples=40)
@given(certificates())
def test_what_is_written_is_read_again(certificate):
    data = write_certificate(certificate)
    assert read_certificate(data) == certificate
    assert write_certificate(read_certificate(data)) == data
    assert data.isascii()


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_survive_the_journey(name):
    data = write_certificate(example(name))
    assert read_certificate(data) == example(name)
    assert data.endswith(b"}\n")
    assert json.loads(data)["format"] == FORMAT


def test_numbers_too_long_are_not_written():
    certificate = example("gd")
    long = replace(certificate, upper=replace(certificate.upper, c=Fraction(1, 10**400)))
    with pytest.raises(ValueError, match="400 digits"):
        write_certificate(long)


def test_the_digest_covers_everything_but_itself_and_the_provenance():
    document = json.loads(write_certificate(example("ef21")))
    assert digest({**document, "digest": "?", "provenance": {"solver": "none"}}) == document["digest"]
    for key in document.keys() - {"digest", "provenance"}:
        assert digest({**document, key: "changed"}) != document["digest"]
    assert document["digest"].startswith("sha256:")
    assert len(document["digest"]) == 7 + 64


def test_the_digest_ignores_layout_and_order():
    document = json.loads(write_certificate(example("ef21")))
    backwards = dict(reversed(document.items()))
    assert load(json.dumps(backwards, indent=7).encode()) == document
    assert load(json.dumps(document, separators=(",", ":")).encode()) == document


def test_sealing_leaves_the_document_alone():
    document = {"format": FORMAT, "digest": "old"}
    sealed = seal(document)
    assert document == {"format": FORMAT, "digest": "old"}
    assert sealed["digest"] == digest(document) != "old"
    assert load(json.dumps(sealed).encode()) == sealed


def test_the_digest_is_the_sha256_of_the_canonical_text():
    """What sha256sum says of {"format":"eftheory-certificate/1"}."""
    assert digest({"format": FORMAT}) == ("sha256:3f63512f5fc42cd569996dc532ac4047e607a4c013f9852e2e9d23f4390b66e7")


def test_any_flipped_character_is_noticed():
    """Outside the provenance, and but for white space, no byte can change without notice."""
    data = write_certificate(example("gd"))
    for position in range(len(data)):
        if data[position : position + 1].isspace():
            continue
        flipped = data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :]
        with pytest.raises(CertificateError):
            read_certificate(flipped)


def test_files_too_large_are_not_parsed():
    with pytest.raises(CertificateError, match=rf"{MAX_BYTES + 1} bytes: a certificate has at most {MAX_BYTES}"):
        read_certificate(b" " * (MAX_BYTES + 1))


def nested(depth: int) -> bytes:
    """A sealed document with so many lists one in the other."""
    inside: object = "1"
    for _ in range(depth):
        inside = [inside]
    return json.dumps(seal({"format": FORMAT, "provenance": inside})).encode()


def test_nesting_is_limited():
    assert load(nested(MAX_DEPTH - 1)) == json.loads(nested(MAX_DEPTH - 1))
    with pytest.raises(CertificateError, match="nested too deeply"):
        load(nested(MAX_DEPTH))


@pytest.mark.parametrize("opening", ["[", '{"a":'])
@pytest.mark.parametrize("depth", [10**3, 10**5, 5 * 10**5])
def test_nesting_beyond_all_bounds(opening, depth):
    """Python's own reader gives up in one way or another; ours says so."""
    with pytest.raises(CertificateError, match=r"nested too deeply|not JSON"):
        load(opening.encode() * depth)


@given(st.binary(max_size=60))
def test_noise_is_refused(data):
    with pytest.raises(CertificateError):
        read_certificate(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside, max_size=3),
    max_leaves=8,
)
KEYS = ("format", "digest", "setting", "upper", "lower", "class_bound", "provenance")


@given(st.dictionaries(st.sampled_from(KEYS), JSON), st.booleans())
def test_other_json_is_refused(document, known_format):
    if known_format:
        document = seal({**document, "format": FORMAT})
    with pytest.raises(CertificateError):
        read_certificate(json.dumps(document).encode())


@given(st.data())
def test_a_part_replaced_by_other_json_is_refused_or_read(data):
    """No exception but CertificateError, wherever nonsense stands."""
    document = json.loads(write_certificate(example("ef, alike, long step")))
    place, key = document, data.draw(st.sampled_from(sorted(document.keys() - {"digest", "format"})))
    while isinstance(place[key], (dict, list)) and place[key] and data.draw(st.booleans()):
        place = place[key]
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
    place[key] = data.draw(JSON)
    message = ""
    try:
        certificate = read_certificate(json.dumps(seal(document)).encode())
    except CertificateError as error:
        message = str(error)
    if message:
        assert message.isprintable()
    else:
        assert json.loads(write_certificate(certificate)) == seal(document)


@given(blocks())
def test_a_block_is_the_form_of_its_matrix(block):
    form, matrix = block.form(), {}
    for i, a in enumerate(block.symbols):
        for j, b in enumerate(block.symbols):
            entry = block.rows[max(i, j)][min(i, j)]
            matrix[a, b] = entry
            assert block.entries()[min(a, b), max(a, b)] == entry
    whole = inner(Vector(), Vector())
    for (a, b), entry in matrix.items():
        whole = whole + entry * inner(Vector.symbol(a), Vector.symbol(b))
    assert form == whole


@pytest.mark.parametrize(
    ("symbols", "rows"), [((), ()), (("a",), ()), (("a",), ((1, 2),)), (("a", "b"), ((1,), (2,))), ((), ((1,),))]
)
def test_blocks_are_lower_triangles(symbols, rows):
    with pytest.raises(ValueError, match="lower triangle with one row for each symbol"):
        Block(symbols, rows)
