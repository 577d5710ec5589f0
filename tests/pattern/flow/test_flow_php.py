"""PHP: how values go from `source()` to `sink()`. Every row was put to Semgrep."""

from __future__ import annotations

import pytest
from flowing import expected, lines

LANGUAGE = "php"


def whole(code: str) -> str:
    """The file of a row: rows are the body of a function, beginning on its first line."""
    return f"<?php function m($c, $a, $b) {{ {code}\n}}\n"


REPORTS = [
    pytest.param("sink(source());  // hit", id="at once"),
    pytest.param("$x = source();\n$y = $x;\nsink($y);  // hit", id="assignments"),
    pytest.param("$x = 'a';\n$x = source();\nsink($x);  // hit", id="reassignment taints"),
    pytest.param("$x = source();\nsink($x);  // hit\n$x = 'a';\nsink($x);", id="reassignment comes later"),
    pytest.param("$x = $y = source();\nsink($x);  // hit", id="chained assignment"),
    pytest.param("$x = 'a';\nif ($c) { $x = source(); }\nsink($x);  // hit", id="one branch"),
    pytest.param("$x = source();\nif ($c) $x = 'a';\nsink($x);  // hit", id="one branch cleans"),
    pytest.param("if ($c):\n  $x = source();\nelse:\n  $x = 'a';\nendif;\nsink($x);  // hit", id="if with colons"),
    pytest.param("$x = 'a';\nif ($c) { } elseif ($a) { $x = source(); }\nsink($x);  // hit", id="elseif"),
    pytest.param("if ($x = source()) {\n  sink($x);  // hit\n}", id="assignment in a condition"),
    pytest.param("$x = 'a';\nwhile ($c) {\n  sink($x);  // hit\n  $x = source();\n}", id="round the loop"),
    pytest.param("$x = 'a';\ndo {\n  sink($x);  // hit\n  $x = source();\n} while ($c);", id="round do"),
    pytest.param("$x = 'a';\nfor ($i = 0; $i < 9; $i++) {\n  sink($x);  // hit\n  $x = source();\n}", id="round for"),
    pytest.param("for (;;) {\n  $x = source();\n  sink($x);  // hit\n}", id="for without anything"),
    pytest.param("foreach (source() as $x) {\n  sink($x);  // hit\n}", id="foreach"),
    pytest.param("foreach (source() as $k => $x) {\n  sink($x);  // hit\n}", id="foreach, keys and values"),
    pytest.param(
        "$x = 'a';\nwhile ($c) {\n  $x = source();\n  if ($a) break;\n  $x = 'a';\n}\nsink($x);  // hit", id="break keeps"
    ),
    pytest.param(
        "$x = 'a';\nwhile ($c) {\n  sink($x);  // hit\n  $x = source();\n  if ($a) continue;\n  $x = 'a';\n}",
        id="continue keeps",
    ),
    pytest.param("$x = source();\nif ($c) return;\nsink($x);  // hit", id="return in a branch"),
    pytest.param("$x = 'a';\ntry {\n  $x = source();\n  g();\n} catch (E $e) {\n  sink($x);  // hit\n}", id="in catch"),
    pytest.param("try {\n  $x = source();\n} finally {\n  sink($x);  // hit\n}", id="in finally"),
    pytest.param("$x = 'a';\ntry {\n  g();\n} catch (E $e) {\n  $x = source();\n}\nsink($x);  // hit", id="catch taints"),
    pytest.param("$x = 'a' . source() . 'b';\nsink($x);  // hit", id="concatenation"),
    pytest.param('$y = source();\n$x = "a $y b";\nsink($x);  // hit', id="interpolation"),
    pytest.param('$y = source();\n$x = "a {$y->f} b";\nsink($x);  // hit', id="interpolation of a field"),
    pytest.param("$y = source();\n$x = <<<E\na $y b\nE;\nsink($x);  // hit", id="heredoc"),
    pytest.param("$x = 'a';\n$x .= source();\nsink($x);  // hit", id="augmented assignment"),
    pytest.param("$x = source();\n$x .= 'a';\nsink($x);  // hit", id="augmented assignment keeps"),
    pytest.param("$x = g(1, source());\nsink($x);  // hit", id="argument to result"),
    pytest.param("$x = g(k: source());\nsink($x);  // hit", id="argument with a name to result"),
    pytest.param("sink(...source());  // hit", id="spread argument"),
    pytest.param("$x = new A(source());\nsink($x);  // hit", id="object made of it"),
    pytest.param("$x = source();\nsink($x->f()->g());  // hit", id="methods of what is tainted"),
    pytest.param("$x = source();\nsink($x->f->g);  // hit", id="fields of what is tainted"),
    pytest.param("$x = source();\nsink($x?->f);  // hit", id="field, if there is one"),
    pytest.param("$x = source();\nsink($x[0]);  // hit", id="elements of what is tainted"),
    pytest.param("$a->f = source();\nsink($a->f);  // hit\nsink($a->g);", id="field"),
    pytest.param("$this->f = source();\nsink($this->f);  // hit", id="field of this"),
    pytest.param("$a['b'] = source();\nsink($a['b']);  // hit", id="element by key"),
    pytest.param("$a[] = source();\nsink($a);  // hit", id="element at the end (more than Semgrep)"),
    pytest.param("$x = ['a', source()];\nsink($x);  // hit", id="array"),
    pytest.param("$x = array('a' => source());\nsink($x);  // hit", id="array with keys"),
    pytest.param("$x = ['a' => source()];\nsink($x['a']);  // hit", id="element of an array"),
    pytest.param("[$x, $y] = source();\nsink($y);  // hit", id="destructuring"),
    pytest.param("list($x, $y) = source();\nsink($y);  // hit", id="list"),
    pytest.param("$x = $c ? source() : 'a';\nsink($x);  // hit", id="ternary, first"),
    pytest.param("$x = $c ? 'a' : source();\nsink($x);  // hit", id="ternary, second"),
    pytest.param("$x = source() ?? 'a';\nsink($x);  // hit", id="null coalescing"),
    pytest.param("$x = (string) source();\nsink($x);  // hit", id="cast"),
    pytest.param("$x = !source();\nsink($x);  // hit", id="not"),
    pytest.param("$x = @source();\nsink($x);  // hit", id="silence"),
    pytest.param("$x = source();\nrun(function () use ($x) { sink($x); });  // hit", id="closure with use"),
    pytest.param("$x = source();\nrun(fn ($y) => sink($x));  // hit", id="arrow sees what is around it"),
    pytest.param(
        "switch ($c) {\n  case 1:\n    $x = source();\n    break;\n  default:\n    $x = 'a';\n}\nsink($x);  // hit",
        id="switch, one case",
    ),
    pytest.param(
        "switch ($c) {\n  case 1:\n    $x = source();\n  case 2:\n    sink($x);  // hit\n}", id="switch falls through"
    ),
    pytest.param("$x = source();\nclean($x);\nsink($x);  // hit", id="a sanitizer that is not used"),
    pytest.param("return sink(source());  // hit", id="sink in return"),
    pytest.param("echo sink(source());  // hit", id="sink in echo"),
    pytest.param("$x = source();\n$y = &$x;\nsink($y);  // hit", id="reference"),
    pytest.param("$x = source();\n?>\n<b><?php sink($x);  // hit", id="text of the page between"),
]

