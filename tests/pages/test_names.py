import pytest

from eftheory.pages.mathml import to_mathml
from eftheory.pages.names import latex_name


def test_names_in_latex():
    assert latex_name("sigma_2") == r"\sigma_{2}"
    assert latex_name("mean g") == r"\mathrm{mean}\,g"
    assert latex_name("a%b") == r"\mathrm{a\%b}"


def test_names_in_mathml():
    assert to_mathml(r"\gamma'_{1,i}") == (
        "<msubsup><mi>γ</mi><mrow><mn>1</mn><mo>,</mo><mi>i</mi></mrow><mo>′</mo></msubsup>"
    )
    with pytest.raises(ValueError, match="is not known in names"):
        to_mathml(r"\sqrt{2}")
