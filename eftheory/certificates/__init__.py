"""Certificates: plain data, one JSON format, a digest. The format is described in FORMAT.md."""

from eftheory.certificates.certificate import Block, Certificate, ClassBound, Lower, Upper
from eftheory.certificates.codec import read_certificate
from eftheory.certificates.document import FORMAT, CertificateError, digest, load

__all__ = ["FORMAT", "Block", "Certificate", "CertificateError", "ClassBound", "Lower", "Upper"]
__all__ += ["digest", "load", "read_certificate"]
