"""The table of languages, and how to find the one of a name or of a file.

A line here is all that a language without a grammar needs; one with a grammar has a module of facts beside this one.
"""

from __future__ import annotations

import re
from functools import cache

from ospec_guard.languages.language import Language

_C = {"line_comments": ("//",), "block_comments": (("/*", "*/"),), "quotes": ('"', "'")}
_XML = {"block_comments": (("<!--", "-->"),)}
_SHELL = {"line_comments": (" #",), "quotes": ('"', "'")}
_HASH = {"line_comments": ("#",), "quotes": ('"', "'")}
_LISP = {"line_comments": (";",), "block_comments": (("#|", "|#"),), "quotes": ('"',)}

# fmt: off
_TABLE: dict[str, Language] = {
    # With a grammar.
    "python": Language("python", ("py", "python2", "python3", "starlark"), (".py", ".pyi", ".pyw", ".bzl", ".star"), ("sconstruct", "sconscript", "wscript", "build.bazel", "workspace"), ("python", "pypy"), grammar=True),  # noqa: E501
    "javascript": Language("javascript", ("js", "jsx", "node"), (".js", ".jsx", ".mjs", ".cjs", ".es6"), ("jakefile",), ("node", "nodejs", "bun"), grammar=True),  # noqa: E501
    "typescript": Language("typescript", ("ts",), (".ts", ".mts", ".cts"), (), ("deno", "ts-node", "tsx"), grammar=True),
    "tsx": Language("typescript", ("tsx",), (".tsx",), grammar=True, facts="tsx"),
    "java": Language("java", (), (".java",), (), ("java",), grammar=True),
    "kotlin": Language("kotlin", ("kt", "kts"), (".kt", ".kts"), (), ("kotlin",), grammar=True),
    "scala": Language("scala", ("sc",), (".scala", ".sc", ".sbt", ".mill"), (), ("scala", "scala-cli", "amm"), grammar=True),
    "go": Language("go", ("golang",), (".go",), grammar=True),
    "rust": Language("rust", ("rs",), (".rs",), (), ("rust-script",), grammar=True),
    "c": Language("c", (), (".c", ".h"), grammar=True),
    "cpp": Language("cpp", ("c++", "cxx", "cc"), (".cpp", ".cc", ".cxx", ".c++", ".hpp", ".hh", ".hxx", ".h++", ".ipp", ".tpp", ".inl", ".ino", ".cu", ".cuh"), grammar=True),  # noqa: E501
    "csharp": Language("csharp", ("c#", "cs"), (".cs", ".csx"), (), ("dotnet-script",), grammar=True),
    "swift": Language("swift", (), (".swift",), (), ("swift",), grammar=True),
    "ruby": Language("ruby", ("rb",), (".rb", ".rake", ".gemspec", ".ru", ".podspec", ".jbuilder", ".thor"), ("rakefile", "gemfile", "guardfile", "podfile", "vagrantfile", "capfile", "fastfile", "appfile", "brewfile", "dangerfile", "berksfile"), ("ruby", "jruby", "rake"), grammar=True),  # noqa: E501
    "php": Language("php", (), (".php", ".phtml", ".php3", ".php4", ".php5", ".php7", ".phps", ".inc"), (), ("php",), grammar=True),
    "lua": Language("lua", (), (".lua", ".rockspec"), (), ("lua", "luajit"), grammar=True),
    "elixir": Language("elixir", ("ex", "exs"), (".ex", ".exs"), ("mix.lock",), ("elixir",), grammar=True),
    "ocaml": Language("ocaml", ("ml",), (".ml",), (), ("ocaml",), grammar=True),
    "solidity": Language("solidity", ("sol",), (".sol",), grammar=True),
    "bash": Language("bash", ("sh", "shell", "zsh", "ksh"), (".sh", ".bash", ".zsh", ".ksh", ".bats", ".ebuild"), (".bashrc", ".bash_profile", ".bash_aliases", ".profile", ".zshrc", ".zprofile", ".zshenv", "pkgbuild", "apkbuild", ".envrc"), ("bash", "sh", "dash", "zsh", "ksh", "ash", "busybox", "bats"), grammar=True),  # noqa: E501
    "dockerfile": Language("dockerfile", ("docker", "containerfile"), (".dockerfile", ".containerfile"), ("dockerfile", "containerfile", "dockerfile.*", "containerfile.*"), grammar=True),  # noqa: E501
    "hcl": Language("hcl", ("terraform", "tf"), (".tf", ".hcl", ".tfvars", ".nomad", ".tofu"), (".terraform.lock.hcl",), grammar=True),
    "json": Language("json", ("jsonc",), (".json", ".jsonc", ".json5", ".geojson", ".webmanifest", ".har", ".avsc", ".tfstate", ".sarif"), (".babelrc", ".eslintrc", ".prettierrc", ".swcrc", ".jshintrc", "composer.lock", "pipfile.lock", ".lintstagedrc", "deno.lock", "bun.lock", "flake.lock"), grammar=True),  # noqa: E501
    "yaml": Language("yaml", ("yml",), (".yaml", ".yml", ".sublime-syntax"), (".clang-format", ".clang-tidy", ".gemrc", ".yamllint", "cff", "pubspec.lock"), grammar=True),  # noqa: E501
    "toml": Language("toml", (), (".toml",), ("pipfile", "poetry.lock", "cargo.lock", "uv.lock", "pdm.lock", "gopkg.lock", "pylock.toml"), grammar=True),  # noqa: E501
    "html": Language("html", ("htm",), (".html", ".htm", ".xhtml"), grammar=True),
    "css": Language("css", (), (".css",), grammar=True),
    # Without one: rules look at them line by line.
    "perl": Language("perl", ("pl",), (".pl", ".pm", ".t", ".psgi", ".pod"), ("cpanfile",), ("perl",), line_comments=(" #",), block_comments=(("\n=pod", "\n=cut"), ("\n=head1", "\n=cut")), quotes=('"', "'")),  # noqa: E501
    "r": Language("r", (), (".r", ".rprofile"), (".rprofile",), ("rscript",), **_HASH),
    "powershell": Language("powershell", ("ps1", "pwsh"), (".ps1", ".psm1", ".psd1"), (), ("pwsh",), line_comments=(" #",), block_comments=(("<#", "#>"),), quotes=('"', "'")),  # noqa: E501
    "batch": Language("batch", ("bat", "cmd"), (".bat", ".cmd"), line_comments=("^rem ", "^REM ", "^@rem ", "^@REM ", "^::")),
    "fish": Language("fish", (), (".fish",), (), ("fish",), **_SHELL),
    "awk": Language("awk", (), (".awk",), (), ("awk", "gawk"), **_SHELL),
    "tcl": Language("tcl", (), (".tcl",), (), ("tclsh", "wish"), line_comments=(" #",), quotes=('"',)),
    "dart": Language("dart", (), (".dart",), (), ("dart",), **_C),
    "groovy": Language("groovy", ("gradle",), (".groovy", ".gradle", ".gvy"), ("jenkinsfile", "jenkinsfile.*"), ("groovy",), **_C),
    "objective-c": Language("objective-c", ("objc", "objectivec"), (".m", ".mm"), **_C),
    "d": Language("d", (), (".d", ".di"), **_C),
    "zig": Language("zig", (), (".zig", ".zon"), line_comments=("//",), quotes=('"', "'")),
    "v": Language("v", ("vlang",), (".v", ".vsh"), **_C),
    "verilog": Language("verilog", ("systemverilog",), (".sv", ".svh", ".vh"), line_comments=("//",), block_comments=(("/*", "*/"),), quotes=('"',)),  # noqa: E501
    "vhdl": Language("vhdl", (), (".vhd", ".vhdl"), line_comments=("--",), quotes=('"',)),
    "actionscript": Language("actionscript", (), (".as",), **_C),
    "apex": Language("apex", (), (".cls", ".trigger"), **_C),
    "cairo": Language("cairo", (), (".cairo",), line_comments=("//",), quotes=('"', "'")),
    "circom": Language("circom", (), (".circom",), **_C),
    "move": Language("move", ("move_on_sui", "move_on_aptos"), (".move",), **_C),
    "vyper": Language("vyper", (), (".vy",), **_HASH),
    "hack": Language("hack", (), (".hack", ".hhi"), (), ("hhvm",), **_C),
    "haxe": Language("haxe", (), (".hx",), **_C),
    "crystal": Language("crystal", (), (".cr",), (), ("crystal",), **_HASH),
    "nim": Language("nim", (), (".nim", ".nims", ".nimble"), line_comments=("#",), block_comments=(("#[", "]#"),), quotes=('"""', '"')),
    "elm": Language("elm", (), (".elm",), line_comments=("--",), block_comments=(("{-", "-}"),), quotes=('"',)),
    "haskell": Language("haskell", ("hs",), (".hs", ".lhs"), (), ("runhaskell", "runghc", "stack"), line_comments=("--",), block_comments=(("{-", "-}"),), quotes=('"',)),  # noqa: E501
    "purescript": Language("purescript", (), (".purs",), line_comments=("--",), block_comments=(("{-", "-}"),), quotes=('"',)),
    "julia": Language("julia", ("jl",), (".jl",), (), ("julia",), line_comments=("#",), block_comments=(("#=", "=#"),), quotes=('"""', '"')),  # noqa: E501
    "erlang": Language("erlang", (), (".erl", ".hrl", ".app.src"), ("rebar.config",), ("escript",), line_comments=("%",), quotes=('"', "'")),  # noqa: E501
    "clojure": Language("clojure", ("clj",), (".clj", ".cljs", ".cljc", ".edn"), (), ("bb", "clojure"), line_comments=(";",), quotes=('"',)),  # noqa: E501
    "lisp": Language("lisp", ("common-lisp", "elisp", "emacs-lisp"), (".lisp", ".lsp", ".cl", ".el"), (), ("sbcl",), **_LISP),
    "scheme": Language("scheme", ("racket",), (".scm", ".ss", ".rkt"), (), ("guile", "racket"), **_LISP),
    "fsharp": Language("fsharp", ("f#", "fs"), (".fs", ".fsi", ".fsx"), line_comments=("//",), block_comments=(("(*", "*)"),), quotes=('"""', '"')),  # noqa: E501
    "visualbasic": Language("visualbasic", ("vb", "vba", "vbscript"), (".vb", ".vbs", ".bas"), line_comments=("'", "^rem "), quotes=('"',)),
    "pascal": Language("pascal", ("delphi",), (".pas", ".dpr", ".lpr"), line_comments=("//",), block_comments=(("{", "}"), ("(*", "*)")), quotes=("'",)),  # noqa: E501
    "fortran": Language("fortran", (), (".f90", ".f95", ".f03", ".f", ".for"), line_comments=("!",), quotes=('"', "'")),
    "cobol": Language("cobol", (), (".cob", ".cbl", ".cpy"), line_comments=("*>",), quotes=('"', "'")),
    "ada": Language("ada", (), (".adb", ".ads"), line_comments=("--",), quotes=('"',)),
    "matlab": Language("matlab", ("octave",), (".mlx", ".matlab"), (), ("octave",), line_comments=("%",), block_comments=(("%{", "%}"),), quotes=('"', "'")),  # noqa: E501
    "assembly": Language("assembly", ("asm",), (".asm", ".s", ".nasm"), line_comments=(";", " #", " //"), quotes=('"', "'")),
    "sql": Language("sql", ("plsql", "tsql", "psql"), (".sql", ".ddl", ".dml", ".psql", ".plsql"), line_comments=("--",), block_comments=(("/*", "*/"),), quotes=("'", '"')),  # noqa: E501
    "graphql": Language("graphql", ("gql",), (".graphql", ".gql", ".graphqls"), line_comments=("#",), quotes=('"""', '"')),
    "protobuf": Language("protobuf", ("proto", "proto2", "proto3"), (".proto",), **_C),
    "thrift": Language("thrift", (), (".thrift",), **_C),
    "prisma": Language("prisma", (), (".prisma",), line_comments=("//",), quotes=('"',)),
    "vue": Language("vue", (), (".vue",), line_comments=(" //",), block_comments=(("<!--", "-->"), ("/*", "*/"))),
    "svelte": Language("svelte", (), (".svelte",), line_comments=(" //",), block_comments=(("<!--", "-->"), ("/*", "*/"))),
    "astro": Language("astro", (), (".astro",), line_comments=(" //",), block_comments=(("<!--", "-->"), ("/*", "*/"))),
    "template": Language("template", ("jinja", "jinja2", "twig", "handlebars", "erb", "ejs"), (".j2", ".jinja", ".jinja2", ".twig", ".hbs", ".handlebars", ".mustache", ".erb", ".ejs", ".liquid", ".tmpl", ".tpl", ".njk", ".jsp", ".aspx", ".ascx", ".cshtml", ".razor", ".ftl", ".vm", ".haml", ".slim", ".pug"), block_comments=(("<!--", "-->"), ("{#", "#}"), ("{{!--", "--}}"), ("<%--", "--%>"), ("<%#", "%>"))),  # noqa: E501
    "scss": Language("scss", ("sass", "less", "stylus"), (".scss", ".sass", ".less", ".styl"), line_comments=(" //",), block_comments=(("/*", "*/"),), quotes=('"', "'")),  # noqa: E501
    "xml": Language("xml", (), (".xml", ".xsd", ".xsl", ".xslt", ".wsdl", ".plist", ".csproj", ".vbproj", ".fsproj", ".props", ".targets", ".nuspec", ".resx", ".config", ".xaml", ".pom", ".rng", ".storyboard", ".xib", ".xliff", ".xlf", ".gpx", ".kml"), **_XML),  # noqa: E501
    "ini": Language("ini", ("cfg",), (".ini", ".cfg", ".editorconfig", ".desktop", ".service", ".timer", ".socket", ".conf", ".cnf", ".reg", ".inf"), (".editorconfig", ".gitconfig", ".gitmodules", ".npmrc", ".pypirc", ".coveragerc", ".pylintrc", ".flake8", ".hgrc", ".yarnrc", ".curlrc", ".netrc"), line_comments=("^#", "^;", " #", " ;")),  # noqa: E501
    "properties": Language("properties", (), (".properties",), line_comments=("^#", "^!")),
    "dotenv": Language("dotenv", ("env",), (".env",), (".env", ".env.*", ".flaskenv"), **_SHELL),
    "requirements": Language("requirements", ("pip",), (".pip",), ("requirements*.txt", "*requirements.txt", "constraints*.txt", "*constraints.txt", "requirements*.in", "*requirements.in"), line_comments=(" #",)),  # noqa: E501
    "gomod": Language("gomod", ("go.mod",), (), ("go.mod", "go.work"), line_comments=("//",)),
    "gosum": Language("gosum", (), (), ("go.sum", "go.work.sum")),
    "lockfile": Language("lockfile", (), (), ("yarn.lock", "gemfile.lock", "podfile.lock", "gradle.lockfile", "conan.lock"), line_comments=("^#",)),  # noqa: E501
    "ignore": Language("ignore", ("gitignore",), (), (".gitignore", ".dockerignore", ".npmignore", ".eslintignore", ".prettierignore", ".helmignore", ".gitattributes", ".semgrepignore", ".hgignore", ".gcloudignore", ".mailmap", ".git-blame-ignore-revs"), line_comments=("^#",)),  # noqa: E501
    "codeowners": Language("codeowners", (), (), ("codeowners",), line_comments=(" #",)),
    "makefile": Language("makefile", ("make",), (".mk", ".mak", ".make"), ("makefile", "gnumakefile", "makefile.*", "kbuild"), ("make",), line_comments=(" #",)),  # noqa: E501
    "just": Language("just", (), (".just",), ("justfile", ".justfile"), ("just",), **_SHELL),
    "cmake": Language("cmake", (), (".cmake",), ("cmakelists.txt",), line_comments=("#",), block_comments=(("#[[", "]]"),), quotes=('"',)),  # noqa: E501
    "meson": Language("meson", (), (), ("meson.build", "meson_options.txt", "meson.options"), **_HASH),
    "nix": Language("nix", (), (".nix",), line_comments=("#",), block_comments=(("/*", "*/"),), quotes=("''", '"')),
    "nginx": Language("nginx", (), (".nginx", ".vhost"), ("nginx.conf", "nginx*.conf"), **_SHELL),
    "apache": Language("apache", (), (".htaccess",), (".htaccess", "httpd.conf", "apache2.conf"), line_comments=("^#",)),
    "procfile": Language("procfile", (), (), ("procfile",), **_SHELL),
    "bicep": Language("bicep", (), (".bicep",), **_C),
    "jsonnet": Language("jsonnet", ("libsonnet",), (".jsonnet", ".libsonnet"), line_comments=("//", "#"), block_comments=(("/*", "*/"),), quotes=('"', "'")),  # noqa: E501
    "cue": Language("cue", (), (".cue",), line_comments=("//",), quotes=('"""', '"')),
    "rego": Language("rego", ("opa",), (".rego",), line_comments=("#",), quotes=('"', "`")),
    "promql": Language("promql", (), (".promql",), line_comments=("#",), quotes=('"', "'")),
    "ql": Language("ql", ("codeql",), (".ql", ".qll"), **_C),
    "vim": Language("vim", ("viml",), (".vim",), (".vimrc", "_vimrc"), line_comments=('^"',)),
    "puppet": Language("puppet", (), (".pp",), **_HASH),
    "jsonl": Language("jsonl", ("ndjson",), (".jsonl", ".ndjson")),
    "notebook": Language("notebook", ("ipynb",), (".ipynb",)),
    # Any text, for rules that name no language of their own; no file is in these.
    "generic": Language("generic", ("regex", "none", "any")),
    "unknown": Language("unknown"),
    # Text that is read rather than run.
    "text": Language("text", ("txt", "plain"), (".txt", ".nfo", ".1", ".2", ".3", ".5", ".7", ".8", ".me"), ("license", "licence", "copying", "notice", "readme", "changelog", "changes", "authors", "contributors", "maintainers", "install", "news", "todo", "history", "patents", "version", "credits", "thanks", "license-*", "license.*", "copying.*", "py.typed", ".nojekyll", ".python-version", ".node-version", ".ruby-version", ".nvmrc", ".tool-versions"), prose=True),  # noqa: E501
    "markdown": Language("markdown", ("md",), (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd"), prose=True, **_XML),
    "rst": Language("rst", ("restructuredtext",), (".rst", ".rest"), prose=True, line_comments=("^.. ",)),
    "asciidoc": Language("asciidoc", ("adoc",), (".adoc", ".asciidoc", ".asc"), prose=True, line_comments=("^//",), block_comments=(("\n////", "\n////"),)),  # noqa: E501
    "org": Language("org", (), (".org",), prose=True, line_comments=("^# ",)),
    "tex": Language("tex", ("latex",), (".tex", ".sty", ".bib", ".ltx", ".cls.tex"), prose=True, line_comments=("%",)),
    "csv": Language("csv", ("tsv",), (".csv", ".tsv", ".psv"), prose=True),
    "gettext": Language("gettext", ("po",), (".po", ".pot"), prose=True, line_comments=("^#",)),
    "svg": Language("svg", (), (".svg",), prose=True, **_XML),
    "log": Language("log", (), (".log",), prose=True),
    "diff": Language("diff", ("patch",), (".diff", ".patch", ".rej"), prose=True),
    "subtitles": Language("subtitles", (), (".srt", ".vtt"), prose=True),
    "key": Language("key", ("pem",), (".pem", ".crt", ".cer", ".pub", ".key", ".csr", ".asc.key")),
}
# fmt: on

LANGUAGES = _TABLE
