"""Drifting orbits: each obligation is needed, and what is accepted is true of every finite piece of the orbit."""

import json
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory.assumptions import AgentType, Contractive, SmoothStronglyConvex
from eftheory.assumptions.compressors import Unbiased
from eftheory.assumptions.functions.smooth import Smooth
from eftheory.assumptions.mean import BoundedBelow, CommonGlobalMinimiser, PolyakLojasiewicz, Similar
from eftheory.certificates import Certificate, CertificateError, Upper, read_certificate
from eftheory.check.checker import ContradictionError, check_bytes, check_certificate
from eftheory.check.drift import check_drift
from eftheory.claims import Setting
from eftheory.lyapunov.error_feedback_nonconvex import error_feedback_nonconvex
from eftheory.methods import EF, EF21, GD
from eftheory.methods.quantities import GRADIENT
from eftheory.witnesses.drift import drifting_orbit
from eftheory.writing import seal, write_certificate

HALF = Fraction(1, 2)
BELOW = (BoundedBelow(),)


def agents(*types):
    return tuple(AgentType(functions=Smooth(L=Fraction(L), mu=-Fraction(L)), count=n) for L, n in types)


def setting(step=HALF, alpha=Fraction(3, 4), types=((1, 1),), method=EF21, assumptions=BELOW, measure=GRADIENT):
    return Setting(agents(*types), Contractive(Fraction(alpha)), method(Fraction(step)), assumptions, measure)


KNOWN = setting(step=Fraction(1, 4), types=((1, 10**6), (3, 10**6)))
ORBIT = drifting_orbit(KNOWN)


def failures(claimed, evidence):
    return [failure.name for failure in check_drift(claimed, evidence).failures]


def refused(words, claimed=KNOWN, **changes):
    found = failures(claimed, replace(ORBIT, **changes))
    assert any(words in name for name in found), found


def test_the_orbit_is_accepted():
    verdict = check_drift(KNOWN, ORBIT)
    assert verdict.proved
    assert verdict.claim.rate == ORBIT.constant
    assert "no constant below" in verdict.guarantee


def test_less_is_proved_too_and_more_is_not():
    assert failures(KNOWN, replace(ORBIT, constant=ORBIT.constant / 2)) == []
    refused("constant <= ||g||^2 / fall", constant=ORBIT.constant + Fraction(1, 2**50))
    refused("constant <= ||g||^2 / fall", constant=Fraction(-1))


@pytest.mark.parametrize("fall", [0, Fraction(-1)])
def test_f_must_fall(fall):
    refused("f falls", fall=Fraction(fall))
    refused("f falls", fall=Fraction(fall), constant=Fraction(0))


def test_a_smaller_fall_would_be_a_larger_constant():
    """So it is what the class of functions must allow."""
    refused("interpolation 0 above 1", fall=ORBIT.fall * (1 - Fraction(1, 10**6)), constant=ORBIT.constant)


def test_the_wrong_sign_of_the_step():
    refused("the orbit answers every question", drift=-ORBIT.drift)


def test_an_orbit_that_stands_still():
    refused("x drifts", drift=Fraction(0))


def test_a_point_that_is_not_on_the_orbit():
    first, second = ORBIT.server["x"]
    refused("the orbit answers every question", server={"x": (first, second + 1)})


def test_the_first_coordinate_of_x_does_not_matter():
    _, second = ORBIT.server["x"]
    assert failures(KNOWN, replace(ORBIT, server={"x": (Fraction(7, 3), second)})) == []


def test_a_longer_gradient_is_not_of_the_class():
    """The gradient turns by more than L times what x moves; the message stays a contraction of what it was."""
    c, low = ORBIT.gradient
    refused("interpolation", gradient=(c, low * (1 + Fraction(1, 1000))))


def test_pairs_at_distance_two_count():
    """Where the gradient turns by less than L times what x moves, f may fall more in one step, but not in two."""
    k, y, step = Fraction(1, 10), Fraction(29, 10), Fraction(1)
    orbit = replace(
        ORBIT, constant=Fraction(0), fall=step * k * k + Fraction(1, 100), drift=-step * k, gradient=(k, Fraction(-1)),
        server={"x": (Fraction(0), -step * y / 2)}, agents={"d": (k, -y)}, messages=((Fraction(0), 2 * y),),
    )  # fmt: skip
    assert failures(setting(step), orbit) == ["interpolation 2 above 0"]
    assert failures(setting(step), replace(orbit, fall=step * k * k + step * step * k * k / 2)) == []


