"""What patterns mean in Go."""

from __future__ import annotations

import pytest
from finding import lines

CODE = """
    package shop

    import (
        "crypto/md5"
        sum "crypto/sha1"
        "example.org/cart/v2"
        "net/http"
    )

    const rate = "low"

    type Order struct {
        Name string
        Paid bool
    }

    func (o *Order) Total(w http.ResponseWriter, r *http.Request) (int, error) {
        price := "free"
        var tax, fee = split(o)
        tag(price)
        tag("free")
        if ok := check(r); !ok {
            return 0, errClosed
        }
        tag(rate)
        md5.New()
        sum.New()
        cart.Open()
        one := &http.Cookie{Name: "a", Secure: true}
        two := http.Cookie{Name: "b"}
        go func() { tag(`raw`) }()
        defer tag([]byte("x"))
        for _, item := range o.Items {
            tag(item)
        }
        r.URL.Query().Get("q")
        price = "dear"
        switch tax {
        case 1:
            tag(fee)
        }
        return tax + fee, nil
    }
"""

REPORTS = [
    pytest.param("$X := $Y", [18, 22, 29, 30], id="short declarations"),
    pytest.param("$X = ...", [10, 18, 19, 22, 29, 30, 37], id="assignments are declarations too"),
    pytest.param("var $X = ...", [10, 19], id="declarations, constants among them"),
    pytest.param("var $X, $Y = split(...)", [19], id="declarations of two names"),
    pytest.param("$A, $B := $C", [], id="no short declaration of two names"),
    pytest.param('tag("free")', [20, 21], id="names with a constant value"),
    pytest.param('tag("low")', [25], id="constants of the package"),
    pytest.param('tag("raw")', [31], id="raw texts are texts"),
    pytest.param("md5.New()", [26], id="a package by the end of its path"),
    pytest.param("sha1.New()", [27], id="a package under another name"),
    pytest.param("cart.Open()", [28], id="a package whose path ends with a version"),
    pytest.param('import "crypto/md5"', [3], id="an import among others"),
    pytest.param('import "crypto"', [3], id="an import by the start of its path"),
    pytest.param("http.Cookie{..., Secure: true, ...}", [29], id="a field among others"),
    pytest.param("http.Cookie{...}", [29, 30], id="literals with and without address"),
    pytest.param("&http.Cookie{...}", [29], id="literals with their address"),
    pytest.param("($R : *http.Request).$M", [36], id="members of what has a type"),
    pytest.param("check(($R : *http.Request))", [22], id="arguments that have a type"),
    pytest.param("func $F(..., $R *http.Request, ...) { ... }", [17], id="functions by a parameter"),
    pytest.param("func ($O *Order) $F(...) (..., error) { ... }", [17], id="methods by receiver and results"),
    pytest.param("func(...) { ... }", [31], id="functions without a name"),
    pytest.param("if $C { ... }", [22], id="conditions after a statement"),
    pytest.param("for $I, $V := range $L { ... }", [33], id="loops over a range"),
    pytest.param("type $T struct { ... }", [12], id="types"),
    pytest.param("$X.URL. ... .Get($Y)", [36], id="chains"),
    pytest.param("[]byte($X)", [32], id="conversions"),
    pytest.param("return ..., nil", [42], id="results"),
    pytest.param("go func() { ... }()", [31], id="goroutines"),
]

LEAVES_ALONE = [
    pytest.param('$X := "dear"', id="an assignment is no short declaration"),
    pytest.param("const $X = split(...)", id="a variable is no constant"),
    pytest.param('http.Cookie{Name: "a"}', id="fields that are not named"),
    pytest.param("http.Cookie{Secure: true, Secure: true}", id="a field twice"),
    pytest.param("check(($R : *http.Response))", id="another type"),
    pytest.param("func $F(..., $R *http.Response, ...) { ... }", id="another parameter"),
    pytest.param('tag("dear")', id="a value given later"),
    pytest.param('import "md5"', id="the end of a path"),
]


@pytest.mark.parametrize(("pattern", "expected"), REPORTS)
def test_reports(pattern: str, expected: list[int]) -> None:
    assert lines("go", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE)
def test_leaves_alone(pattern: str) -> None:
    assert lines("go", pattern, CODE) == []


def test_fields_have_the_types_of_their_declaration() -> None:
    code = """
        package shop

        type Till struct {
            Request *http.Request
            name    string
        }

        func (t *Till) Open(files ...string) {
            tag(t.Request.URL)
            tag(t.name)
            box := &Till{}
            tag(box.Request)
            list := make([]string, 2)
        }
    """
    assert lines("go", "($R : *http.Request).URL", code) == [9]
    assert lines("go", "tag(($R : *http.Request))", code) == [12]
    assert lines("go", "tag(($N : string))", code) == [10]
    assert lines("go", "[]string{...}", code) == [13]
    assert lines("go", "func $F(..., $X string, ...) { ... }", code) == []


def test_statements_of_a_case_follow_one_another() -> None:
    code = """
        package shop

        func pay(n int) {
            switch n {
            case 1:
                sum, err := split(n)
                tag(sum)
            }
        }
    """
    assert lines("go", "$S, $E := split(...)\n...\ntag($S)", code) == [6]
