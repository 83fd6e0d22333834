"""Grids: every choice once, filters, variables, agents from files; and what is wrong is said."""

from pathlib import Path

import pytest

from eftheory.sweep.grid import NAMED, join, read_grid, read_table


def items(tmp_path: Path, text: str):
    (tmp_path / "grid.toml").write_text(text)
    return read_grid(tmp_path / "grid.toml")


def test_every_choice_is_one_claim(tmp_path) -> None:
    found = items(
        tmp_path, 'method = ["ef", "ef21"]\nagents = ["L=1,mu=0.1", ["L=1,mu=1", "L=2,mu=1"]]\nalpha = "1/4:3/4:3"'
    )
    told = {(item.said["method"], tuple(item.said["agents"]), item.said["alpha"]) for item in found}
    sets = (("L=1,mu=0.1",), ("L=1,mu=1", "L=2,mu=1"))
    assert told == {(m, a, alpha) for m in ("ef", "ef21") for a in sets for alpha in ("1/4", "1/2", "3/4")}


def test_what_is_asked_twice_is_one_claim(tmp_path) -> None:
    agents = 'agents = ["L=1,mu=0.1", "mu=1/10, L=1", ["L=1,mu=1e-1,count=1"]]'
    assert len(items(tmp_path, f'method = "ef21"\n{agents}\nalpha = [0.5, "1/2", "5e-1"]')) == 1


def test_variables_stand_in_texts_and_filters_compare_numbers(tmp_path) -> None:
    text = """
        method = "ef21"
        alpha = "1/2"
        agents = [["L={a},mu={a}/{kappa}", "L={b},mu={b}/{kappa}"]]
        variables = { a = [1, 10], b = [1, 10, 100], kappa = [2, 10] }
        where = ["a <= b", "kappa == 10.0"]
    """
    found = [item.said["agents"] for item in items(tmp_path, text)]
    pairs = [(1, 1), (1, 10), (1, 100), (10, 10), (10, 100)]
    assert found == [[f"L={a},mu={a}/10", f"L={b},mu={b}/10"] for a, b in pairs]


def test_several_grids_are_joined_and_share_what_stands_before(tmp_path) -> None:
    found = items(
        tmp_path, 'agents = "L=1,mu=0.1"\n[[grid]]\nmethod = "gd"\n[[grid]]\nmethod = "cgd"\nalpha = [1, 0.5]\n'
    )
    assert [(item.said["method"], item.said.get("alpha")) for item in found] == [
        ("gd", None),
        ("cgd", "1"),
        ("cgd", "0.5"),
    ]


def test_agents_come_from_a_table(tmp_path) -> None:
    (tmp_path / "a.csv").write_text("name, L ,mu,count\nsmall,1,1/10,3\n\nlarge,2.5,0.5,\n")
    (item,) = items(tmp_path, 'method = "ef21"\nagents = "a.csv"\nalpha = 1')
    assert item.said["agents"] == ["L=1,mu=1/10,count=3", "L=2.5,mu=0.5"]