def test_the_message_must_contract():
    stricter = replace(KNOWN, compressor=Contractive(KNOWN.alpha + Fraction(1, 1000)))
    refused("is contractive", stricter)
    refused("is contractive", replace(KNOWN, compressor=Unbiased(Fraction(1))))


def test_the_message_must_lead_where_the_orbit_is():
    ((first, second),) = ORBIT.messages
    refused("the state after one step", messages=((first, second / 2),))


def test_messages_are_those_asked_for():
    refused("every message is used", messages=ORBIT.messages * 2)
    refused("the orbit answers every question", messages=())


class Twice(EF21):
    """Sends the same twice, and counts half of each answer."""

    name = "ef21"

    def step(self, world, x, d):
        x = x - self.step_size * world.mean(d)
        v = world.gradient(x) - d
        return x, d + HALF * world.compress(v) + HALF * world.compress(v)


def test_one_compressor_answers_the_same_question_alike():
    """Both messages are as far from v as allowed, and differ; their mean is that of the orbit."""
    claimed = replace(KNOWN, method=Twice(KNOWN.method.step_size))
    small = replace(ORBIT, messages=ORBIT.messages * 2)
    assert failures(claimed, small) == []
    weaker = replace(claimed, compressor=Contractive(Fraction(1, 4)))
    ((first, second),) = ORBIT.messages
    eps = Fraction(1, 100)
    two = replace(ORBIT, messages=((first + eps, second), (first - eps, second)))
    assert failures(weaker, two) == [f"message 1 of type {t} is a function of its input" for t in (0, 1)]


def test_a_message_that_depends_on_the_time_only_is_no_function():
    """v = Z v, so that the answer must be its own mirror image: what is sent may not turn."""

    class Blind(EF21):
        name = "ef21"

        def step(self, world, x, d):
            x = x - self.step_size * world.mean(d)
            v = world.gradient(x) - d
            return x, d + world.compress(v) + 0 * world.compress(v + replayed_mirror(v))

    def replayed_mirror(v):
        return type(v).alike(type(m)({"0": m["0"], "1": -m["1"]}) for m in v.means)

    claimed = replace(KNOWN, method=Blind(KNOWN.method.step_size))
    ((first, second),) = ORBIT.messages
    c, _ = ORBIT.gradient
    k, _ = ORBIT.agents["d"]
    v = (2 * (c - k), Fraction(0))
    assert failures(claimed, replace(ORBIT, messages=((first, second), v))) == []
    found = failures(claimed, replace(ORBIT, messages=((first, second), (v[0], v[0] / 100))))
    assert {name[:9] for name in found} == {"message 1"}
    assert all("function of its input" in name for name in found)


def own(step):
    return type("Own", (EF21,), {"name": "ef21", "step": step})(KNOWN.method.step_size)


def damped(self, world, x, d):
    new = HALF * x - self.step_size * world.mean(d)
    return new, d + world.compress(world.gradient(new) - d)


def sends_x(self, world, x, d):
    x = x - self.step_size * world.mean(d)
    g = world.gradient(x)
    return x, d + world.compress(g - d + x)


def remembers_x(self, world, x, d):
    x = x - self.step_size * world.mean(d)
    c = world.compress(world.gradient(x) - d)
    return x, d + c + 0 * d + x


def pulled_to_minimiser(self, world, x, d):
    x = x - self.step_size * world.mean(d)
    return x + HALF * world.minimiser, d + world.compress(world.gradient(x) - d)


def asks_elsewhere(self, world, x, d):
    x = x - self.step_size * world.mean(d)
    return x, d + world.compress(world.gradient(x + x - x) - d) + 0 * world.gradient(HALF * x)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (damped, "the orbit answers every question"),
        (sends_x, "is asked for in the plane"),
        (remembers_x, "the state after one step"),
        (pulled_to_minimiser, "the state after one step"),
        (asks_elsewhere, "the orbit answers every question"),
    ],
)
def test_a_method_that_sees_where_it_is_has_no_drifting_orbit(step, words):
    """At x_0 = 0 none of them could be told from EF21."""
    refused(words, replace(KNOWN, method=own(step)))


