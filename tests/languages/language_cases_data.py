"""Cases of configuration and markup: JSON, YAML, TOML, HCL, Dockerfile, CSS, HTML, XML."""

from __future__ import annotations

from language_case import Case

JSON = Case(
    language="json",
    source="""\
{
  // about db
  "db": {
    "password": "p1", // why
    "port": 5, "list": [1, {"deep": null}]
  },
  "hosts": ["a", "b"]
}
""",
    comments=["// about db", "// why"],
    assignments=[('"password"', '"p1"'), ('"port"', "5"), ('"deep"', "null")],
    blocks=[
        ('"p1"', '"password": "p1", // why'),
        ("// why", '"password": "p1", // why'),
        ('"db"', "// about db … }]\n  }"),
        ('"port": 5, "list"', "// about db … }]\n  }"),
        ('"a"', '"a"'),
    ],
    statements=[('"p1"', '"password": "p1"'), ('"db"', '"db":'), ('"port": 5, "list"', '"port": 5, "list":')],
    definitions=[('"password"', "db"), ('"deep"', "db.list"), ('"a"', "hosts")],
)
YAML = Case(
    language="yaml",
    source="""\
# about db
db:
  password: "p1" # why
  # about list
  list:
    - 1
    - name: step
      run: |
        make
        test
    # remark
  flow: {a: 1, "b": [2]}
  ref: &anchor x
  use: *anchor
  empty:
  typed: !!str 5
other: end
---
second: 1
""",
    comments=["# about db", "# why", "# about list", "# remark"],
    assignments=[
        ("password", '"p1"'),
        ("name", "step"),
        ("run", "|\n        make\n        test"),
        ("a", "1"),
        ("ref", "&anchor x"),
        ("use", "*anchor"),
        ("typed", "!!str 5"),
        ("other", "end"),
        ("second", "1"),
    ],
    blocks=[
        ('"p1"', 'password: "p1" # why'),
        ("db:", "# about db … !!str 5"),
        ("list:", "# about list … # remark"),
        ("name: step\n      run", "- name … # remark"),
        ("make", "run: | … test"),
        ("flow", 'flow: {a: 1, "b": [2]}'),
        ("other: end\n", "other: end\n"),
    ],
    statements=[
        ("db:", "db:"),
        ("make", "run: | … test"),
        ('"p1"', 'password: "p1"'),
        ("name: step\n      run", "name: step\n      run: | … test"),
    ],
    definitions=[('"p1"', "db"), ("make", "db.list"), ("a: 1", "db.flow"), ("second", "")],
)
TOML = Case(
    language="toml",
    source='''\
# about password
password = "p1" # why
a.b = 1
"q" = [1, 2]
t = { x = 1 }

# about sub
[table.sub]
# about k
k = """
text"""
[[arr]]
z = 1
''',
    comments=["# about password", "# why", "# about sub", "# about k"],
    assignments=[("password", '"p1"'), ("a.b", "1"), ("x", "1"), ("k", '"""\ntext"""'), ("z", "1")],
    blocks=[
        ('"p1"', '# about password\npassword = "p1" # why'),
        ("[table.sub]", '# about sub … text"""'),
        ("text", '# about k\nk = """\ntext"""'),
        ("x = 1", "x = 1"),
    ],
    statements=[("[table.sub]", "[table.sub]"), ('"q"', '"q" =')],
    definitions=[("password =", ""), ("text", "table.sub"), ("z = 1", "arr"), ("x = 1", "t")],
)
HCL = Case(
    language="hcl",
    source="""\
# about main
resource "aws_db" "main" {
  password = "p1" # why
  // about tags
  tags = { Name = "n1", "k" : 2 }
  list = [1, 2]
  nested {
    a = f(x, y)
  }
  text = <<EOT
body
EOT
}
/* last */
top = 1
""",
    comments=["# about main", "# why", "// about tags", "/* last */"],
    assignments=[
        ("password", '"p1"'),
        ("Name", '"n1"'),
        ('"k"', "2"),
        ("a", "f(x, y)"),
        ("text", "<<EOT\nbody\nEOT"),
        ("top", "1"),
    ],
    blocks=[
        ('"p1"', 'password = "p1" # why'),
        ('resource "aws_db"', "# about main … EOT\n}"),
        ("tags =", '// about tags\n  tags = { Name = "n1", "k" : 2 }'),
        ("nested", "nested {\n    a = f(x, y)\n  }"),
        ("top", "/* last */\ntop = 1"),
    ],
    statements=[('resource "aws_db"', 'resource "aws_db" "main" {'), ("f(x", "a = f(x, y)")],
    definitions=[("password", "resource.aws_db.main"), ("a = f", "resource.aws_db.main.nested"), ("top", "")],
)
DOCKERFILE = Case(
    language="dockerfile",
    source="""\
# about base
FROM python:3 AS build
# about password
ARG PASSWORD=p1
ARG EMPTY
ENV A=1 B="2 3" \\
    C=3
ENV OLD the value
RUN apt-get update && \\
    # inner
    apt-get install
CMD ["a", "b"]
""",
    comments=["# about base", "# about password", "# inner"],
    assignments=[("PASSWORD", "p1"), ("A", "1"), ("B", '"2 3"'), ("C", "3"), ("OLD", "the value")],
    blocks=[
        ("FROM", "# about base\nFROM python:3 AS build"),
        ("p1", "# about password\nARG PASSWORD=p1"),
        ("apt-get install", "RUN … apt-get install"),
        ('B="2', 'ENV A=1 B="2 3" \\\n    C=3'),
    ],
    statements=[("apt-get update", "RUN … apt-get install")],
    definitions=[("FROM", "")],
)
CSS = Case(
    language="css",
    source="""\
/* about a */
.a > b:hover, #c {
  /* about color */
  color: red; /* why */
  --x: 1;
}
@media (max-width: 1px) { p { margin: 0 } }
""",
    comments=["/* about a */", "/* about color */", "/* why */"],
    blocks=[
        ("color: red", "/* about color */\n  color: red; /* why */"),
        ("b:hover", "/* about a */ … --x: 1;\n}"),
        ("margin", "margin: 0"),
        ("@media", "@media (max-width: 1px) { p { margin: 0 } }"),
    ],
    statements=[("b:hover", ".a > b:hover, #c"), ("color: red", "color: red;")],
    definitions=[("color: red", "a>b.hover,#c")],
)
HTML = Case(
    language="html",
    source="""\
<!-- about page -->
<html>
<body class="a">
  <!-- about div -->
  <div id=q>some <b>bold</b> text</div>
  <script type="x">
    var a = 1;
    var b = 2;
  </script>
  <img src="x"/>
</body>
</html>
""",
    comments=["<!-- about page -->", "<!-- about div -->"],
    blocks=[
        ("id=q", "<!-- about div --> … text</div>"),
        ("bold", "<b>bold</b>"),
        ("some", "<!-- about div --> … text</div>"),
        ("var a", "<script … </script>"),
        ('src="x"', '<img src="x"/>'),
    ],
    statements=[("id=q", "<div id=q>"), ("var a", "var a = 1;"), ("some", "some"), ('class="a"', '<body class="a">')],
    definitions=[("bold", "")],
)
XML = Case(
    language="xml",
    source="""\
<?xml version="1.0"?>
<!-- about mill -->
<mill name="old">
  <!-- about wheel -->
  <wheel size="3"><spoke/>turning</wheel>
  <sacks>rye</sacks>
</mill>
""",
    comments=["<!-- about mill -->", "<!-- about wheel -->"],
    blocks=[
        ("size", '<!-- about wheel --> … <wheel size="3"><spoke/>turning</wheel>'),
        ("rye", "<sacks>rye</sacks>"),
    ],
    statements=[("rye", "rye"), ("size", '<wheel size="3">')],
    definitions=[("rye", "")],
)
CASES = [JSON, YAML, TOML, HCL, DOCKERFILE, CSS, HTML, XML]