LEAVES_ALONE = [
    pytest.param("$x = source();\n$x = 'a';\nsink($x);", id="reassignment cleans"),
    pytest.param("$x = source();\n$y = 'a';\nsink($y);", id="another variable"),
    pytest.param("sink($x);\n$x = source();", id="too early"),
    pytest.param("$x = source();\nif ($c) { $x = 'a'; } else { $x = 'b'; }\nsink($x);", id="both branches clean"),
    pytest.param("$x = 'a';\nif ($c) { $x = source(); } else { sink($x); }", id="the other branch"),
    pytest.param("$x = 'a';\nif ($c) { $x = source(); return; }\nsink($x);", id="what taints returns"),
    pytest.param("$x = 'a';\nif ($c) { $x = source(); throw new E($x); }\nsink($x);", id="what taints throws"),
    pytest.param("$x = source();\ntry { g(); } finally { $x = 'a'; }\nsink($x);", id="finally cleans"),
    pytest.param("$x = clean(source());\nsink($x);", id="sanitizer around"),
    pytest.param("$x = source();\nsink(clean($x));", id="sanitizer in the sink"),
    pytest.param("$a->f = source();\n$a->f = 'c';\nsink($a->f);", id="field cleaned"),
    pytest.param("$a->f = source();\nsink($b->f);", id="field of another"),
    pytest.param("$x = source() ? 'a' : 'b';\nsink($x);", id="condition of a ternary"),
    pytest.param(
        "switch ($c) {\n  case 1:\n    $x = source();\n    break;\n  case 2:\n    sink($x);\n}", id="switch, the other case"
    ),
    pytest.param("$x = source();\n}\nfunction n($x) { sink($x);", id="another function"),
    pytest.param("$x = source();\nrun(function ($x) { sink($x); });", id="a parameter of the same name"),
    pytest.param("g(source());\nsink(g());", id="the same function, called again"),
    pytest.param("foreach ($c as $x) {\n  $y = source();\n  sink($x);\n}", id="the variable of a loop"),
    pytest.param("$x = source();\nunset($x);\nsink($y);", id="unset"),
]


@pytest.mark.parametrize("code", REPORTS)
def test_reports(code: str) -> None:
    assert lines(LANGUAGE, whole(code)) == expected(whole(code)) != []


@pytest.mark.parametrize("code", LEAVES_ALONE)
def test_leaves_alone(code: str) -> None:
    assert lines(LANGUAGE, whole(code)) == []
