"""Methods that are simulated only: no certificate speaks of them."""

from eftheory.simulate.methods.ef21w import EF21W as EF21W