def test_another_class_of_functions():
    def claimed(functions):
        return replace(KNOWN, agents=(AgentType(functions=functions, count=2),))

    refused("negative curvature", claimed(Smooth(L=1, mu=0)))
    refused("negative curvature", claimed(SmoothStronglyConvex(L=1, mu=0)))
    refused("negative curvature", claimed(Smooth(L=2, mu=2)))
    refused("negative curvature", replace(KNOWN, agents=(*agents((1, 1)), AgentType(L=3, mu=1))))
    weakly = tuple(AgentType(functions=Smooth(L=a.L, mu=-a.L / 2), count=a.count) for a in KNOWN.agents)
    refused("interpolation", replace(KNOWN, agents=weakly))


def test_one_type_of_weakly_convex_functions_is_enough_to_refuse():
    """f is a multiple of all f_i, so that its curvature is what the mildest of them allows."""
    first, second = KNOWN.agents
    mild = AgentType(functions=Smooth(L=second.L, mu=-second.L * Fraction(9, 10)), count=second.count)
    refused("interpolation", replace(KNOWN, agents=(first, mild)))


def test_other_constants():
    refused("", replace(KNOWN, agents=agents((1, 10**6), (2, 10**6))))
    refused("", replace(KNOWN, method=EF21(Fraction(1, 5))))


def test_other_claims():
    words = "nothing is assumed but that it is bounded below"
    for assumption in (PolyakLojasiewicz(Fraction(1, 10)), CommonGlobalMinimiser(), Similar(Fraction(2))):
        refused(words, replace(KNOWN, assumptions=(assumption,)))
    refused(words, replace(KNOWN, assumptions=(*BELOW, Similar(Fraction(2)))))
    refused("the measure is ||mean g||^2", replace(KNOWN, measure="f - inf f"))
    refused("the measure is ||mean g||^2", replace(KNOWN, measure=""))


def test_a_minimiser_of_the_method_is_an_assumption():
    refused(
        "nothing is assumed",
        replace(KNOWN, method=EF(HALF), assumptions=(), measure=GRADIENT),
        agents={"e": ORBIT.agents["d"]},
    )


def test_without_any_assumption_the_same_orbit_will_do():
    assert failures(replace(KNOWN, assumptions=()), ORBIT) == []


def test_shapes():
    words = "the orbit has the right shape"
    three = (Fraction(1),) * 3
    refused(words, gradient=three)
    refused(words, gradient=())
    refused(words, messages=(three,))
    refused(words, server={})
    refused(words, server={**ORBIT.server, "y": (Fraction(0),) * 2})
    refused(words, agents={"e": ORBIT.agents["d"]})
    refused(words, agents={"d": three})
    with pytest.raises((TypeError, ValueError)):
        check_drift(KNOWN, replace(ORBIT, fall=float(ORBIT.fall)))
    with pytest.raises((TypeError, ValueError)):
        check_drift(KNOWN, replace(ORBIT, gradient=tuple(map(float, ORBIT.gradient))))


def test_gradient_descent_has_one_too():
    """Its best constant at step 1/L is 4/3 [AbbaszadehpeivastiDeKlerkZamani2022]: the orbit of EF21 at s = 0."""
    claimed = setting(step=1, alpha=1, method=GD, measure="")
    orbit = drifting_orbit(setting(step=1, alpha=1))
    found = check_drift(claimed, replace(orbit, agents={}, messages=()))
    assert found.proved
    assert Fraction(4, 3) - Fraction(1, 10**9) < found.claim.rate <= Fraction(4, 3)


STEPS = st.fractions(Fraction(1, 10), Fraction(19, 10), max_denominator=50)


