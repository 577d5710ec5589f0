"""`code_analysis` through the door everybody uses: a rule as written, the bytes of a file, and what is reported where."""

from __future__ import annotations

import pytest
from assignment_texts import TEXTS
from class_texts import OTHERS, PYTHON
from hypothesis import given
from hypothesis import strategies as st
from rule_world import check, file_in, marked, plugin, rule, shown

from ospec_guard.document import read_yaml, validate
from ospec_guard.kinds import code_analysis as kind
from ospec_guard.languages import LANGUAGES
from ospec_guard.protocols import CompileError
from ospec_guard.regular import compile_regex

SPEC = {each.id: each for each in plugin("compliance-guardrails")}


def reported(path: str, text: str, **keys: object) -> list[str]:
    return shown(check(path, text, rule(**keys)), text)


# The specification's own rules.


@pytest.mark.parametrize("where", PYTHON)
def test_data_classification(where):
    text, expected = marked(PYTHON[where])
    assert shown(check("app/models.py", text, SPEC["data_classification"]), text) == expected


@pytest.mark.parametrize(
    ("language", "marked_text"),
    [pytest.param(name, text, id=f"{name}-{n}") for name, texts in OTHERS.items() for n, text in enumerate(texts)],
)
def test_classes_in_other_languages(language, marked_text):
    text, expected = marked(marked_text)
    assert reported(file_in(language), text, pattern=r"class \w*Model", requires="@data-classification:") == expected


def test_encryption_required_is_tried_in_every_language_with_a_grammar():
    assert TEXTS.keys() == {name for name, language in LANGUAGES.items() if language.grammar}


@pytest.mark.parametrize("language", TEXTS)
def test_encryption_required(language):
    text, expected = marked(TEXTS[language])
    path = "src/a.tsx" if language == "tsx" else file_in(language)
    found = shown(check(path, text, SPEC["encryption_required"]), text)
    lines = text.splitlines()
    assert [(one, lines[int(one.split(":")[0]) - 1]) for one in found] == [
        (one, lines[int(one.split(":")[0]) - 1]) for one in expected
    ]


def test_what_a_finding_says():
    [finding] = check("a.py", "def f():\n    password = raw\n", SPEC["encryption_required"]).findings
    assert finding.message == "Sensitive data must be encrypted: nothing in this assignment matches 'encrypt|hash|cipher'"
    assert finding.definition == "f"


# Where `requires` is looked for.


@pytest.mark.parametrize(
    ("context", "text"),
    [
        pytest.param("line", "open(a)  # safe\n", id="line-comment"),
        pytest.param("line", "safe(open(a))\n", id="line-before"),
        pytest.param("line", "open(\n    safe(a))\n", id="line-match-over-two-lines"),
        pytest.param("file", "open(a)\n\n\ndef safe(): pass\n", id="file-below"),
        pytest.param("file", "# safe\nopen(a)\n", id="file-above"),
        pytest.param("block", "open(\n    a,\n    safe,\n)\n", id="block-statement"),
        pytest.param("block", "with open(a) as b:\n    safe(b)\n", id="block-of-a-head"),
        pytest.param("block", "# safe\nopen(a)\n", id="block-comment-above"),
    ],
)
def test_leaves_alone_what_its_context_excuses(context, text):
    assert reported("a.py", text, pattern=r"open\(\s*\w*", requires="safe", context=context) == []


@pytest.mark.parametrize(
    ("context", "text"),
    [
        pytest.param("line", "# safe\n«open(a»)\n# safe\n", id="line-neighbours"),
        pytest.param("line", "x = «open(a»,\n    safe)\n", id="line-of-the-match-alone"),
        pytest.param("file", "«open(a»)\n«open(b»)\n", id="file"),
        pytest.param("block", "«open(a»)\nsafe()\n", id="block-next-statement"),
        pytest.param("block", "def safe():\n    «open(a»)\n", id="block-definition-around"),
    ],
)
def test_reports_what_its_context_does_not_excuse(context, text):
    plain, expected = marked(text)
    assert reported("a.py", plain, pattern=r"open\(\s*\w*", requires="safe", context=context) == expected


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        pytest.param({}, "«eval»(a)  # «eval»(b)\n'«eval»'\n'''«eval»'''\n", id="everywhere"),
        pytest.param({"context": "block"}, "«eval»(a)  # eval(b)\n('«eval»')\n'''eval'''\n", id="block-outside-of-prose"),
        pytest.param({"context": "line"}, "«eval»(a)  # «eval»(b)\n", id="line-everywhere"),
        pytest.param({"context": "assignment"}, "«eval» = eval(a)  # eval = b\n", id="assigned-names"),
    ],
)
def test_without_requires_every_match_counts(keys, text):
    plain, expected = marked(text)
    assert reported("a.py", plain, pattern="eval", **keys) == expected


