"""Certificates: plain data, one JSON format, a digest. The format is described in FORMAT.md."""

from eftheory.certificates.certificate import Block, Certificate, ClassBound, Lower, Upper
from eftheory.certificates.codec import read_certificate, write_certificate
from eftheory.certificates.document import FORMAT, CertificateError, digest, load, seal

__all__ = ["FORMAT", "Block", "Certificate", "CertificateError", "ClassBound", "Lower", "Upper"]
__all__ += ["digest", "load", "read_certificate", "seal", "write_certificate"]
