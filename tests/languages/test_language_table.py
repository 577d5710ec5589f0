"""Which language a file or a name is."""

from __future__ import annotations

from collections import Counter

import pytest

from ospec_guard.languages import LANGUAGES, by_name, identify


@pytest.mark.parametrize(
    ("path", "first_line", "expected"),
    [
        pytest.param("a.py", b"", "python", id="extension"),
        pytest.param("src/deep/A.PY", b"", "python", id="extension in capitals"),
        pytest.param("src\\win\\a.py", b"", "python", id="backslashes"),
        pytest.param("a.tar.py", b"", "python", id="last extension"),
        pytest.param("stub.pyi", b"", "python", id="stub"),
        pytest.param("a.js", b"#!/bin/sh", "javascript", id="extension outweighs the interpreter"),
        pytest.param("a.jsx", b"", "javascript", id="jsx"),
        pytest.param("a.mjs", b"", "javascript", id="mjs"),
        pytest.param("a.ts", b"", "typescript", id="ts"),
        pytest.param("a.d.ts", b"", "typescript", id="declarations"),
        pytest.param("a.tsx", b"", "typescript", id="tsx is typescript"),
        pytest.param("a.h", b"", "c", id="header"),
        pytest.param("a.hpp", b"", "cpp", id="c++ header"),
        pytest.param("a.cs", b"", "csharp", id="c#"),
        pytest.param("main.tf", b"", "hcl", id="terraform"),
        pytest.param("Dockerfile", b"", "dockerfile", id="dockerfile"),
        pytest.param("sub/Dockerfile.prod", b"", "dockerfile", id="dockerfile with a suffix"),
        pytest.param("web.Dockerfile", b"", "dockerfile", id="dockerfile as extension"),
        pytest.param("Containerfile", b"", "dockerfile", id="containerfile"),
        pytest.param("dockerfile_test.go", b"", "go", id="an extension outweighs the beginning of a name"),
        pytest.param("Gemfile", b"", "ruby", id="gemfile"),
        pytest.param("Makefile", b"", "makefile", id="makefile"),
        pytest.param("requirements.txt", b"", "requirements", id="requirements"),
        pytest.param("requirements-dev.txt", b"", "requirements", id="requirements with a suffix"),
        pytest.param("deps/test_requirements.txt", b"", "requirements", id="requirements with a prefix"),
        pytest.param("constraints.txt", b"", "requirements", id="constraints"),
        pytest.param("CMakeLists.txt", b"", "cmake", id="cmake"),
        pytest.param(".env", b"", "dotenv", id="dotenv"),
        pytest.param(".env.local", b"", "dotenv", id="dotenv with a suffix"),
        pytest.param("prod.env", b"", "dotenv", id="dotenv as extension"),
        pytest.param(".gitignore", b"", "ignore", id="gitignore"),
        pytest.param(".bashrc", b"", "bash", id="dot file"),
        pytest.param("package-lock.json", b"", "json", id="lock file in json"),
        pytest.param("poetry.lock", b"", "toml", id="lock file in toml"),
        pytest.param("run", b"#!/bin/bash -e\n", "bash", id="interpreter"),
        pytest.param("run", b"#!/usr/bin/env python3.11\n", "python", id="env and version"),
        pytest.param("run", b"#!/usr/bin/env -S FOO=1 node --flag\r\n", "javascript", id="env with options"),
        pytest.param("run", b"#! /usr/bin/perl -w", "perl", id="space after the mark"),
        pytest.param("run.weird", b"#!/usr/bin/env ruby", "ruby", id="interpreter beside an unknown extension"),
        pytest.param("INSTALL", b"#!/bin/sh", "bash", id="an interpreter outweighs prose"),
        pytest.param("server.pem", b"", "key", id="key"),
        pytest.param("work.ipynb", b"", "notebook", id="notebook"),
        pytest.param("App.vue", b"", "vue", id="vue"),
    ],
)
def test_identify_code(path: str, first_line: bytes, expected: str) -> None:
    language = identify(path, first_line)
    assert (language.name, language.prose) == (expected, False)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("notes.txt", "text", id="txt"),
        pytest.param("LICENSE", "text", id="license"),
        pytest.param("License.MIT", "text", id="license with a suffix"),
        pytest.param("README", "text", id="readme"),
        pytest.param("README.md", "markdown", id="markdown"),
        pytest.param("docs/index.rst", "rst", id="rst"),
        pytest.param("a.csv", "csv", id="csv"),
        pytest.param("fr.po", "gettext", id="gettext"),
        pytest.param("fix.patch", "diff", id="patch"),
        pytest.param("PKG-INFO", "text", id="metadata of a package"),
        pytest.param("git.man", "roff", id="manual page"),
        pytest.param("logo.svg", "svg", id="svg"),
    ],
)
def test_identify_prose(path: str, expected: str) -> None:
    language = identify(path, b"")
    assert (language.name, language.prose) == (expected, True)


