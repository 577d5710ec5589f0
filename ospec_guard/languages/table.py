# ruff: noqa: E501 - one line a language reads better than five
"""The table of languages, and how to find the one of a name or of a file.

A line here is all that a language without a grammar needs; one with a grammar has a module of facts beside this one.
"""

from __future__ import annotations

from functools import cache

from ospec_guard.languages.language import CommentStyle, Language
from ospec_guard.values import replace

_NONE = CommentStyle()
_C = CommentStyle(("//",), (("/*", "*/"),), ('"', "'"))
_SLASHES = CommentStyle(("//",), (), ('"', "'"))
_HASH = CommentStyle(("#",), (), ('"', "'"))
_SHELL = CommentStyle((" #",), (), ('"', "'"))
_DASHES = CommentStyle(("--",), (("/*", "*/"),), ("'", '"'))
_HASKELL = CommentStyle(("--",), (("{-", "-}"),), ('"',))
_LISP = CommentStyle((";",), (("#|", "|#"),), ('"',))
_XML = CommentStyle((), (("<!--", "-->"),))
_COMPONENT = CommentStyle((" //",), (("<!--", "-->"), ("/*", "*/")))
_TEMPLATE = CommentStyle((), (("<!--", "-->"), ("{#", "#}"), ("{{!--", "--}}"), ("<%--", "--%>"), ("<%#", "%>")))
_STARTS_HASH = CommentStyle(("^#",))
_WORD_HASH = CommentStyle((" #",))


def _code(
    name: str, aliases: str, extensions: str, filenames: str = "", interpreters: str = "", *, facts: str = ""
) -> Language:
    """A language with a grammar; the texts are lists of words."""
    return replace(_plain(name, aliases, extensions, filenames, interpreters), grammar=True, facts=facts)


def _prose(name: str, aliases: str, extensions: str, filenames: str = "", *, comments: CommentStyle = _NONE) -> Language:
    """Text that is read rather than run."""
    return replace(_plain(name, aliases, extensions, filenames, comments=comments), prose=True)


def _plain(
    name: str, aliases: str, extensions: str, filenames: str = "", interpreters: str = "", *, comments: CommentStyle = _NONE
) -> Language:
    """A language without a grammar, looked at line by line."""
    words = tuple(aliases.split()), tuple(extensions.split()), tuple(filenames.split()), tuple(interpreters.split())
    return Language(name, *words, comments=comments)