@pytest.mark.parametrize(
    ("requires", "expected"),
    [
        pytest.param("encrypt", ["2:1 password", "3:1 password"], id="one"),
        pytest.param(["encrypt", "hash"], ["3:1 password"], id="either"),
        pytest.param(["encrypt", "^password = p"], ["2:1 password"], id="anchors-stay-each-its-own"),
    ],
)
def test_requires_may_be_a_list(requires, expected):
    text = "password = encrypt(a)\npassword = hash(a)\npassword = plain(a)\n"
    assert reported("a.py", text, pattern="password", requires=requires, context="assignment") == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("user, password = ask(form)\n", id="not-paired"),
        pytest.param("user, password = a, b\n", id="paired"),
        pytest.param("a.password = b.password = c\n", id="chained"),
        pytest.param("user, password = 'x', (  # why\n    b)\n", id="without-its-comment"),
    ],
)
def test_each_of_several_targets_is_read_as_an_assignment_of_its_own(text):
    keys = {"pattern": "password", "requires": r"password = [^'\"]", "context": "assignment"}
    assert reported("a.py", text, **keys) == []
    assert reported("a.py", "user, password = a, 'text'\n", **keys) == ["1:7 password"]


def test_triggers_share_a_context_and_may_have_their_own():
    text = "secret = 1\ntoken = 2  # hash\nprint(secret, token)\n"
    keys = {
        "context": "assignment",
        "triggers": [{"pattern": "secret", "requires": "hash"}, {"pattern": "token", "requires": "hash", "context": "line"}],
    }
    assert reported("a.py", text, **keys) == ["1:1 secret", "3:15 token"]


def test_two_triggers_that_find_the_same_report_it_once():
    assert reported("a.py", "eval(a)\n", triggers=[{"pattern": "eval"}, {"pattern": r"ev\w+"}]) == ["1:1 eval"]


# Without a grammar.


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("a.pl", "my $«password» = $raw;\nmy $password = hash($raw);\n", id="perl"),
        pytest.param("a.ini", "[a]\n«password» = raw\npassword_hash = raw\n", id="ini"),
        pytest.param("a.unheard-of", "let «password» be raw\nlet password be hashed\n", id="unknown-extension"),
        pytest.param("Makefile.unknown", "«password»=raw\n", id="unknown-name"),
    ],
)
def test_a_line_stands_for_blocks_and_assignments(path, text):
    plain, expected = marked(text)
    for context in ("block", "assignment"):
        result = check(path, plain, rule(pattern="password", requires="hash", context=context))
        assert shown(result, plain) == expected
        assert {f.message for f in result.findings} == {"r: nothing in this line matches 'hash'"}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param(
            "a.ini", "; password = raw\n  # password = raw\n[a]\n«password» = raw\n", id="comments-on-lines-of-their-own"
        ),
        pytest.param("a.pl", "my $x = q( # ); my $«password» = $raw;\n", id="what-only-looks-like-a-comment"),
        pytest.param("a.unheard-of", "# «password» = raw\n", id="no-comments-we-know"),
    ],
)
def test_comments_without_a_grammar(path, text):
    plain, expected = marked(text)
    assert reported(path, plain, pattern="password", requires="hash", context="assignment") == expected


def test_anchors_to_the_ends_of_a_name_find_it_where_no_name_can_be_told():
    keys = {"pattern": "^password$", "requires": "hash", "context": "assignment"}
    assert reported("a.ini", "  password = raw\n", **keys) == ["1:3 password"]


@pytest.mark.parametrize("path", ["README.md", "notes.txt", "LICENSE", "docs/index.rst", "de.po", "export.csv"])
def test_prose_is_left_alone(path):
    assert shown(check(path, "password = raw\nclass UserModel:\n", *SPEC.values()), "") == []


def test_prose_is_looked_at_by_rules_that_name_it():
    assert reported("README.md", "password\n", pattern="password", languages=["markdown"]) == ["1:1 password"]
    assert reported("README.md", "password\n", pattern="password", languages=["generic"]) == ["1:1 password"]