@settings(max_examples=40)
@given(STEPS, st.sampled_from([Fraction(1), Fraction(99, 100), Fraction(3, 4), Fraction(1, 5)]))
def test_any_finite_piece_of_the_orbit_is_a_run_on_one_function(step, alpha):
    """All pairs of points, with the minimiser of the function that ``check_drift`` constructs; and EF21 by hand."""
    L, T = Fraction(3, 2), 7
    claimed = setting(step=step / L, alpha=alpha, types=((1, 1), (2, 1)))
    orbit = drifting_orbit(claimed)
    if orbit is None or failures(claimed, orbit):
        return
    D, Z = (orbit.drift, Fraction(0)), (1, -1)
    (x,), (d,), (message,) = orbit.server.values(), orbit.agents.values(), orbit.messages
    points = []
    for k in range(T + 1):
        turn = Z if k % 2 else (1, 1)
        here = tuple(k * a + z * b for a, z, b in zip(D, turn, x))
        points.append((here, tuple(z * a for z, a in zip(turn, orbit.gradient)), -k * orbit.fall))
    squared = sum(a * a for a in orbit.gradient)
    (last, g, value) = points[-1]
    points.append((tuple(a - b / L for a, b in zip(last, g)), (Fraction(0),) * 2, value - squared / (2 * L)))
    for (a, g, f), (b, h, e) in permutations(points, 2):
        move, turn = [q - p for p, q in zip(a, b)], [q - p for p, q in zip(g, h)]
        middle = sum((p + q) * m / 2 for p, q, m in zip(g, h, move))
        assert e - f - middle <= L / 4 * sum(m * m for m in move) - sum(t * t for t in turn) / (4 * L)
    for (here, _, _), (after, g, _) in pairwise(points[: T + 1]):
        assert tuple(a - claimed.method.step_size * b for a, b in zip(here, d)) == after
        error = sum((a - b - c) ** 2 for a, b, c in zip(g, d, message))
        assert error <= (1 - alpha) * sum((a - b) ** 2 for a, b in zip(g, d))
        d, message = tuple(a + b for a, b in zip(d, message)), tuple(z * c for z, c in zip(Z, message))
    assert T * squared > (orbit.constant - Fraction(1, 2**40)) * T * orbit.fall


def test_files_hold_orbits():
    certificate = Certificate(KNOWN, drift=ORBIT)
    data = write_certificate(certificate)
    assert b"eftheory-certificate/2" in data
    assert read_certificate(data) == certificate
    (verdict,) = check_bytes(data)
    assert verdict.proved
    content = json.loads(data)
    drift = {key: value for key, value in content["drift"].items() if key != "fall"}
    with pytest.raises(CertificateError, match="drift: lacks fall"):
        read_certificate(json.dumps(seal({**content, "drift": drift})).encode())


def test_a_plain_file_that_holds_an_orbit_is_of_the_new_format():
    """Of strongly convex agents; nothing is proved, but the file says what it holds."""
    plain = replace(KNOWN, agents=(AgentType(L=1, mu=0),), assumptions=(), measure="")
    data = write_certificate(Certificate(plain, drift=ORBIT))
    content = json.loads(data)
    assert content["format"] == "eftheory-certificate/2"
    assert not check_bytes(data)[0].proved
    with pytest.raises(CertificateError, match="can be said in 'eftheory-certificate/2' only"):
        read_certificate(json.dumps(seal({**content, "format": "eftheory-certificate/1"})).encode())


def test_both_sides_meet():
    certificate = Certificate(KNOWN, upper=error_feedback_nonconvex(KNOWN), drift=ORBIT)
    upper, lower = check_certificate(certificate)
    assert upper.proved
    assert lower.proved
    constant = certificate.upper.initial["f - inf f"] / certificate.upper.tau
    assert 0 <= constant / ORBIT.constant - 1 < Fraction(1, 10**6)


def test_a_contradiction_is_told(monkeypatch):
    """If a checker were wrong: a sum bound below a proved orbit."""
    upper = error_feedback_nonconvex(KNOWN)
    less = replace(upper, initial={**upper.initial, "f - inf f": ORBIT.constant * upper.tau / 2})
    monkeypatch.setattr(
        "eftheory.check.checker._CHECKS",
        {"upper": lambda claimed, _: check_like(claimed, upper), "drift": check_drift},
    )
    with pytest.raises(ContradictionError, match="contradicts itself"):
        check_certificate(Certificate(KNOWN, upper=less, drift=ORBIT))


def check_like(claimed, evidence: Upper):
    from eftheory.check.upper import check_upper

    return check_upper(claimed, evidence)