# fmt: off
_ROWS = (
    _code("python", "py python2 python3", ".py .pyi .pyw .bzl .star", "sconstruct sconscript wscript", "python pypy"),
    _code("javascript", "js jsx", ".js .jsx .mjs .cjs .es6", "jakefile", "node nodejs bun"),
    _code("typescript", "ts", ".ts .mts .cts", "", "deno ts-node tsx"),
    _code("typescript", "tsx", ".tsx", facts="tsx"),
    _code("java", "", ".java", "", "java"),
    _code("kotlin", "kt kts", ".kt .kts", "", "kotlin kotlinc"),
    _code("scala", "sc", ".scala .sc .sbt", "", "scala scala-cli amm"),
    _code("go", "golang", ".go"),
    _code("rust", "rs", ".rs", "", "rust-script"),
    _code("c", "", ".c .h"),
    _code("cpp", "c++ cxx cc", ".cpp .cc .cxx .c++ .hpp .hh .hxx .h++ .ipp .tpp .inl .ino .cu .cuh"),
    _code("csharp", "c# cs", ".cs .csx"),
    _code("swift", "", ".swift", "", "swift"),
    _code("ruby", "rb", ".rb .rake .gemspec .ru .podspec .jbuilder .thor .rbi", "rakefile gemfile guardfile podfile vagrantfile capfile fastfile appfile brewfile dangerfile berksfile", "ruby jruby rake"),
    _code("php", "", ".php .phtml .php3 .php4 .php5 .php7 .phps", "", "php"),
    _code("lua", "", ".lua .rockspec", "", "lua luajit"),
    _code("elixir", "ex exs", ".ex .exs", "", "elixir"),
    _code("ocaml", "ml", ".ml", "", "ocaml"),
    _code("solidity", "sol", ".sol"),
    _code("bash", "sh shell zsh ksh", ".sh .bash .zsh .ksh .bats .ebuild", ".bashrc .bash_profile .bash_aliases .bash_logout .profile .zshrc .zprofile .zshenv .envrc pkgbuild apkbuild", "bash sh dash zsh ksh ash bats"),
    _code("dockerfile", "docker containerfile", ".dockerfile .containerfile", "dockerfile containerfile dockerfile* containerfile*"),
    _code("hcl", "terraform tf", ".tf .hcl .tfvars .nomad .tofu"),
    _code("json", "jsonc", ".json .jsonc .geojson .webmanifest .har .avsc .tfstate .sarif .code-workspace", ".babelrc .eslintrc .prettierrc .swcrc .jshintrc composer.lock pipfile.lock .lintstagedrc deno.lock flake.lock"),
    _code("yaml", "yml", ".yaml .yml .cff", ".clang-format .clang-tidy .gemrc .yamllint pubspec.lock"),
    _code("toml", "", ".toml", "pipfile poetry.lock cargo.lock uv.lock pdm.lock gopkg.lock"),
    _code("html", "htm", ".html .htm .xhtml"),
    _code("xml", "", ".xml .xsd .xsl .xslt .wsdl .plist .csproj .vbproj .fsproj .props .targets .nuspec .resx .config .xaml .pom .rng .storyboard .xib .xliff .xlf .gpx .kml"),
    _code("css", "", ".css"),
    _plain("perl", "pl", ".pl .pm .t .psgi .pod", "cpanfile", "perl", comments=CommentStyle((" #",), (("\n=pod", "\n=cut"), ("\n=head1", "\n=cut")), ('"', "'"))),
    _plain("r", "", ".r .rprofile", "", "rscript", comments=_HASH),
    _plain("powershell", "ps1 pwsh", ".ps1 .psm1 .psd1", "", "pwsh", comments=CommentStyle((" #",), (("<#", "#>"),), ('"', "'"))),
    _plain("batch", "bat cmd", ".bat .cmd", comments=CommentStyle(("^rem ", "^REM ", "^@rem ", "^@REM ", "^::"))),
    _plain("fish", "", ".fish", "", "fish", comments=_SHELL),
    _plain("awk", "", ".awk", "", "awk gawk", comments=_SHELL),
    _plain("tcl", "", ".tcl", "", "tclsh wish expect", comments=CommentStyle((" #",), (), ('"',))),
    _plain("dart", "", ".dart", "", "dart", comments=_C),
    _plain("groovy", "gradle", ".groovy .gradle .gvy", "jenkinsfile jenkinsfile*", "groovy", comments=_C),
    _plain("objective-c", "objc objectivec", ".m .mm", comments=_C),
    _plain("d", "", ".d .di", comments=_C),
    _plain("zig", "", ".zig .zon", comments=_SLASHES),
    _plain("verilog", "systemverilog", ".v .sv .svh .vh", comments=CommentStyle(("//",), (("/*", "*/"),), ('"',))),
    _plain("vhdl", "", ".vhd .vhdl", comments=CommentStyle(("--",), (), ('"',))),
    _plain("apex", "", ".cls .trigger", comments=_C),
    _plain("cairo", "", ".cairo", comments=_SLASHES),
    _plain("circom", "", ".circom", comments=_C),
    _plain("move", "move_on_sui move_on_aptos", ".move", comments=_C),
    _plain("vyper", "", ".vy", comments=_HASH),
    _plain("hack", "", ".hack .hhi", "", "hhvm", comments=_C),
    _plain("haxe", "", ".hx", comments=_C),
    _plain("crystal", "", ".cr", "", "crystal", comments=_HASH),
    _plain("nim", "", ".nim .nims .nimble", comments=CommentStyle(("#",), (("#[", "]#"),), ('"""', '"'))),
    _plain("elm", "", ".elm", comments=_HASKELL),
    _plain("haskell", "hs", ".hs .lhs", "", "runhaskell runghc stack", comments=_HASKELL),
    _plain("purescript", "", ".purs", comments=_HASKELL),
    _plain("julia", "jl", ".jl", "", "julia", comments=CommentStyle(("#",), (("#=", "=#"),), ('"""', '"'))),
    _plain("erlang", "", ".erl .hrl", "rebar.config", "escript", comments=CommentStyle(("%",), (), ('"', "'"))),
    _plain("clojure", "clj", ".clj .cljs .cljc .edn", "", "bb clojure", comments=CommentStyle((";",), (), ('"',))),
    _plain("lisp", "common-lisp elisp emacs-lisp", ".lisp .lsp .el", "", "sbcl", comments=_LISP),
    _plain("scheme", "racket", ".scm .ss .rkt", "", "guile racket", comments=_LISP),
    _plain("fsharp", "f# fs", ".fs .fsi .fsx", comments=CommentStyle(("//",), (("(*", "*)"),), ('"""', '"'))),
    _plain("visualbasic", "vb vba vbscript", ".vb .vbs .bas", comments=CommentStyle(("'", "^rem "), (), ('"',))),
    _plain("pascal", "delphi", ".pas .dpr .lpr", comments=CommentStyle(("//",), (("{", "}"), ("(*", "*)")), ("'",))),
    _plain("fortran", "", ".f90 .f95 .f03 .f .for", comments=CommentStyle(("!",), (), ('"', "'"))),
    _plain("cobol", "", ".cob .cbl .cpy", comments=CommentStyle(("*>",), (), ('"', "'"))),
    _plain("ada", "", ".adb .ads", comments=CommentStyle(("--",), (), ('"',))),
    _plain("matlab", "octave", ".mlx .matlab", "", "octave", comments=CommentStyle(("%",), (("%{", "%}"),), ('"', "'"))),
    _plain("assembly", "asm", ".asm .s .nasm", comments=CommentStyle((";", " #", " //"), (), ('"', "'"))),
    _plain("sql", "plsql tsql psql", ".sql .ddl .dml .psql .plsql", comments=_DASHES),
    _plain("graphql", "gql", ".graphql .gql .graphqls", comments=CommentStyle(("#",), (), ('"""', '"'))),
    _plain("protobuf", "proto proto2 proto3", ".proto", comments=_C),
    _plain("thrift", "", ".thrift", comments=_C),
    _plain("prisma", "", ".prisma", comments=CommentStyle(("//",), (), ('"',))),
    _plain("vue", "", ".vue", comments=_COMPONENT),
    _plain("svelte", "", ".svelte", comments=_COMPONENT),
    _plain("astro", "", ".astro", comments=_COMPONENT),
    _plain("mdx", "", ".mdx .qmd .rmd", comments=_XML),
    _plain("template", "jinja jinja2 twig handlebars erb ejs", ".j2 .template .jinja .jinja2 .twig .hbs .handlebars .mustache .erb .ejs .liquid .tmpl .tpl .njk .jsp .aspx .ascx .cshtml .razor .ftl .vm .haml .slim .pug", comments=_TEMPLATE),
    _plain("scss", "sass less stylus", ".scss .sass .less .styl", comments=CommentStyle((" //",), (("/*", "*/"),), ('"', "'"))),
    _plain("ini", "cfg", ".ini .cfg .desktop .service .timer .socket .conf .cnf .reg .inf", ".editorconfig .gitconfig .gitmodules .npmrc .pypirc .coveragerc .pylintrc .flake8 .hgrc .yarnrc .curlrc .netrc", comments=CommentStyle(("^#", "^;", " #", " ;"))),
    _plain("properties", "", ".properties", comments=CommentStyle(("^#", "^!"))),
    _plain("dotenv", "env", ".env", ".env .env.* .flaskenv", comments=_SHELL),
    _plain("requirements", "pip", ".pip", "requirements*.txt *requirements.txt constraints*.txt *constraints.txt requirements*.in *requirements.in", comments=_WORD_HASH),
    _plain("gomod", "", "", "go.mod go.work", comments=CommentStyle(("//",))),
    _plain("gosum", "", "", "go.sum go.work.sum"),
    _plain("lockfile", "", "", "yarn.lock gemfile.lock podfile.lock mix.lock gradle.lockfile conan.lock bun.lock", comments=_STARTS_HASH),
    _plain("ignore", "gitignore", "", ".gitignore .dockerignore .npmignore .eslintignore .prettierignore .helmignore .gitattributes .semgrepignore .hgignore .gcloudignore .mailmap .git-blame-ignore-revs .ospecguardignore", comments=_STARTS_HASH),
    _plain("codeowners", "", "", "codeowners", comments=_WORD_HASH),
    _plain("makefile", "make", ".mk .mak .make", "makefile gnumakefile makefile* kbuild", "make", comments=_WORD_HASH),
    _plain("just", "", ".just", "justfile .justfile", "just", comments=_SHELL),
    _plain("cmake", "", ".cmake", "cmakelists.txt", comments=CommentStyle(("#",), (("#[[", "]]"),), ('"',))),
    _plain("meson", "", "", "meson.build meson_options.txt meson.options", comments=_HASH),
    _plain("nix", "", ".nix", comments=CommentStyle(("#",), (("/*", "*/"),), ("''", '"'))),
    _plain("nginx", "", ".nginx .vhost", "nginx.conf nginx*.conf", comments=_SHELL),
    _plain("apache", "", ".htaccess", "httpd.conf apache2.conf", comments=_STARTS_HASH),
    _plain("procfile", "", "", "procfile", comments=_SHELL),
    _plain("bicep", "", ".bicep", comments=_C),
    _plain("jsonnet", "libsonnet", ".jsonnet .libsonnet", comments=CommentStyle(("//", "#"), (("/*", "*/"),), ('"', "'"))),
    _plain("cue", "", ".cue", comments=CommentStyle(("//",), (), ('"""', '"'))),
    _plain("rego", "opa", ".rego", comments=CommentStyle(("#",), (), ('"', "`"))),
    _plain("promql", "", ".promql", comments=_HASH),
    _plain("ql", "codeql", ".ql .qll", comments=_C),
    _plain("vim", "viml", ".vim", ".vimrc _vimrc", comments=CommentStyle(('^"',))),
    _plain("puppet", "", ".pp", comments=_HASH),
    _plain("json5", "", ".json5", comments=_C),
    _plain("jsonl", "ndjson", ".jsonl .ndjson"),
    _plain("notebook", "ipynb", ".ipynb"),
    _plain("key", "pem", ".pem .crt .cer .csr .key .asc .pub"),
    _plain("generic", "regex none any", ""),  # any text, for rules; no file is in it
    _plain("unknown", "", ""),
    _prose("text", "txt plain", ".txt .nfo", "license licence copying notice readme changelog changes authors contributors maintainers install news todo history patents version credits thanks license-* license.* licence.* copying.* readme.* changelog.* py.typed .nojekyll .python-version .node-version .ruby-version .nvmrc .tool-versions pkg-info"),
    _prose("markdown", "md", ".md .markdown .mdown .mkd", comments=_XML),
    _prose("rst", "restructuredtext", ".rst .rest", comments=CommentStyle(("^.. ",))),
    _prose("asciidoc", "adoc", ".adoc .asciidoc", comments=CommentStyle(("^//",))),
    _prose("org", "", ".org", comments=CommentStyle(("^# ",))),
    _prose("tex", "latex", ".tex .sty .bib .ltx", comments=CommentStyle(("%",))),
    _prose("csv", "tsv", ".csv .tsv .psv"),
    _prose("roff", "man troff", ".man .roff .mdoc", comments=CommentStyle(('^.\\"', '^\'\\"'))),
    _prose("gettext", "po", ".po .pot", comments=_STARTS_HASH),
    _prose("svg", "", ".svg", comments=_XML),
    _prose("log", "", ".log"),
    _prose("diff", "patch", ".diff .patch .rej"),
    _prose("subtitles", "", ".srt .vtt"),
)
# fmt: on