# Expressions.


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        pytest.param("^password", "«password» = 1\nx = password\n", id="start-of-a-line"),
        pytest.param("1$", "password = «1»\nx = 1 + 2\n", id="end-of-a-line"),
        pytest.param(r"\bpass\b", "password = «pass»\n", id="words"),
        pytest.param("PASS", "pass = «PASS»\n", id="letters-count-as-written"),
        pytest.param("(?i)PASS", "«pass» = «PASS»\n", id="unless-said-otherwise"),
        pytest.param("a.b", "a = 1\nb = «a.b»\n", id="dot-stops-at-the-end-of-a-line"),
        pytest.param("(?s)1.b", "a = «1\nb» = 2\n", id="unless-said-otherwise-too"),
        pytest.param("ä+", "x = '«ää»'\n", id="letters-of-any-alphabet"),
        pytest.param(r"\w+", "«x» = 'ä'\n", id="word-characters-are-ascii"),
        pytest.param(r"\s+open\(", "if a:\n    «open(»)\n", id="white-space-around-is-not-the-place"),
        pytest.param(r"[^.\w]open\(", "x\n«open(»)\n", id="a-line-end-before-is-not-the-place"),
        pytest.param(r"[ ]+$", "a = 1«  »\n", id="white-space-alone-is"),
        pytest.param(r"open(?!\(safe)", "«open»(a)\nopen(safe)\n", id="look-ahead"),
        pytest.param(r"(?<!\.)open", "«open»(a)\nb.open(a)\n", id="look-behind"),
        pytest.param(r"(\w) == \1\b", "a == b\n«a == a»\n", id="back-reference"),
    ],
)
def test_where_expressions_match(pattern, text):
    plain, expected = marked(text)
    assert reported("a.py", plain, pattern=pattern) == expected


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        pytest.param("^password$", "«password» = 1\nold_password = 1\npassword_old = 1\n", id="both-ends"),
        pytest.param("^pass", "«pass»word = 1\nold_password = 1\n", id="start"),
        pytest.param("word$", "pass«word» = 1\npassword_old = 1\n", id="end"),
        pytest.param(r"\Apass\w+\z", "«password» = 1\nold_password = 1\n", id="ends-of-the-text"),
        pytest.param(r"(?:^|_)key\b", "«key» = 1\nmonkey = 1\nmy«_key» = 1\nkey_my = 1\n", id="either-of"),
        pytest.param(r"^\bself\.password$", "«self.password» = 1\nother.password = 1\n", id="attribute"),
        pytest.param(r"(?<!old_)password", "«password» = 1\nold_password = 1\n", id="look-behind"),
    ],
)
def test_anchors_are_the_ends_of_an_assigned_name(pattern, text):
    plain, expected = marked(text)
    assert reported("a.py", plain, pattern=pattern, context="assignment") == expected


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        pytest.param({}, "x = «eval(a)»\ny = b\n", id="end-of-a-line"),
        pytest.param({"context": "block"}, "# c\n«eval(a)»\n", id="code-after-a-comment"),
        pytest.param({"requires": "safe"}, "# safe\neval(a)\n\n# safe\n\n«eval(b)»\n", id="blank-lines"),
        pytest.param({"requires": "safe", "context": "line"}, "# safe\n«eval(a)»\n", id="line"),
    ],
)
@pytest.mark.parametrize("end", [pytest.param("\n", id="lf"), pytest.param("\r\n", id="crlf"), pytest.param("\r", id="cr")])
def test_a_line_is_a_line_however_it_ends(keys, text, end):
    plain, expected = marked(text)
    result = check("a.py", plain.replace("\n", end), rule(pattern=r"eval\(\w\)$", **keys))
    assert shown(result, plain) == expected


def test_an_expression_out_of_time_is_a_gap():
    text = "x = '" + "a" * 4000 + "'\n"
    result = check("a.py", text, rule(pattern=r"(?=a)(a|aa)+(a|aa)+(a|aa)+b"), rule(pattern="x"))
    assert [gap.id for gap in result.gaps] == ["gap/timeout"]
    assert [finding.span.line for finding in result.findings if finding.span] == [1]


# What does not parse.


@pytest.mark.parametrize(
    ("keys", "text", "expected"),
    [
        pytest.param(
            {"context": "assignment"}, "password = = 3\npassword = 2\n", ["2:1 password", "gap/parse 1-1"], id="assignment"
        ),
        pytest.param({"context": "assignment"}, "user = = 3\npassword = 2\n", ["2:1 password"], id="assignment-elsewhere"),
        pytest.param({"context": "assignment"}, "user = = 3  # password\n", [], id="assignment-comment"),
        pytest.param({}, "user = = password\nx = password\n", ["2:5 password", "gap/parse 1-1"], id="block"),
        pytest.param({}, "user = = 3\nx = password\n", ["2:5 password"], id="block-elsewhere"),
        pytest.param({}, "user = = 3  # password\n", [], id="block-comment"),
        pytest.param({"context": "line"}, "user = = password\n", ["1:10 password"], id="line-needs-no-structure"),
        pytest.param({"context": "file"}, "user = = password\n", ["1:10 password"], id="file-needs-no-structure"),
    ],
)
def test_a_gap_where_a_match_could_hide(keys, text, expected):
    assert reported("a.py", text, pattern="password", requires="hash", **keys) == expected