@pytest.mark.parametrize("first_line", [b'.\\" Made by hand.', b".TH GIT 1", b".Dd May 1, 2026"])
def test_identify_manual_pages_by_how_they_begin(first_line: bytes) -> None:
    assert identify("git.1", first_line) == LANGUAGES["roff"]
    assert identify("git.py", first_line).name == "python"


@pytest.mark.parametrize(
    ("path", "first_line"),
    [
        pytest.param("deploy.1", b"set -e", id="number for an extension"),
        pytest.param("data.weird", b"", id="unknown extension"),
        pytest.param("nothing", b"", id="no extension"),
        pytest.param("run", b"#!/usr/bin/env wonder", id="unknown interpreter"),
        pytest.param("run", b"#!", id="empty interpreter"),
        pytest.param("run", b"#!/usr/bin/env", id="env alone"),
        pytest.param("", b"", id="no name"),
        pytest.param("a.", b"", id="trailing dot"),
    ],
)
def test_identify_unknown(path: str, first_line: bytes) -> None:
    assert identify(path, first_line) == LANGUAGES["unknown"]


def test_a_program_called_as_prose_is_a_program() -> None:
    assert identify("license.py", b"").name == "python"
    assert identify("readme.js", b"").name == "javascript"


def test_typescript_with_and_without_jsx_differ_in_the_grammar_alone() -> None:
    plain, jsx = identify("a.ts", b""), identify("a.tsx", b"")
    assert (plain.name, plain.facts) == ("typescript", "")
    assert (jsx.name, jsx.facts) == ("typescript", "tsx")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(["py", "Python", "python2", "python3"], "python", id="python"),
        pytest.param(["js", "javascript", " JavaScript "], "javascript", id="javascript"),
        pytest.param(["ts", "typescript", "tsx"], "typescript", id="typescript"),
        pytest.param(["kt", "kotlin"], "kotlin", id="kotlin"),
        pytest.param(["C#", "csharp", "c#"], "csharp", id="csharp"),
        pytest.param(["c++", "cpp"], "cpp", id="cpp"),
        pytest.param(["c"], "c", id="c"),
        pytest.param(["go", "golang"], "go", id="go"),
        pytest.param(["rb", "ruby"], "ruby", id="ruby"),
        pytest.param(["rs", "rust"], "rust", id="rust"),
        pytest.param(["sh", "bash"], "bash", id="bash"),
        pytest.param(["hcl", "tf", "terraform"], "hcl", id="hcl"),
        pytest.param(["docker", "dockerfile"], "dockerfile", id="dockerfile"),
        pytest.param(["ex", "elixir"], "elixir", id="elixir"),
        pytest.param(["sol", "solidity"], "solidity", id="solidity"),
        pytest.param(["yaml", "yml"], "yaml", id="yaml"),
        pytest.param(["regex", "generic", "none"], "generic", id="any text"),
        pytest.param(["proto", "proto3", "protobuf"], "protobuf", id="protobuf"),
    ],
)
def test_by_name(names: list[str], expected: str) -> None:
    found = [by_name(name) for name in names]
    assert [language.name if language else None for language in found] == [expected] * len(names)


@pytest.mark.parametrize("name", ["", "pyton", "java script", ".py"])
def test_by_name_unknown(name: str) -> None:
    assert by_name(name) is None


@pytest.mark.parametrize("field", ["aliases", "extensions", "filenames", "interpreters"])
def test_nothing_stands_for_two_languages(field: str) -> None:
    counted = Counter(word for language in LANGUAGES.values() for word in getattr(language, field))
    assert [word for word, count in counted.items() if count > 1] == []
    assert [word for word in counted if word != word.lower()] == []


def test_no_alias_hides_a_name() -> None:
    aliases = {alias for language in LANGUAGES.values() for alias in language.aliases}
    assert aliases & LANGUAGES.keys() == {"tsx"}


def test_extensions_are_one_dot_and_a_word() -> None:
    wrong = [end for language in LANGUAGES.values() for end in language.extensions if end.count(".") != 1 or end[0] != "."]
    assert wrong == []


def test_languages_are_prose_or_have_a_grammar_but_not_both() -> None:
    assert [language.name for language in LANGUAGES.values() if language.prose and language.grammar] == []
