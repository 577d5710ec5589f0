"""Cases of Python, Ruby, PHP, Lua, Bash and Elixir."""

from __future__ import annotations

from language_case import Case

PYTHON = Case(
    language="python",
    source='''\
#!/usr/bin/env python
"""Module."""

import os  # for paths
# not of the import

# about Model
# two lines
@register("x")
# between
@dataclass
class Model(Base, key="k"):  # head
    """Doc."""
    password: str = "p1"  # secret
    token: str

    # far away

    @property
    def name(self, password="default") -> str:
        # inside
        return f"{self.x}"  # last
        # after

    # about save
    async def save(self): pass

def run(kind):
    if first := kind:
        self.password = other = "p2"
    elif second:
        a, (b, *c) = 1, (2, 3)
        p, q = "p3", call(password="kw")
        # deep remark
    else:
        d["password"] += "p4"
    try:
        conf = {"password": v, user: 2, 3: 4, "inner": {"deep": [1]}, "l": []}
    except Error as e:
        x = 1; y = 2  # of y
    with open(z) as f: pass
    for i in range(3): pass
    match kind:
        case {"k": w}:
            handler = lambda r: r.go
    assert password == "no"
    return {k: v for k in z}
''',
    comments=[
        "#!/usr/bin/env python",
        "# for paths",
        "# not of the import",
        "# about Model",
        "# two lines",
        "# between",
        "# head",
        "# secret",
        "# far away",
        "# inside",
        "# last",
        "# after",
        "# about save",
        "# deep remark",
        "# of y",
    ],
    assignments=[
        ("password", '"p1"'),
        ("first", "kind"),
        ("self.password", '"p2"'),
        ("other", '"p2"'),
        ("a", "1"),
        ("b", "(2, 3)"),
        ("c", "(2, 3)"),
        ("p", '"p3"'),
        ("q", 'call(password="kw")'),
        ('d["password"]', '"p4"'),
        ("conf", '{"password": v, user: 2, 3: 4, "inner": {"deep": [1]}, "l": []}'),
        ('"password"', "v"),
        ("user", "2"),
        ("x", "1"),
        ("y", "2"),
        ("handler", "lambda r: r.go"),
    ],
    blocks=[
        ("import os", "import os  # for paths"),
        ("class Model", "# about Model … self): pass"),
        ('@register("x")', "# about Model … self): pass"),
        ("# between", "# about Model … self): pass"),
        ("about Model", "# about Model … self): pass"),
        ("# head", "# about Model … self): pass"),
        ('"p1"', 'password: str = "p1"  # secret'),
        ("# secret", 'password: str = "p1"  # secret'),
        ("token", "token: str"),
        ("# far away", "# about Model … self): pass"),
        ("def name", "@property … # after"),
        ("# inside", '# inside\n        return f"{self.x}"  # last'),
        ("# last", '# inside\n        return f"{self.x}"  # last'),
        ("def save", "# about save\n    async def save(self): pass"),
        ("if first", 'if first … "p4"'),
        ("elif second", 'if first … "p4"'),
        ('"p2"', 'self.password = other = "p2"'),
        ("x = 1", "x = 1"),
        ("y = 2", "y = 2  # of y"),
        ("except Error", "try: … # of y"),
        ("lambda r", "handler = lambda r: r.go"),
        ("elif second:\n        a, (b", 'if first … "p4"'),
        ("import os  # for paths\n# not of", "import os  # for paths\n# not of"),
    ],
    statements=[
        ("password: str", 'password: str = "p1"'),
        ("class Model", '@register("x") … key="k"):'),
        ("def name", "@property … ) -> str:"),
        ("if first", "if first := kind:"),
        ("elif second", "elif second:"),
        ("except Error", "except Error as e:"),
        ("p, q = ", 'p, q = "p3", call(password="kw")'),
        ('case {"k"', 'case {"k": w}:'),
        ("# far away", "# far away"),
        ('"p3", call(password="kw")\n        # deep remark\n    else', '"p3", … else:'),
    ],
    definitions=[
        ("import os", ""),
        ("class Model", "Model"),
        ("token", "Model"),
        ('f"{self.x}"', "Model.name"),
        ("first", "run"),
        ("r.go", "run.handler"),
        ("async def save", "Model.save"),
    ],
)
RUBY = Case(
    language="ruby",
    source="""\
# doc
class Shop::Cart < Base
  # note
  PASSWORD = "p1" # why
  private def add(item, count = 1, key: 2)
    x = y = 3
    a, b = 1, 2
    c, (d, *e) = pair
    @p ||= 1
    h["k"] = { password: "p2", "s" => 2, :t => 3, 4 => 5, sub: {} }
    if first then 1
    elsif second
      two = 2
    else
      3
    end
    return 1 if guard
    begin
      go
    rescue Error => err
      log
    end
    send(password: "kw") do |q| q.each end
    l = ->(z) { z.go }
    text = <<~EOS
      the secret
    EOS
    self.attr = 1
  end

  # about make
  def self.make; end
end
""",
    comments=["# doc", "# note", "# why", "# about make"],
    assignments=[
        ("PASSWORD", '"p1"'),
        ("x", "3"),
        ("y", "3"),
        ("a", "1"),
        ("b", "2"),
        ("c", "pair"),
        ("d", "pair"),
        ("e", "pair"),
        ("@p", "1"),
        ('h["k"]', '{ password: "p2", "s" => 2, :t => 3, 4 => 5, sub: {} }'),
        ("password", '"p2"'),
        ('"s"', "2"),
        (":t", "3"),
        ("two", "2"),
        ("l", "->(z) { z.go }"),
        ("text", "<<~EOS"),
        ("self.attr", "1"),
    ],
    blocks=[
        ("class Shop", "# doc … def self.make; end\nend"),
        ('"p1"', '# note\n  PASSWORD = "p1" # why'),
        ("def add", "private def add … self.attr = 1\n  end"),
        ("if first", "if first … 3\n    end"),
        ("elsif", "if first … 3\n    end"),
        ("two", "two = 2"),
        ("guard", "return 1 if guard"),
        ("rescue", "begin … log\n    end"),
        ("def self.make", "# about make\n  def self.make; end"),
        ("text =", "text = … EOS\n      the secret\n    EOS"),
        ("the secret", "text = … EOS\n      the secret\n    EOS"),
    ],
    statements=[
        ("def add", "private def add(item, count = 1, key: 2)"),
        ("if first", "if first"),
        ("send(", 'send(password: "kw")'),
        ("the secret", "the secret"),
        ("class Shop", "class Shop::Cart < Base"),
    ],
    definitions=[
        ("PASSWORD", "Shop.Cart"),
        ("x = y", "Shop.Cart.add"),
        ("z.go", "Shop.Cart.add.l"),
        ("self.make", "Shop.Cart.make"),
    ],
)
PHP = Case(
    language="php",
    source="""\
<p>the page</p>
<?php
namespace App;
use Other;
/** doc */
#[Entity(name: "x")]
final class User extends Base {
  // note
  private string $password = "p1", $q; // why
  const P = 'p2';
  #[Get]
  public function load(string $a = "default"): void {
    $x = $y = 3;
    [$a, $b] = [1, 2];
    list($c, $d) = f();
    $this->p['k'] .= "p3";
    $h = ['password' => "p4", 2 => 3, 'sub' => [1]];
    if ($first) return 1; elseif ($second) { a(); } else { b(); }
    send(password: "kw");
    $f = function ($r) { return $r->go; };
    switch ($x) { case 1: one(); break; default: two(); }
    while ($more): step(); endwhile;
  }
}
// about top
function top() {}
enum E: string { case A = 'a'; }
const PW = "p5";
?>
<b>tail</b>
""",
    comments=["/** doc */", "// note", "// why", "// about top"],
    assignments=[
        ("$password", '"p1"'),
        ("P", "'p2'"),
        ("$x", "3"),
        ("$y", "3"),
        ("$a", "1"),
        ("$b", "2"),
        ("$c", "f()"),
        ("$d", "f()"),
        ("$this->p['k']", '"p3"'),
        ("$h", "['password' => \"p4\", 2 => 3, 'sub' => [1]]"),
        ("'password'", '"p4"'),
        ("$f", "function ($r) { return $r->go; }"),
        ("A", "'a'"),
        ("PW", '"p5"'),
    ],
    blocks=[
        ("class User", "/** doc */ … endwhile;\n  }\n}"),
        ("Entity", "/** doc */ … endwhile;\n  }\n}"),
        ('"p1"', '// note\n  private string $password = "p1", $q; // why'),
        ("function load", "#[Get] … endwhile;\n  }"),
        ("if ($first", "if ($first … b(); }"),
        ("elseif", "if ($first … b(); }"),
        ("return 1", "return 1;"),
        ("one", "one();"),
        ("step", "step();"),
        ("function top", "// about top\nfunction top() {}"),
        ("use Other", "use Other;"),
    ],
    statements=[
        ("function load", '#[Get]\n  public function load(string $a = "default"): void'),
        ("if ($first", "if ($first)"),
        ("elseif", "elseif ($second)"),
        ("$f = ", "$f = function ($r)"),
        ("case 1", "case 1:"),
        ("the page", "<p>the page</p>"),
    ],
    definitions=[("$password", "User"), ("$x = $y", "User.load"), ("$r->go", "User.load.$f"), ("top()", "top"), ("'a'", "E")],
)
LUA = Case(
    language="lua",
    source="""\
-- doc
local password, size = "p1", 2 -- why
-- about run
function Shop.cart:run(a)
  self.p = 1
  local t = { password = "p2", ["k"] = 2, 3, sub = {}, go = function() return deep end }
  if first then one() elseif second then two() end
  for i = 1, 2 do step() end
  t["a"], q = pair()
end
helper = function(b) return b.go end
""",
    comments=["-- doc", "-- why", "-- about run"],
    assignments=[
        ("password", '"p1"'),
        ("size", "2"),
        ("self.p", "1"),
        ("t", '{ password = "p2", ["k"] = 2, 3, sub = {}, go = function() return deep end }'),
        ("password", '"p2"'),
        ('"k"', "2"),
        ("go", "function() return deep end"),
        ('t["a"]', "pair()"),
        ("q", "pair()"),
        ("helper", "function(b) return b.go end"),
    ],
    blocks=[
        ('"p1"', '-- doc\nlocal password, size = "p1", 2 -- why'),
        ("function Shop", "-- about run … pair()\nend"),
        ("if first", "if first … two() end"),
        ("elseif", "if first … two() end"),
        ("one", "one()"),
        ("step", "step()"),
    ],
    statements=[
        ("function Shop", "function Shop.cart:run(a)"),
        ("elseif", "elseif second then"),
        ("helper", "helper = function(b)"),
    ],
    definitions=[("self.p", "Shop.cart.run"), ("b.go", "helper"), ("deep", "Shop.cart.run.go")],
)
BASH = Case(
    language="bash",
    source="""\
#!/bin/bash
# doc
export PASSWORD="p1" # why

# about run
run() {
  local a=1
  b=$(fetch "x")
  if [ -z "$first" ]; then
    one
    c=2
  elif second; then two; fi
  for i in 1 2; do echo $i; done
  case $x in a) three ;; esac
  X=1 tool --password p2
}
arr=(a b)
arr[0]=x
n+=1
empty=
readonly SURE=1
cat <<EOF
the text
EOF
[ "$password" = x ] && stop
""",
    comments=["#!/bin/bash", "# doc", "# why", "# about run"],
    assignments=[
        ("PASSWORD", '"p1"'),
        ("a", "1"),
        ("b", '$(fetch "x")'),
        ("c", "2"),
        ("X", "1"),
        ("arr", "(a b)"),
        ("arr[0]", "x"),
        ("n", "1"),
        ("SURE", "1"),
    ],
    blocks=[
        ('"p1"', "#!/bin/bash … # why"),
        ("run()", "# about run … p2\n}"),
        ("if [", "if [ … two; fi"),
        ("one\n    c", "if [ … two; fi"),
        ("three", "three"),
        ("echo $i", "echo $i"),
        ("the text", "cat <<EOF\nthe text\nEOF"),
        ("--password", "X=1 tool --password p2"),
    ],
    statements=[("run()", "run()"), ("if [", 'if [ -z "$first" ]; then'), ("a) three", "a) three"), ("for i", "for i in 1 2;")],
    definitions=[("fetch", "run"), ("arr=", "")],
)
ELIXIR = Case(
    language="elixir",
    source='''\
# doc
defmodule Shop.Cart do
  @moduledoc "about"
  @password "p1" # why
  # about add
  @doc """
  text
  """
  @spec add(integer) :: integer
  def add(a, b \\\\ 1) when a > 1 do
    x = y = 3
    {c, d} = {1, 2}
    m = %{"k" => 2, password: "p2", sub: %{}}
    send(password: "kw")
    l = [token: "p3"]
    if first do one() else two() end
    case kind do
      1 -> three()
    end
    run = fn z -> z.go end
  end
  defp small, do: 1
end
''',
    comments=["# doc", "# why", "# about add"],
    assignments=[
        ("password", '"p1"'),
        ("x", "3"),
        ("y", "3"),
        ("c", "1"),
        ("d", "2"),
        ("m", '%{"k" => 2, password: "p2", sub: %{}}'),
        ('"k"', "2"),
        ("password", '"p2"'),
        ("l", '[token: "p3"]'),
        ("token", '"p3"'),
        ("run", "fn z -> z.go end"),
    ],
    blocks=[
        ("defmodule", "# doc … do: 1\nend"),
        ('"p1"', '@password "p1" # why'),
        ("def add", "# about add … z.go end\n  end"),
        ("@spec", "# about add … z.go end\n  end"),
        ("# about add", "# about add … z.go end\n  end"),
        ("if first", "if first … two() end"),
        ("one()", "one()"),
        ("three()", "three()"),
        ("defp small", "defp small, do: 1"),
    ],
    statements=[("def add", "def add(a, b \\\\ 1) when a > 1"), ("if first", "if first"), ("1 ->", "1 ->")],
    definitions=[
        ("@moduledoc", "Shop.Cart"),
        ("x = y", "Shop.Cart.add"),
        ("z.go", "Shop.Cart.add.run"),
        ("defp small", "Shop.Cart.small"),
    ],
)
CASES = [PYTHON, RUBY, PHP, LUA, BASH, ELIXIR]