def test_options_with_several_texts(tmp_path) -> None:
    (item,) = items(
        tmp_path,
        'method = "ef21_hb"\nagents = "L=1,mu=1/10"\nalpha = 1\nparam = ["momentum=1/{m}"]\nvariables = {m = 20}',
    )
    assert item.said["param"] == ["momentum=1/20"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('methods = "ef"', r"grid\.toml: 'methods' is no option: did you mean method\?"),
        ('method = "ef"', "agents is missing"),
        ('method = "ef"\nagents = "L=1"', "mu missing"),
        ('method = "ef"\nagents = "none.csv"', r"none\.csv: No such file"),
        ('method = "ef"\nagents = "L=1,mu=1"\nalpha = [true]', "True: write a text or a number"),
        ('method = "ef"\nagents = "L=1,mu=1"\nalpha = [[1]]', "write a text or a number"),
        ('method = "ef"\nagents = "L={a},mu=1"', "there is no variable 'a'; there is none"),
        ('method = "ef"\nagents = "L=1,mu=1"\nwhere = "alpha is 1"', "is no comparison"),
        ('method = "ef"\nagents = "L=1,mu=1"\nwhere = "alhpa < 1"', "'alhpa' has no values here; method, agents have"),
        (
            'method = "ef"\nagents = "L=1,mu=1"\nwhere = "agents != L=1,mu=1"',
            "agents is a list, and is compared with nothing",
        ),
        ('method = "ef"\nagents = "L=1,mu=1"\nwhere = "method < 1"', "words can be == or != only"),
        ('method = "ef"\nagents = "L=1,mu=1"\nalpha = 1\nwhere = "alpha < 1"', "no claim is left"),
        ('method = "ef"\nagents = "L=1,mu=1"\nvariables = 3', "write a table"),
        ("grid = 3", r"write \[\[grid\]\]"),
        ("method = ", r"grid\.toml: Invalid value"),
        ('method = "ef"\nagents = "L=1,mu=1"\nmemory = 2', "memory='2': 0 or 1"),
        ('method = "ef"\nagents = "L=1,mu=1"\nalpha = "1:2:3:4"', "write FROM:TO:COUNT"),
    ],
)
def test_what_is_wrong_is_said_with_the_name_of_the_file(tmp_path, text, message) -> None:
    with pytest.raises(ValueError, match=message) as error:
        items(tmp_path, text)
    assert "grid.toml" in str(error.value)


@pytest.mark.parametrize(
    ("table", "message"),
    [("L,mu,n\n1,1,1", "column 'n'"), ("mu\n1", "no column L"), ("L,mu\n", "no rows"), ("", "no column L")],
)
def test_tables_of_agents_that_are_none(tmp_path, table, message) -> None:
    (tmp_path / "a.csv").write_text(table)
    with pytest.raises(ValueError, match=message):
        items(tmp_path, 'method = "ef21"\nagents = "a.csv"\nalpha = 1')


def test_a_file_of_a_method_is_part_of_the_claim(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    table = {"method": "mine.py:Mine", "agents": "L=1,mu=1", "alpha": "1"}
    digests = set()
    for text in ("one", "two", "one"):
        Path("mine.py").write_text(text)
        digests |= {item.digest for item in join(read_table(table))}
    assert len(digests) == 2


def test_the_grid_of_the_documentation_is_one(tmp_path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "sweeps.md").read_text("utf-8")
    found = items(tmp_path, page.split("```toml\n")[1].split("```")[0])
    assert len(found) == 2 * 49 * 2 * (1 + 3 * 3)


def test_sets_are_chosen_of_types(tmp_path) -> None:
    said = '{ choose = 2, type = "L={L},mu={L}/{kappa}", L = [1, 10], kappa = [2, "10"] }'
    found = [item.said["agents"] for item in items(tmp_path, f'method = "ef21"\nalpha = 1\nagents = {said}')]
    types = ["L=1,mu=1/2", "L=1,mu=1/10", "L=10,mu=10/2", "L=10,mu=10/10"]
    assert found == [[one, other] for place, one in enumerate(types) for other in types[place:]]


@pytest.mark.parametrize(
    "said", ["{ choose = 2 }", '{ choose = 0, type = "L=1,mu=1" }', '{ choose = true, type = "L=1" }']
)
def test_sets_that_are_none(tmp_path, said) -> None:
    with pytest.raises(ValueError, match="agents: "):
        items(tmp_path, f'method = "ef21"\nalpha = 1\nagents = {said}')


@pytest.mark.parametrize(("name", "count"), [("published-two-agents", 10_500), ("published-few-agents", 7_050)])
def test_the_published_grids_have_as_many_points_as_published(name, count) -> None:
    points = {(tuple(item.said["agents"]), item.said["alpha"]) for item in read_grid(NAMED[name])}
    assert len(points) == count