@pytest.mark.parametrize("path", ["a.html", "a.css"])
def test_no_gap_where_the_language_assigns_nothing(path):
    text = '<a {% if "x" %}password="{{ y|z:"}"password }}"\n}}} password: = {\n'
    assert reported(path, text, pattern="password", requires="hash", context="assignment") == []
    assert "gap/parse" in " ".join(reported(path, text, pattern="password", requires="hash"))


def test_anchors_do_not_hide_a_name_in_what_does_not_parse():
    keys = {"pattern": "^password$", "context": "assignment", "requires": "hash"}
    assert reported("a.py", "password = = 3\n", **keys) == ["gap/parse 1-1"]


def test_a_match_needs_no_structure_to_be_one_without_requires():
    assert reported("a.py", "user = = password\n", pattern="password", context="block") == ["1:10 password"]


def test_what_a_gap_says():
    text = "def f(:\n    password = = 2\n" + "\n" * 3
    [gap] = check("a.py", "password = = 3\n", rule(pattern="password", requires="hash")).gaps
    assert (gap.id, gap.rule_id, gap.message) == ("gap/parse", "r", "line 1 did not parse, and the rule could match there")
    gaps = check("a.py", text, rule(pattern="password", requires="hash")).gaps
    assert all(each.message.startswith("line") and each.fingerprint for each in gaps)


# Bytes.


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        pytest.param(b"x = 1\r\npassword = 2\r\n", 2, 1, id="windows-line-ends"),
        pytest.param(b"x = 1\rpassword = 2\r", 2, 1, id="lone-carriage-returns"),
        pytest.param(b"if x:\n\tpassword = 2\n", 2, 2, id="a-tab-is-a-column"),
        pytest.param(b"\xef\xbb\xbfpassword = 2\n", 1, 1, id="byte-order-mark"),
        pytest.param("x = 'é'; password = 2\n".encode("utf-16"), 1, 10, id="utf-16-le"),
        pytest.param(b"\xfe\xff" + "x = 'é'; password = 2\n".encode("utf-16-be"), 1, 10, id="utf-16-be"),
        pytest.param("x = 'é'; password = 2\n".encode("latin-1"), 1, 10, id="latin-1"),
        pytest.param("x = 'é'; password = 2\n".encode(), 1, 10, id="two-bytes-are-a-column"),
        pytest.param("x = '€𝄞'; password = 2\n".encode(), 1, 11, id="three-and-four-bytes-are-a-column-each"),
        pytest.param("x = 'e\u0301'; password = 2\n".encode(), 1, 11, id="a-combining-mark-is-a-column"),
        pytest.param(b"x = 1\f\npassword = 2", 2, 1, id="form-feed-and-no-last-line-end"),
    ],
)
def test_lines_and_columns_counted_by_hand(data, line, column):
    for context in ("assignment", "block", "line", "file"):
        [finding] = check("a.py", data, rule(pattern="password", requires="hash", context=context)).findings
        assert finding.span is not None
        assert (finding.span.line, finding.span.column, finding.span.end_column) == (line, column, column + 8)


