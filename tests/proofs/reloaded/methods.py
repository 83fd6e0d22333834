"""The methods of eftheory beside their theorems: what the names of a theorem are worth in a round of its method."""

import math

import numpy as np

from eftheory.methods import EF21, ef21_w, ef21_w_sgd
from eftheory.methods.ef21_bidirectional import EF21BC
from eftheory.methods.ef21_partial import EF21PP
from eftheory.methods.ef21_prox import EF21Prox
from eftheory.methods.ef21_sgd import EF21SGD
from eftheory.methods.ef21_w_partial import EF21WPP
from eftheory.methods.heavy_ball import HeavyBallEF21
from eftheory.proofkit.kernel.substitution import symbols
from eftheory.recording.record import complete
from eftheory.theory.calculators.instance import packaged_theorem
from tests.proofs.reloaded.drawing import NotingWorld, exact_weights
from tests.proofs.reloaded.problems import square
from tests.proofs.reloaded.values import check_claims, check_round, known, over_draws, with_longest_step


class Method:
    """One method on one problem, beside its theorem.

    Args:
        problem: as in ``problems``.
        compress: of a vector and a generator.
        s: such that the squared error is at most s^2 times the squared length.
        seed: of the first point.
    """

    slug = ""
    kind = EF21
    longest = "gamma'"
    totals = 2
    """How many claims there are at least that have values once T rounds are over."""

    def __init__(self, problem, compress, s, seed=0):
        self.problem, self.compress, self.s = problem, compress, s
        self.n, self.d = problem.n, problem.d
        self.w = self.weights()
        self.x = np.random.default_rng(seed).normal(size=self.d) * 3
        self.theorem = packaged_theorem(self.slug)
        env = self.constants()
        self.env = with_longest_step(self.theorem, env, self.longest) if self.longest else env
        self.step = self.stepsize()

    def weights(self):
        """Mean 1."""
        return np.ones(self.n)

    def constants(self):
        """What does not change over time; ranges that need gamma or gamma' excepted."""
        return {"s": self.s, "L": self.problem.L, "T": 1.0}

    def stepsize(self):
        return self.env["gamma"]

    def numbers(self):
        """What the method has beside its step size."""
        return {}

    def start(self):
        """First estimates: of one agent zero, of the others compressed gradients without regard to chance."""
        h = self.problem.gradients(self.x)
        return {"x": self.x, "d": np.where(np.arange(self.n)[:, None] == 0, 0, h * (np.abs(h) > np.abs(h).mean()))}

    def moved(self, state):
        """x+; not random."""
        return self.following(state, np.random.default_rng(0))[0]["x"]

    def following(self, state, rng):
        """The next state, and the names of what is drawn."""
        names = (*self.kind.server_state, *self.kind.agent_state)
        world = NotingWorld(self.problem, self.compress, rng=rng)
        after = complete(self.kind)(self.step, **self.numbers()).step(world, *(state[name] for name in names))
        return dict(zip(names, after)), world.names

    def names(self, state):
        """The vectors of a round that are not random."""
        h, h_next = self.problem.gradients(state["x"]), self.problem.gradients(self.moved(state))
        return {"g_i": state["d"], "h_i": h, "h+_i": h_next}

    def measures(self, state):
        """The numbers that are followed over time."""
        error = square(state["d"] - self.problem.gradients(state["x"])) / self.w**2
        return {"f": self.problem.value(state["x"]), "G": (self.w * error).mean()}

    def quantity(self, state):
        """What is averaged over time."""
        return square(self.problem.gradients(state["x"]).mean(0))

    def check_rounds(self, times, seed=0):
        """Every line of the proof, in every round, over all draws; then one draw is taken."""
        rng, state = np.random.default_rng(seed), self.start()
        for _ in range(times):
            outcomes = over_draws(lambda branching, state=state: self._outcome(state, branching))
            random = {symbol.name for given in self.theorem.givens for symbol in _random(given.relation)}
            for name in [name for name in outcomes if name.endswith("+") and name not in random]:
                assert np.ptp(outcomes[name]) == 0
                outcomes[name] = outcomes[name][0]
            env = {**self.env, **self.measures(state), **self.names(state), **outcomes}
            assert all(known(step.relation, env) for step in self.theorem.steps if step.name == "one step")
            check_round(self.theorem, env)
            state, _ = self.following(state, rng)

    def _outcome(self, state, rng):
        after, names = self.following(state, rng)
        return {**names, **{f"{name}+": value for name, value in self.measures(after).items()}}

    def check_total(self, times):
        """The claims about T rounds, in expectation over all draws."""
        outcomes = over_draws(lambda rng: self._run(times, rng))
        chances = outcomes.pop("probabilities")
        expected = {name: chances @ values for name, values in outcomes.items()}
        first = {f"{name}0": value for name, value in self.measures(self.start()).items()}
        env = {**self.env, **expected, **first, **self.powers(times), "T": times}
        check_claims(self.theorem, env, at_least=self.totals)

    def powers(self, times):
        """The names of what T rounds multiply by."""
        return {"(1 - gamma mu)^T": (1 - self.step * self.env["mu"]) ** times} if "mu" in self.env else {}

    def _run(self, times, rng):
        state, total = self.start(), 0.0
        for _ in range(times):
            total += self.quantity(state)
            state, _ = self.following(state, rng)
        return {"average": total / times, **{f"{name}T": value for name, value in self.measures(state).items()}}


