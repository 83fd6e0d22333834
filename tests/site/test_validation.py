"""Each rule finds its fault, and a good page has none."""

import pytest

from eftheory.site.validation import faults

HEAD = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>T</title></head><body>'
GOOD = """<h1 id="top">T</h1><h2>A</h2><h3>B</h3><h2>C</h2>
<p><a href="#top">up</a> <a href="./"><img src="x.svg" alt="home"></a> <a href="./" aria-label="home"></a></p>
<img src="y.svg" alt="">
<label for="q">Query</label><input id="q" type="search"><label>Step <input type="range"></label>
<select aria-label="method"><option>EF</option></select><input type="hidden">
<button><span>Go</span></button><a id="anchor"></a>
<details><summary>more</summary><p>x</p></details>
<div role="group" aria-labelledby="top" aria-describedby="q anchor"></div>
<svg role="img" aria-label="a line"><path d="M0 0"/></svg>
<math><mi>x</mi><mo>&lt;</mo><mn>1</mn></math>
<table><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>
<search><p role="status"></p></search>"""


def page(body, head=HEAD):
    return f"{head}{body}</body></html>"


def test_a_good_page_has_no_faults():
    assert list(faults(page(GOOD))) == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("<p><div>x</div></p>", "line 13"),
        ("<span>", "line 13"),
        ("<p>a < b</p>", "line 13"),
        ("<p class='a' class='b'>x</p>", "line 13"),
        ("<p id='top'>x</p>", "id 'top' is there 2 times"),
        ("<p id='one two'>x</p>", "id 'one two' is empty or has a blank"),
        ("<p id=''>x</p>", "id '' is empty or has a blank"),
        ("<img src='x.svg'>", "no alt: <img"),
        ("<svg role='img'></svg>", "no name: <svg"),
        ("<p aria-labelledby='gone'>x</p>", "aria-labelledby leads to no id 'gone'"),
        ("<p aria-describedby='top gone'>x</p>", "aria-describedby leads to no id 'gone'"),
        ("<button aria-controls='gone'>x</button>", "aria-controls leads to no id 'gone'"),
        ("<label for='gone'>x</label>", "for leads to no id 'gone'"),
        ("<h4>x</h4>", "h4 after h2: no level is left out"),
        ("<h1>x</h1>", "2 h1: a page has one"),
        ("<a href='./'></a>", "no name: <a"),
        ("<a href='./'><span aria-hidden='true'>x</span></a>", "no name: <a"),
        ("<a href='./'><img src='x.svg' alt=''></a>", "no name: <a"),
        ("<button> </button>", "no name: <button"),
        ("<details><summary></summary></details>", "no name: <summary"),
        ("<input type='range'>", "no label: <input"),
        ("<textarea></textarea>", "no label: <textarea"),
        ("<p style='color: red'>x</p>", "a style of its own: <p"),
        ("<script>x</script>", "a script in the page: <script"),
        ("<a href=/x.html>x</a>", "href from the root"),
        ("<button onclick='x()'>x</button>", "onclick in the page"),
    ],
)
def test_a_fault_is_told(body, says):
    found = list(faults(page(f"{GOOD}\n{body}")))
    assert any(says in fault for fault in found), found


@pytest.mark.parametrize(
    ("html", "says"),
    [
        (page("<h1>T</h1>", HEAD.replace(' lang="en"', "")), "no lang"),
        (page("<h1>T</h1>", HEAD.replace("<title>T</title>", "<title> </title>")), "no title"),
        (page("<p>T</p>"), "0 h1"),
        (page("<h2>T</h2><h1>T</h1>"), "h2 after nothing"),
        (page("<h1>T</h1>").replace("<!DOCTYPE html>", ""), "line 1"),
    ],
)
def test_a_fault_of_the_whole_page_is_told(html, says):
    found = list(faults(html))
    assert any(says in fault for fault in found), found
