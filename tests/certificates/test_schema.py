"""The JSON schema agrees with the reader: whatever is read has the shape, and what lacks it is refused."""

import copy
import json
from dataclasses import fields
from functools import cache
from importlib.resources import files

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.assumptions.agent_type import MAX_TYPES
from eftheory.assumptions.compressors import COMPRESSORS
from eftheory.assumptions.functions import FUNCTIONS
from eftheory.assumptions.mean import ASSUMPTIONS
from eftheory.certificates import FORMAT, Certificate, CertificateError, read_certificate
from eftheory.exact.number import MAX_DIGITS
from eftheory.methods import EXTERNAL, METHODS, NAMED
from eftheory.witnesses.drift import drifting_orbit
from eftheory.writing import seal, write_certificate
from tests.certificates.make_bad import DEFECTS, FOLDER
from tests.certificates.test_roundtrip import certificates
from tests.kit.examples import EXAMPLES, example
from tests.kit.nonconvex import setting
from tests.kit.second import SECOND
from tests.kit.second import document as second_document

SCHEMA = json.loads(files("eftheory.certificates").joinpath("schema-1.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

SECOND_SCHEMA = json.loads(files("eftheory.certificates").joinpath("schema-2.json").read_text(encoding="utf-8"))
SECOND_VALIDATOR = jsonschema.Draft202012Validator(SECOND_SCHEMA)

SHAPELESS = {
    "unknown_key", "unknown_key_in_agent", "unknown_key_in_upper", "missing_key", "setting_missing", "no_evidence",
    "evidence_null", "evidence_list", "number_exponent", "number_decimal", "number_underscore", "number_unicode_digit",
    "number_over_one", "number_leading_zero", "number_plus", "number_minus_zero", "number_space", "number_newline",
    "number_division_by_zero", "number_401_digits", "number_401_digits_below", "number_boolean", "number_null",
    "number_list", "wrong_format_version", "format_missing", "no_agents", "types_65", "count_zero", "count_negative",
    "count_fraction", "method_unknown", "block_without_symbols", "provenance_nested", "multipliers_list",
    "template_list", "below_list", "above_number",
    "digest_missing", "digest_in_capitals", "bare_number", "list",
}  # fmt: skip
"""Bad files whose defect the schema must see; it cannot see all."""


@cache
def document(name: str) -> str:
    return write_certificate(example(name)).decode()


def reads(content: object) -> str | None:
    """The reader's complaint about JSON data; None if it reads them."""
    try:
        read_certificate(json.dumps(content).encode())
    except CertificateError as error:
        return str(error)
    return None


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator.check_schema(SECOND_SCHEMA)


@pytest.mark.parametrize("name", EXAMPLES)
def test_real_certificates_of_all_methods_and_kinds_have_the_shape(name) -> None:
    VALIDATOR.validate(json.loads(document(name)))


@pytest.mark.parametrize("name", SECOND)
def test_certificates_of_the_second_format_have_its_shape_and_not_the_first(name) -> None:
    content = second_document(name)
    SECOND_VALIDATOR.validate(content)
    assert not VALIDATOR.is_valid(content)
    assert not VALIDATOR.is_valid({**content, "format": FORMAT})
    assert reads(seal({**content, "format": FORMAT})) is not None


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_file_of_the_second_format_may_say_what_the_first_can(name) -> None:
    content = seal({**json.loads(document(name)), "format": "eftheory-certificate/2"})
    SECOND_VALIDATOR.validate(content)
    assert reads(content) is None


def test_the_second_schema_repeats_the_names_of_the_definitions() -> None:
    setting = SECOND_SCHEMA["$defs"]["setting"]["properties"]
    assert setting["method"]["enum"] == [*NAMED, EXTERNAL]
    for place, known in (("assumption", ASSUMPTIONS), ("compressor", COMPRESSORS)):
        named = {
            each["properties"]["class"]["const"]: set(each["required"])
            for each in SECOND_SCHEMA["$defs"][place]["anyOf"]
        }
        assert named.items() <= {it.name: {"class", *(f.name for f in fields(it))} for it in known.values()}.items()
        assert known.keys() - named.keys() <= {"contractive"}
    assert SECOND_SCHEMA["$defs"]["agents_of_a_type"]["properties"]["class"]["const"] in FUNCTIONS


def test_the_second_schema_is_the_first_with_additions() -> None:
    def without_additions(first, second):
        if isinstance(first, dict) and isinstance(second, dict):
            return {key: without_additions(first[key], second[key]) for key in first if key in second}
        return first if isinstance(first, (list, str)) and isinstance(second, type(first)) else second

    assert without_additions(SCHEMA, SECOND_SCHEMA) == SCHEMA


@given(st.sampled_from(SECOND), st.data())
def test_mutants_of_the_second_format_that_are_read_have_the_shape(name, data) -> None:
    content = second_document(name)
    mutate(content, data)
    content = seal(content)
    complaint = reads(content)
    assert SECOND_VALIDATOR.is_valid(content) or complaint is not None or VALIDATOR.is_valid(content)


@given(certificates())
def test_whatever_is_written_has_the_shape(certificate) -> None:
    VALIDATOR.validate(json.loads(write_certificate(certificate)))


@pytest.mark.parametrize("name", sorted(DEFECTS))
def test_bad_files(name) -> None:
    """Files with a defect of shape do not validate; files that the reader reads do."""
    data = (FOLDER / f"{name}.json").read_bytes()
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return
    if name in SHAPELESS:
        assert not VALIDATOR.is_valid(content)
    elif DEFECTS[name].bound != "reader":
        VALIDATOR.validate(content)


def test_bad_files_of_shape_exist() -> None:
    assert set(DEFECTS) >= SHAPELESS


def test_the_schema_repeats_the_limits_and_names_of_the_definitions() -> None:
    setting = SCHEMA["$defs"]["setting"]["properties"]
    assert setting["method"]["enum"] == [*METHODS, EXTERNAL]
    assert setting["agents"]["maxItems"] == MAX_TYPES
    assert f"{{0,{MAX_DIGITS - 1}}}" in SCHEMA["$defs"]["number"]["pattern"]
    assert SCHEMA["properties"]["format"]["const"] == FORMAT


def test_every_object_refuses_unknown_keys() -> None:
    def walk(node):
        if isinstance(node, dict):
            if node.get("type") == "object":
                assert "additionalProperties" in node
                assert "properties" not in node or node["additionalProperties"] is False
                assert set(node.get("required", [])) <= set(node.get("properties", {}))
            for child in node.values():
                walk(child)

    walk(SCHEMA)
    walk(SECOND_SCHEMA)


SPELLINGS = st.from_regex(r"-?[0-9]{1,3}(/[0-9]{1,3})?", fullmatch=True) | st.text("0123456789/-. e+\n", max_size=6)


@given(SPELLINGS)
def test_numbers_that_are_read_have_the_shape(text) -> None:
    """The other way round, only fractions that are not reduced tell the two apart."""
    content = json.loads(document("gd"))
    content["upper"]["C"] = text
    content = seal(content)
    complaint = reads(content)
    assert VALIDATOR.is_valid(content) or complaint is not None
    assert not VALIDATOR.is_valid(content) or complaint is None or "is not reduced" in complaint


VALUES = st.sampled_from([None, True, 1, "1", "-1/2", "1/1", "x", [], ["1"], [["1"]], {}, {"rate": "1"}])


@given(st.data())
def test_mutants_that_are_read_have_the_shape(data) -> None:
    """Keys and entries removed, added, replaced or moved; the schema never refuses what the reader reads."""
    content = json.loads(
        document(data.draw(st.sampled_from(["gd", "cgd", "ef, two types", "ef21, alike", "external ef21"])))
    )
    for _ in range(data.draw(st.integers(1, 2))):
        mutate(content, data)
    content = seal(content)
    complaint, fits = reads(content), VALIDATOR.is_valid(content)
    assert fits or complaint is not None
    beyond_shape = ("lower triangle", "setting.", "setting: ")
    assert not fits or complaint is None or any(word in complaint for word in beyond_shape), complaint


def mutate(content, data) -> None:
    """Change one place of JSON data, chosen by hypothesis."""
    place = content
    while True:
        keys = sorted(place) if isinstance(place, dict) else range(len(place))
        inside = [key for key in keys if isinstance(place[key], (dict, list)) and place[key]]
        if not inside or data.draw(st.booleans()):
            break
        place = place[data.draw(st.sampled_from(inside))]
    if not place:
        return
    key = data.draw(st.sampled_from(list(keys)))
    what = data.draw(st.sampled_from(["remove", "replace", "copy", "add"]))
    value = copy.deepcopy(data.draw(VALUES))
    if what == "remove":
        del place[key]
    elif what == "replace":
        place[key] = value
    elif what == "copy":
        place[key] = copy.deepcopy(place[data.draw(st.sampled_from(list(keys)))])
    elif isinstance(place, dict):
        place[data.draw(st.sampled_from(["rate", "comment", "lower"]))] = value
    else:
        place.append(value)


def test_a_drifting_orbit_has_the_shape() -> None:
    claimed = setting("1/2", "1/2")
    document = json.loads(write_certificate(Certificate(claimed, drift=drifting_orbit(claimed))))
    SECOND_VALIDATOR.validate(document)
    for key in {*document["drift"]} - {"messages"}:
        lacking = {**document, "drift": {name: value for name, value in document["drift"].items() if name != key}}
        assert not SECOND_VALIDATOR.is_valid(lacking), key
    assert not SECOND_VALIDATOR.is_valid({**document, "drift": {**document["drift"], "growth": "1"}})
