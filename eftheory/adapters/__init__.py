"""Compressors of other packages as functions of a vector: what ``eftheory compressor`` and ``check_compressor`` take.

None of these packages is a dependency; each adapter names the one it needs.
"""

from eftheory.adapters.cast import Cast as Cast
from eftheory.adapters.codec import Codec as Codec
from eftheory.adapters.ddp_hook import DDPHook as DDPHook
from eftheory.adapters.ddp_hook import PowerSGDHook as PowerSGDHook
from eftheory.adapters.transformation import Transformation as Transformation
