# %% [markdown]
# # The errors that agents can keep in a self-similar trajectory fill a ball (Finding E)
#
# A worst case may repeat itself, multiplied by lambda and with signs changed, at every step. An agent whose gradient
# changes by a_i can keep the error u_i in this way if lambda ||u_i|| <= s ||u_i + a_i||. These u_i form a ball, and the
# means of n of them fill the ball whose centre and radius are the means. So agents enter through two means, whatever
# their number. n_i is the length of a_i.

# %%
from eftheory.proofkit import Theorem, mean, square

theorem = Theorem("balls_add", "What agents can keep is a ball, and the means of what they keep fill a ball")

s = theorem.parameter("s", above=0, below=1)
growth = theorem.parameter("lambda", above=s, latex=r"\lambda")
radius = theorem.parameter("R", above=0)
length = theorem.parameter("n", at_least=0, indexed=True)
own = theorem.parameter("R", at_least=0, indexed=True)
a = theorem.vector("a", indexed=True)
u = theorem.vector("u", indexed=True)
centre = theorem.vector("c", indexed=True)
b = theorem.vector("b", indexed=True)
target = theorem.vector("t")

# %% [markdown]
# ## Hypotheses

# %%
size = theorem.given("length", square(a).equals(length**2))
mean_radius = theorem.given("R", mean(own).equals(radius))
unit = theorem.given("b in the unit ball", square(b) <= 1)
inside = theorem.given("t in the ball", square(target - mean(centre)) <= radius**2)

# %% [markdown]
# ## Claims
# 1. The condition on u_i is that it lies in a ball. 2. Means of c_i + R_i b_i with ||b_i|| <= 1 lie in the ball of mean
# centre and radius. 3., 4. And every t of that is such a mean.

# %%
ball_centre = s**2 / (growth**2 - s**2) * a
ball_radius = s * growth / (growth**2 - s**2) * length
attained = centre + own / radius * (target - mean(centre))
claims = theorem.claim(
    (s**2 * square(u + a) - growth**2 * square(u)).equals(
        (growth**2 - s**2) * (ball_radius**2 - square(u - ball_centre))
    ),
    square(mean(centre + own * b) - mean(centre)) <= radius**2,
    mean(square(mean(attained) - target)).equals(0),
    square(attained - centre) <= own**2,
)

# %% [markdown]
# ## Proof
# The first is an identity; the second is Cauchy-Schwarz with the weights R_i; for the last two, every agent takes the
# same direction.

# %%
theorem.positive("lambda^2 above s^2", growth**2 > s**2)
completed = theorem.combine("completed square", claims[0], [(s**2 * growth**2 / (growth**2 - s**2), size)])
units = theorem.average("unit balls", mean(own * square(b)) <= mean(own * 1), unit, weight=own)
within = theorem.combine(
    "within",
    claims[1],
    [(radius, units)],
    mean_squares=[(radius * own, b - mean(own * b) / radius)],
    modulo=[mean_radius],
)
reached = theorem.identity("reached", claims[2], modulo=[mean_radius])
allowed = theorem.combine("allowed", claims[3], [((own / radius) ** 2, inside)])
theorem.qed(completed, within, reached, allowed)

# %%
theorem.survivors = {
    "the lower bound of s not strict": "holds at the end of the range, too",
    "the upper bound of s *": "not needed; it says where the statement is meant",
    "the lower bound of n_i *": "not needed; it says where the statement is meant",
    "step 'lambda^2 above s^2' dropped": "for the reader: the sign is seen without it",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