def _random(relation):
    return [symbol for side in (relation.left, relation.right) for symbol in symbols(side) if symbol.random]


class Weighted(Method):
    """EF21, analysed with weights inversely proportional to the L_i."""

    slug = "ef21_weighted"

    def weights(self):
        return self.problem.L_i / self.problem.L_i.mean()

    def constants(self):
        M = self.problem.L_i.mean()
        return super().constants() | {"L_i": self.problem.L_i, "v_i": 1 / self.w, "M": M, "A": M}


class WithPL:
    """mu, and a step that is short enough for it; to be put before another class."""

    def constants(self):
        env = super().constants()
        theta = env.get("theta", 1 - self.s)
        xi = 1 if "theta" in env else self.s / (1 - self.s)
        env |= {"mu": self.problem.mu, "z": math.sqrt(2) * env["M"] * xi}
        longest = 1 / (env["L"] + env["z"])
        return env | {"gamma": min(longest, theta / (2 * env["mu"]))}


class WeightedPL(WithPL, Weighted):
    slug = "ef21_weighted_pl"


class EF21W(Method):
    """The method with its own rounds: the estimates are of the gradients of f_i/w_i."""

    slug = "ef21_w"
    kind = ef21_w.EF21W

    def numbers(self):
        return {"weights": exact_weights(self.w)}

    def weights(self):
        return self.problem.L_i / self.problem.L_i.mean()

    def constants(self):
        M = self.problem.L_i.mean()
        return super().constants() | {"L_i": self.problem.L_i, "v_i": 1 / self.w, "M": M, "A": M}

    def _u(self, x):
        return self.problem.gradients(x) / self.w[:, None]

    def names(self, state):
        return {"g_i": state["d"], "u_i": self._u(state["x"]), "u+_i": self._u(self.moved(state))}

    def measures(self, state):
        error = square(state["d"] - self._u(state["x"]))
        return {"f": self.problem.value(state["x"]), "G": (self.w * error).mean()}


class EF21WPL(WithPL, EF21W):
    slug = "ef21_w_pl"


class WithNoise:
    """The noise of agent i is one of two opposite vectors, larger for later agents; to be put before another class."""

    def constants(self):
        q = math.sqrt(self.s)
        self.noise = np.outer(np.arange(1, self.n + 1), np.linspace(1, -0.5, self.d))
        N = square(self.noise)
        env = {key: number for key, number in super().constants().items() if key != "s"}
        root = math.sqrt(q**3 / (1 - q) / (1 - q**2))
        return env | {"q": q, "N_i": N, "B": (N / self.w).mean(), "z": env["M"] * root}

    def following(self, state, rng):
        self.problem.noisy_gradients = self._noisy
        return super().following(state, rng)

    def _noisy(self, x, rng):
        signs = np.array([2 * int(rng.integers(2)) - 1 for _ in range(self.n)])
        return self.problem.gradients(x) + self.noise * signs[:, None]


class WeightedSGD(WithNoise, Weighted):
    slug = "ef21_weighted_sgd"
    kind = EF21SGD


class EF21WSGD(WithNoise, EF21W):
    slug = "ef21_w_sgd"
    kind = ef21_w_sgd.EF21WSGD


class Partial(Method):
    """Different probabilities; an agent that stays away draws, too, which does not matter."""

    slug = "ef21_partial"
    kind = EF21PP

    def numbers(self):
        return super().numbers() | {"chance": tuple(self.p)}

    def constants(self):
        s, q = self.s, 0.4
        self.p = np.linspace(1, q, self.n)
        rho = q * (1 - s) / 2
        theta = q * (1 - s) - (1 - q) * rho
        beta = self.p * s**2 / (1 - s) + (1 - self.p) * (1 + 1 / rho)
        M = math.sqrt((beta * self.problem.L_i**2 / self.w).mean() / theta)
        env = {**super().constants(), "rho": rho, "q": q, "p_i": self.p, "L_i": self.problem.L_i, "M": M}
        return env | {"theta": theta}


