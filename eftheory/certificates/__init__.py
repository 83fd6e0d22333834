"""Certificates: plain data, one JSON format, a digest. The format is described in FORMAT.md."""

from eftheory.certificates.certificate import Block as Block
from eftheory.certificates.certificate import Certificate as Certificate
from eftheory.certificates.certificate import ClassBound as ClassBound
from eftheory.certificates.certificate import Lower as Lower
from eftheory.certificates.certificate import Upper as Upper
from eftheory.certificates.document import FORMAT as FORMAT
from eftheory.certificates.document import CertificateError as CertificateError
from eftheory.certificates.document import digest as digest
from eftheory.certificates.document import load as load
from eftheory.certificates.document import seal as seal
from eftheory.certificates.codec import read_certificate as read_certificate
from eftheory.certificates.codec import write_certificate as write_certificate