# What can never work.


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("{}", "expected 'pattern' or a non-empty list of 'triggers'", id="nothing"),
        pytest.param("{triggers: []}", "expected 'pattern' or a non-empty list of 'triggers'", id="no-trigger"),
        pytest.param("{pattern: a, triggers: [{pattern: b}]}", "'pattern' and 'triggers' exclude each other", id="both"),
        pytest.param(
            "{requires: a, triggers: [{pattern: b}]}", "'requires' belongs beside each trigger's 'pattern'", id="requires-apart"
        ),
    ],
)
def test_a_rule_that_can_never_work(text, message):
    raw, problems = validate(read_yaml(text.encode(), "r.yaml"), kind.Schema)
    assert raw is not None
    assert not problems
    with pytest.raises(CompileError) as raised:
        kind.compile(raw)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        pytest.param("pattern: 'a('", "r.yaml:1:10", "missing", id="neither-engine-takes-it"),
        pytest.param("pattern: 'a*'", "r.yaml:1:10", "matches the empty text, so it matches everywhere", id="matches-nothing"),
        pytest.param("pattern: a\nrequires: 'x|'", "r.yaml:2:11", "matches the empty text", id="requires-nothing"),
        pytest.param("pattern: a\nrequires: [a, '(']", "r.yaml:2:15", "missing", id="one-of-a-list"),
        pytest.param("triggers:\n- pattern: '['", "r.yaml:2:12", "", id="in-a-trigger"),
        pytest.param("pattern: a\ncontext: blok", "r.yaml:2:10", "did you mean 'block'?", id="context"),
        pytest.param("pattern: a\ntriger: []", "r.yaml:2:1", "did you mean 'triggers'?", id="unknown-key"),
    ],
)
def test_what_is_no_rule_is_told_with_its_place(text, place, words):
    raw, problems = validate(read_yaml(text.encode(), "r.yaml"), kind.Schema)
    assert raw is None
    assert words in " ".join(str(problem) for problem in problems)
    assert place.rpartition(":")[0] in str(problems[0].place)


# Which files are worth a look.


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        pytest.param("^password$", "password", id="anchors"),
        pytest.param(r"(?:^|[_.\W])key$", "key", id="one-of-them"),
        pytest.param(r"[^a]b$", "xb", id="a-class-is-none"),
        pytest.param(r"[]^$]b$", "$b", id="nor-one-that-starts-with-its-end"),
        pytest.param(r"[^]$]b$", "cb", id="nor-one-that-starts-with-both"),
        pytest.param(r"[[:alpha:]$]b$", "$b", id="nor-one-with-a-named-class"),
        pytest.param(r"\^a\$$", "^a$", id="an-escape-is-none"),
        pytest.param(r"\\$", "\\", id="an-escaped-escape-is-none"),
        pytest.param(r"\Q^$\E$", "^$", id="nor-a-quotation"),
        pytest.param(r"\Akey\z", "key", id="ends-of-the-text"),
        pytest.param(r"\Bkey\b", "xkey", id="boundaries"),
    ],
)
def test_the_prefilter_of_an_assignment_finds_its_name_in_a_line(pattern, name):
    assert compile_regex(pattern).search(name.encode()) is not None
    [required] = kind.prefilter(rule(pattern=pattern, context="assignment").options)
    assert compile_regex(required).search(f"a {name}z = 1".encode()) is not None


pieces = st.sampled_from(
    ["a", "b", "_", "^", "$", r"\b", r"\B", r"\A", r"\z", "[^a]", "[a$]", "(?:a|^)", "b?", r"\w", "a{1,2}", "(?i)A"]
)


@given(
    st.lists(pieces, min_size=1, max_size=6),
    st.text("abA_ ", max_size=6),
    st.text("ab_ ", max_size=3),
    st.text("ab_ ", max_size=3),
)
def test_what_an_expression_finds_in_a_name_its_prefilter_finds_in_the_text(parts, name, before, after):
    pattern = "".join(parts)
    if compile_regex(pattern).search(name.encode()) is not None and compile_regex(pattern).search(b"") is None:
        [required] = kind.prefilter(kind.Options((kind.Trigger(pattern, "", "assignment"),)))
        assert compile_regex(required).search((before + name + after).encode()) is not None


# How it is explained.


@pytest.mark.parametrize(
    ("keys", "language", "sentence"),
    [
        pytest.param({}, "python", "reports /a/; runs on RE2", id="everywhere"),
        pytest.param({"context": "block"}, "python", "reports /a/ outside of comments; runs on RE2", id="in-code"),
        pytest.param(
            {"requires": "b"},
            "python",
            "reports /a/ outside of comments unless /b/ is found in the same block; runs on RE2",
            id="block",
        ),
        pytest.param(
            {"requires": "b", "context": "assignment"},
            "python",
            "reports /a/ in the name of an assignment unless /b/ is found in the same assignment; runs on RE2",
            id="assignment",
        ),
        pytest.param(
            {"requires": "b", "context": "assignment"},
            "perl",
            "reports /a/ outside of comments unless /b/ is found in the same line (no grammar for perl, so 'assignment' falls back to it); runs on RE2",
            id="fallback",
        ),
    ],
)
def test_explain(keys, language, sentence):
    assert list(kind.explain(rule(pattern="a", **keys).options, LANGUAGES[language])) == [sentence]


def test_explain_names_the_slower_engine():
    [sentence] = kind.explain(rule(pattern="a(?!b)").options, None)
    assert sentence == "reports /a(?!b)/; runs on the regex module, under a time limit"