class PartialPL(WithPL, Partial):
    slug = "ef21_partial_pl"


class WeightedPartial(Partial, Weighted):
    slug = "ef21_weighted_partial"


class EF21WPartial(Partial, EF21W):
    slug = "ef21_w_partial"
    kind = EF21WPP


class Sparse(Method):
    """Gradients with few nonzeros, the problem says which as ``owned``; weights between 1 and those of L_i.

    Beside the draws of the method, a coordinate is drawn.
    """

    slug = "ef21_sparse"

    def weights(self):
        return np.sqrt(self.problem.L_i)

    def constants(self):
        self.kappa = (self.w[:, None] * self.problem.owned).mean(0).max()
        K = self.problem.L_i / self.w
        env = {"w_i": self.w, "K_i": K, "M": math.sqrt((self.w * K**2).mean()), "k": math.sqrt(self.kappa)}
        return super().constants() | env | {"d": self.d}

    def following(self, state, rng):
        after, names = super().following(state, rng)
        return after, {"c_i": names["c_i"] / self.w[:, None]}

    def names(self, state):
        scaled = {name: vector / self.w[:, None] for name, vector in super().names(state).items()}
        return {"D_i": scaled["g_i"], "H_i": scaled["h_i"], "H+_i": scaled["h+_i"]}

    def _outcome(self, state, rng):
        drawn = int(rng.integers(self.d))
        error = (state["d"] - self.problem.gradients(state["x"])) / self.w[:, None]
        at_it = {"b_i": 1.0 * self.problem.owned[:, drawn], "y_i": error[:, drawn]}
        return super()._outcome(state, rng) | at_it


class HeavyBall(Method):
    slug = "ef21_heavy_ball"
    kind = HeavyBallEF21
    longest = "lambda'"
    eta = 0.6

    def stepsize(self):
        return (1 - self.eta) * self.env["lambda"]

    def constants(self):
        quadratic = math.sqrt((self.problem.L_i**2).mean())
        return super().constants() | {"eta": self.eta, "L_i": self.problem.L_i, "Ltilde": quadratic}

    def start(self):
        return super().start() | {"m": 0.3 * self.x}

    def numbers(self):
        return {"momentum": self.eta}

    def _z(self, state):
        return state["x"] - self.step / (1 - self.eta) * self.eta * state["m"]

    def names(self, state):
        h_z = self.problem.gradients(self._z(state)).mean(0)
        return super().names(state) | {"x": state["x"], "v_last": state["m"], "hz": h_z}

    def measures(self, state):
        G = super().measures(state)["G"]
        return {"fz": self.problem.value(self._z(state)), "G": G, "R": square(state["m"])}


class Prox(Method):
    """psi is a multiple of the 1-norm."""

    slug = "ef21_prox"
    kind = EF21Prox
    factor = 0.3

    def constants(self):
        return super().constants() | {
            "L_i": self.problem.L_i,
            "Ltilde": math.sqrt((self.problem.L_i**2).mean()),
        }

    def following(self, state, rng):
        self.problem.prox = self._prox
        return super().following(state, rng)

    def _prox(self, y, step):
        return np.sign(y) * np.maximum(np.abs(y) - step * self.factor, 0)

    def _psi(self, x):
        return self.factor * np.abs(x).sum()

    def _bar(self, state):
        return self._prox(state["x"] - self.step * self.problem.gradients(state["x"]).mean(0), self.step)

    def names(self, state):
        bar = self._bar(state)
        points = {"x": state["x"], "x+": self.moved(state), "xbar": bar, "psibar": self._psi(bar)}
        return super().names(state) | points

    def measures(self, state):
        return super().measures(state) | {"psi": self._psi(state["x"])}

    def quantity(self, state):
        return square((state["x"] - self._bar(state)) / self.step)


class Bidirectional(Method):
    """The same compressor on both sides."""

    slug = "ef21_bidirectional"
    kind = EF21BC

    def constants(self):
        quadratic = math.sqrt((self.problem.L_i**2).mean())
        other = 1 / (self.problem.L + 4 * quadratic / (1 - self.s) ** 2)
        own = {"r": self.s, "t": self.s, "gamma*": other, "L_i": self.problem.L_i, "Ltilde": quadratic}
        return super().constants() | own

    def start(self):
        state = super().start()
        return state | {"v": state["d"].mean(0) + 1}

    def names(self, state):
        names = super().names(state)
        names["d_i"] = names.pop("g_i")
        return names | {"g": state["v"]}

    def measures(self, state):
        return super().measures(state) | {"P": square(state["v"] - state["d"].mean(0))}
