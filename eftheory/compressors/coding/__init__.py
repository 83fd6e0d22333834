"""Real encoders: messages as bits, and back; what ``Compressor.bits`` counts is what they send."""

from eftheory.compressors.coding.message import Message as Message