LANGUAGES: dict[str, Language] = {row.facts or row.name: row for row in _ROWS}
"""Every language by name; `tsx` is a second entry of `typescript`."""


def by_name(name: str) -> Language | None:
    """The language a rule calls `name`, in any case and by any alias; None: unknown."""
    return _names().get(name.strip().lower())


def identify(path: str, first_line: bytes) -> Language:
    """The language of a file: by its name, then its extension, then its `#!` line; `unknown` when none of them tells.

    A `#!` line outweighs a name that promises prose, so that an executable `INSTALL` is looked at. Manual pages (`git.1`) are
    known by how they begin, as their extension promises nothing.
    """
    found = _by_filename(path.replace("\\", "/").rpartition("/")[2].lower())
    if (found is None or found.prose) and first_line.startswith(b"#!"):
        found = _interpreters().get(_interpreter(first_line), found)
    if found is None and first_line.startswith(_ROFF):
        found = LANGUAGES["roff"]
    return found or LANGUAGES["unknown"]


_ROFF = (b'.\\"', b"'\\\"", b".TH ", b".Dd ")
"""Comments and titles, with which manual pages begin."""


def _by_filename(filename: str) -> Language | None:
    exact, patterns, extensions = _filenames()
    if filename in exact:
        return exact[filename]
    # `requirements-dev.txt` is more than a `.txt`, `license.py` is more than a license.
    by_pattern = next((row for row in patterns if filename.startswith(row[0]) and filename.endswith(row[1])), None)
    if by_pattern and by_pattern[1]:
        return by_pattern[2]
    by_extension = extensions.get("".join(filename.rpartition(".")[1:]))
    return by_extension or (by_pattern[2] if by_pattern else None)


def _interpreter(first_line: bytes) -> str:
    """The program of a `#!` line: `python` for `#!/usr/bin/env -S python3.11 -u`."""
    words = first_line[2:].decode(errors="replace").split()
    if words and words[0].endswith("/env"):
        words = [word for word in words[1:] if not word.startswith("-") and "=" not in word]
    return words[0].rpartition("/")[2].rstrip("0123456789.").lower() if words else ""


@cache
def _names() -> dict[str, Language]:
    names = {alias: language for language in LANGUAGES.values() for alias in language.aliases}
    return names | LANGUAGES


@cache
def _interpreters() -> dict[str, Language]:
    return {program: language for language in LANGUAGES.values() for program in language.interpreters}


@cache
def _filenames() -> tuple[dict[str, Language], list[tuple[str, str, Language]], dict[str, Language]]:
    """Exact names; patterns as (start, end, language), those with an end first; extensions."""
    exact, patterns, extensions = {}, [], {}
    for language in LANGUAGES.values():
        extensions.update(dict.fromkeys(language.extensions, language))
        for filename in language.filenames:
            start, star, end = filename.partition("*")
            if star:
                patterns.append((start, end, language))
            else:
                exact[filename] = language
    return exact, sorted(patterns, key=lambda row: not row[1]), extensions
