"""Cases of the languages with braces: JavaScript, TypeScript, Java, Kotlin, Scala, Go, Rust, C, C++, C#, Swift, Solidity; OCaml."""

from __future__ import annotations

from language_case import Case

JAVASCRIPT = Case(
    language="javascript",
    source="""\
// about Cart
export default class Cart extends Base { // head
  #password = "p1"; // why
  static token = "p2";
  // about add
  @logged() add(count = 1) { return; }
  get size() { return 1; }
}
/** about handler */
export const handler = async (req, {kind = 2}) => {
  const [x, y] = [1, 2], {a, b: c, ...d} = o;
};
let v; var w = 3, z = { password: "p3", "k": function () { deep(); }, [n]: 2, short, m() {}, 4: 5, sub: {}, list: [] };
a.b = e = 3; a["k"] += 2;
if (first) return 1; else if (second) two(); else { three(); }
for (let i = 0; i < 3; i++) step();
for (const k of ks) { each(); }
switch (x) { case 1: four(); break; default: five(); }
try { go() } catch (err) { log() }
app.get('/', function (q) { return q.body; }, last);
const el = <Login password="kw">text</Login>;
if (password === "no") stop();
/* before */ near();
""",
    comments=["// about Cart", "// head", "// why", "// about add", "/** about handler */", "/* before */"],
    assignments=[
        ("#password", '"p1"'),
        ("token", '"p2"'),
        ("handler", "async (req, {kind = 2}) => {\n  const [x, y] = [1, 2], {a, b: c, ...d} = o;\n}"),
        ("x", "1"),
        ("y", "2"),
        ("a", "o"),
        ("c", "o"),
        ("d", "o"),
        ("w", "3"),
        ("z", '{ password: "p3", "k": function () { deep(); }, [n]: 2, short, m() {}, 4: 5, sub: {}, list: [] }'),
        ("password", '"p3"'),
        ('"k"', "function () { deep(); }"),
        ("a.b", "3"),
        ("e", "3"),
        ('a["k"]', "2"),
        ("i", "0"),
        ("el", '<Login password="kw">text</Login>'),
    ],
    blocks=[
        ("class Cart", "// about Cart … return 1; }\n}"),
        ("export default", "// about Cart … return 1; }\n}"),
        ("// head", "// about Cart … return 1; }\n}"),
        ('"p1"', '#password = "p1"; // why'),
        ("@logged", "// about add\n  @logged() add(count = 1) { return; }"),
        ("add(count", "// about add\n  @logged() add(count = 1) { return; }"),
        ("const handler", "/** about handler */ … o;\n};"),
        ("const [x", "const [x, y] = [1, 2], {a, b: c, ...d} = o;"),
        ("if (first", "if (first) … { three(); }"),
        ("return 1; else", "if (first) … { three(); }"),
        ("two()", "two();"),
        ("three()", "three();"),
        ("let i", "for (let i = 0; i < 3; i++) step();"),
        ("step()", "step();"),
        ("four()", "four();"),
        ("case 1", "switch (x) … five(); }"),
        ("q.body", "return q.body;"),
        ("function (q)", "app.get('/', function (q) { return q.body; }, last);"),
        ("near()", "/* before */ near();"),
        ("m()", "m() {}"),
    ],
    statements=[
        ("class Cart", "export default class Cart extends Base"),
        ("const handler", "export const handler = async (req, {kind = 2}) =>"),
        ("if (first", "if (first)"),
        ("(second", "if (second)"),
        ("app.get", "app.get('/', function (q)"),
        (", last", ", last);"),
        ("case 1", "case 1:"),
        ("catch (err", "catch (err)"),
        ('a["k"]', 'a["k"] += 2;'),
        ("// why", "// why"),
    ],
    definitions=[
        ("export default", ""),
        ("#password", "Cart"),
        ("return;", "Cart.add"),
        ("const [x", "handler"),
        ("deep", "k"),
        ("q.body", ""),
    ],
)
TYPESCRIPT = Case(
    language="typescript",
    source="""\
// about Login
@Component({ name: "c1" })
export class Login implements Page {
  private readonly password: string = "p1"; // why
  @Input() name = "n1";
  // about submit
  @HostListener("click")
  submit(@Inject() api: Api = none): void { this.go<string>(<Job>api); }
  constructor(private x: number) { super(); }
}
interface Page { title: string; open(): void }
enum Kind { A = "e1", B }
namespace Shop.Cart { export const size: number = 1; }
declare module "lib" { function load(): void; }
function over(a: string): void;
type Alias = { key: string };
const cast = y as Other;
""",
    comments=["// about Login", "// why", "// about submit"],
    assignments=[
        ("name", '"c1"'),
        ("password", '"p1"'),
        ("name", '"n1"'),
        ("A", '"e1"'),
        ("size", "1"),
        ("cast", "y as Other"),
    ],
    blocks=[
        ("class Login", "// about Login … super(); }\n}"),
        ("c1", "// about Login … super(); }\n}"),
        ('"p1"', 'private readonly password: string = "p1"; // why'),
        ("submit(", "// about submit … (<Job>api); }"),
        ("HostListener", "// about submit … (<Job>api); }"),
        ("@Input", '@Input() name = "n1"'),
        ("title", "title: string"),
        ("interface", "interface Page { title: string; open(): void }"),
        ("namespace", "namespace Shop.Cart { export const size: number = 1; }"),
        ("size", "export const size: number = 1;"),
        ("load", "function load(): void;"),
    ],
    statements=[
        ("class Login", '@Component({ name: "c1" })\nexport class Login implements Page'),
        ("submit(", "submit(@Inject() api: Api = none): void"),
    ],
    definitions=[
        ("password", "Login"),
        ("this.go", "Login.submit"),
        ("size", "Shop.Cart"),
        ("key", "Alias"),
        ("title", "Page"),
        ("load()", "lib.load"),
    ],
)
TSX = Case(
    language="tsx",
    source='export const Page: FC<Props> = ({ a }) => <Box password="kw">{a}</Box>;\nconst n = <T,>(x: T) => x;\n',
    assignments=[("Page", '({ a }) => <Box password="kw">{a}</Box>'), ("n", "<T,>(x: T) => x")],
    definitions=[("<Box", "Page")],
)
JAVA = Case(
    language="java",
    source="""\
package app;
/** about User */
@Entity(name = "kw")
public class User<T> extends Base {
  // note
  @Column(name = "kw2") private static final String password = "p1", other = "p2"; // why
  String one = "p3";
  public User(int a) { this.password = a; }
  /* about load */
  @Override
  public void load(String p) throws Bad {
    int x = 1; x += 2; list[0] = y = 3;
    if (first) return; else if (second) two();
    for (int i = 0; i < 3; i++) step();
    for (var k : ks) {}
    switch (kind) { case 1: four(); break; default: five(); }
    Runnable job = () -> { deep(); };
    new Thread() { void run() { inner(); } };
    try (var f = open()) { } catch (Bad e) { }
  }
  enum Kind { A(1), B; int z; }
}
interface Api { int MAX = 9; void m(); }
record Point(int a) { }
""",
    comments=["/** about User */", "// note", "// why", "/* about load */"],
    assignments=[
        ("password", '"p1"'),
        ("other", '"p2"'),
        ("one", '"p3"'),
        ("this.password", "a"),
        ("x", "1"),
        ("x", "2"),
        ("list[0]", "3"),
        ("y", "3"),
        ("i", "0"),
        ("job", "() -> { deep(); }"),
        ("MAX", "9"),
    ],
    blocks=[
        ("class User", "/** about User */ … int z; }\n}"),
        ("Entity", "/** about User */ … int z; }\n}"),
        ('"p1"', "// note … // why"),
        ("@Override", "/* about load */ … e) { }\n  }"),
        ("void load", "/* about load */ … e) { }\n  }"),
        ("if (first", "if (first) … two();"),
        ("int i =", "for (int i = 0; i < 3; i++) step();"),
        ("step()", "step();"),
        ("four()", "four();"),
        ("catch", "try (var f = open()) { } catch (Bad e) { }"),
        ("enum Kind", "enum Kind { A(1), B; int z; }"),
        ("void m", "void m();"),
        ("record", "record Point(int a) { }"),
    ],
    statements=[
        ("class User", '@Entity(name = "kw")\npublic class User<T> extends Base'),
        ("void load", "@Override\n  public void load(String p) throws Bad"),
        ("job", "Runnable job = () ->"),
        ("catch", "catch (Bad e)"),
        ("case 1", "case 1:"),
    ],
    definitions=[
        ("package", ""),
        ("one =", "User"),
        ("this.password", "User.User"),
        ("int x", "User.load"),
        ("deep", "User.load.job"),
        ("inner", "User.load.run"),
        ("int z", "User.Kind"),
        ("MAX", "Api"),
    ],
)
KOTLIN = Case(
    language="kotlin",
    source="""\
/** about User */
@Entity(name = "kw")
data class User(val password: String = "default", n: Int) : Base() {
  // note
  @Column private val token: String = "p1" // why
  var size = 1
    get() = field
  companion object { const val KEY = "p2" }
  // about load
  @Override
  fun load(a: Int = 1): Int {
    val x = 1; var y: Int
    x = 3; x += 2; this.p = 4; d["k"] = 5
    val (c, e) = pair()
    if (first) return 1 else if (second) two() else { three() }
    for (i in 0..3) { step() }
    when (kind) { 1 -> four() }
    send(password = "kw")
    val job = { q: Int -> deep }
    val map = mapOf("password" to "p3", n to 2)
    return 0
  }
}
object Single { val z = 1; }
""",
    comments=["/** about User */", "// note", "// why", "// about load"],
    assignments=[
        ("token", '"p1"'),
        ("size", "1"),
        ("KEY", '"p2"'),
        ("x", "1"),
        ("x", "3"),
        ("x", "2"),
        ("this.p", "4"),
        ('d["k"]', "5"),
        ("c", "pair()"),
        ("e", "pair()"),
        ("job", "{ q: Int -> deep }"),
        ("map", 'mapOf("password" to "p3", n to 2)'),
        ('"password"', '"p3"'),
        ("z", "1"),
    ],
    blocks=[
        ("data class", "/** about User */ … return 0\n  }\n}"),
        ("Entity", "/** about User */ … return 0\n  }\n}"),
        ('"p1"', '// note\n  @Column private val token: String = "p1" // why'),
        ("fun load", "// about load … return 0\n  }"),
        ("@Override", "// about load … return 0\n  }"),
        ("if (first", "if (first) … { three() }"),
        ("three()", "three()"),
        ("step()", "step()"),
        ("four()", "when (kind) { 1 -> four() }"),
        ("object Single", "object Single { val z = 1; }"),
    ],
    statements=[
        ("data class", '@Entity(name = "kw")\ndata class User(val password: String = "default", n: Int) : Base()'),
        ("fun load", "@Override\n  fun load(a: Int = 1): Int"),
        ("for (i", "for (i in 0..3)"),
        ("four()", "1 -> four()"),
        ("job", "val job ="),
    ],
    definitions=[
        ("size", "User"),
        ("KEY", "User.Companion"),
        ("this.p", "User.load"),
        ("deep", "User.load.job"),
        ("val z", "Single"),
    ],
)
SCALA = Case(
    language="scala",
    source="""\
package app
/** about User */
@Entity(name = "kw")
case class User(password: String = "default") extends Base with More {
  // note
  @Column private val token: String = "p1" // why
  var size = 1
  val (s, t) = (1, 2)
  // about load
  @deprecated
  def load(a: Int = 1): Int = {
    x = 3; x += 2; this.p = 4; d("k") = 5
    if (first) return 1 else if (second) two() else { three() }
    for (i <- 0 to 3) { step() }
    kind match { case 1 => four(); five() }
    send(password = "kw")
    val job = (q: Int) => deep
    val map = Map("password" -> "p3", n -> 2)
    if (a <= b) stop()
  }
  def small = go(1)
}
object Single { def x() = { } }
""",
    comments=["/** about User */", "// note", "// why", "// about load"],
    assignments=[
        ("token", '"p1"'),
        ("size", "1"),
        ("s", "1"),
        ("t", "2"),
        ("x", "3"),
        ("x", "2"),
        ("this.p", "4"),
        ('d("k")', "5"),
        ("job", "(q: Int) => deep"),
        ("map", 'Map("password" -> "p3", n -> 2)'),
        ('"password"', '"p3"'),
    ],
    blocks=[
        ("case class", "/** about User */ … go(1)\n}"),
        ('"p1"', '// note\n  @Column private val token: String = "p1" // why'),
        ("def load", "// about load … stop()\n  }"),
        ("if (first", "if (first) … { three() }"),
        ("three()", "three()"),
        ("four()", "four()"),
        ("def small", "def small = go(1)"),
        ("object Single", "object Single { def x() = { } }"),
    ],
    statements=[
        ("def load", "@deprecated\n  def load(a: Int = 1): Int ="),
        ("for (i", "for (i <- 0 to 3)"),
        ("case 1", "case 1 =>"),
        ("small", "def small = go(1)"),
    ],
    definitions=[("size", "User"), ("this.p", "User.load"), ("deep", "User.load.job"), ("x()", "Single.x")],
)
GO = Case(
    language="go",
    source="""\
// Package app is it.
package app

import (
	"fmt"
)

// Server serves.
type Server struct {
	Addr string `json:"a"` // why
}
type (
	// A is a number.
	A int
)
const password, other = "p1", "p2"
var (
	// of first
	first = 1
	q, r int = both()
)

// Start starts.
func (s *Server) Start(a int) error {
	x := 1 // of x
	a, err := both()
	if err := g(); err != nil { return err } else { log() }
	for i := 0; i < 3; i++ { step() }
	for k, v := range m { use(k) }
	switch kind { case 1: four() }
	go func() { deep() }()
	run := func(a int) { inner() }
	c := Config{Password: "p3", Sub: []int{1}, m: map[string]int{"pw": 1, 2: 3}}
	s.a, m["x"] = 1, 2
	x += 1
	return nil
}
""",
    comments=[
        "// Package app is it.",
        "// Server serves.",
        "// why",
        "// A is a number.",
        "// of first",
        "// Start starts.",
        "// of x",
    ],
    assignments=[
        ("password", '"p1"'),
        ("other", '"p2"'),
        ("first", "1"),
        ("q", "both()"),
        ("r", "both()"),
        ("x", "1"),
        ("a", "both()"),
        ("err", "both()"),
        ("err", "g()"),
        ("i", "0"),
        ("run", "func(a int) { inner() }"),
        ("c", 'Config{Password: "p3", Sub: []int{1}, m: map[string]int{"pw": 1, 2: 3}}'),
        ("Password", '"p3"'),
        ('"pw"', "1"),
        ("s.a", "1"),
        ('m["x"]', "2"),
        ("x", "1"),
    ],
    blocks=[
        ("type Server", "// Server serves. … // why\n}"),
        ("Addr", 'Addr string `json:"a"` // why'),
        ("A int", "type (\n\t// A is a number.\n\tA int\n)"),
        ('"p1"', 'const password, other = "p1", "p2"'),
        ("first = 1", "// of first\n\tfirst = 1"),
        ("q, r", "q, r int = both()"),
        ("Start(a", "// Start starts. … return nil\n}"),
        ("// Start starts.", "// Start starts. … return nil\n}"),
        ("x := 1", "x := 1 // of x"),
        ("err := g()", "if err := g() … { log() }"),
        ("step()", "step()"),
        ("four()", "four()"),
        ("i := 0", "for i := 0; i < 3; i++ { step() }"),
        ("package", "// Package app is it.\npackage app"),
    ],
    statements=[
        ("Start(a", "func (s *Server) Start(a int) error"),
        ("err := g()", "if err := g(); err != nil"),
        ("run :=", "run := func(a int)"),
        ("type Server", "type Server struct"),
        ("case 1", "case 1:"),
    ],
    definitions=[
        ("Addr", "Server"),
        ("x := 1", "Server.Start"),
        ("inner", "Server.Start.run"),
        ("deep", "Server.Start"),
        ("first = 1", ""),
    ],
)
RUST = Case(
    language="rust",
    source="""\
//! about all

use app::thing;
/// about User
#[derive(Debug)]
// between
#[serde(rename = "kw")]
pub struct User<T> {
  #[serde(default)]
  pub name: String, // why
}
const PASSWORD: &str = "p1"; // const
impl<T> User<T> {
  /// about load
  #[inline]
  pub fn load(&self, a: i32) -> i32 {
    let mut y: i32 = 2;
    let (a, b) = (1, 2);
    let User { c, d: e, .. } = f();
    let Some(z) = g() else { return 1 };
    x += 1; self.p = 2; v[0] = 1;
    if let Some(q) = h() { one(); } else if second { two(); }
    for i in 0..3 { step(); }
    match kind { 1 => four(), _ => { five() } }
    let run = |w| { deep(w) };
    let s = User { password: "p2", short, sub: Sub { n: 1 } };
    return 1;
  }
}
impl fmt::Display for User<i32> { fn fmt() {} }
enum Kind { A = 1, B(i32) }
mod inner { fn small() {} }
""",
    comments=["//! about all", "/// about User", "// between", "// why", "// const", "/// about load"],
    assignments=[
        ("PASSWORD", '"p1"'),
        ("y", "2"),
        ("a", "1"),
        ("b", "2"),
        ("c", "f()"),
        ("e", "f()"),
        ("z", "g()"),
        ("x", "1"),
        ("self.p", "2"),
        ("v[0]", "1"),
        ("q", "h()"),
        ("run", "|w| { deep(w) }"),
        ("s", 'User { password: "p2", short, sub: Sub { n: 1 } }'),
        ("password", '"p2"'),
        ("n", "1"),
        ("A", "1"),
    ],
    blocks=[
        ("pub struct", "/// about User … // why\n}"),
        ("derive", "/// about User … // why\n}"),
        ("// between", "/// about User … // why\n}"),
        ("pub name", "#[serde(default)]\n  pub name: String, // why"),
        ('"p1"', 'const PASSWORD: &str = "p1"; // const'),
        ("pub fn load", "/// about load … return 1;\n  }"),
        ("#[inline]", "/// about load … return 1;\n  }"),
        ("if let", "if let … two(); }"),
        ("two()", "two();"),
        ("four()", "match kind { 1 => four(), _ => { five() } }"),
        ("five()", "five()"),
        ("mod inner", "mod inner { fn small() {} }"),
        ("use app", "use app::thing;"),
    ],
    statements=[
        ("pub fn load", "pub fn load(&self, a: i32) -> i32"),
        ("if let", "if let Some(q) = h()"),
        ("second", "else if second"),
        ("four()", "1 => four(),"),
        ("run =", "let run = |w|"),
        ("derive", "#[derive(Debug)]"),
    ],
    definitions=[
        ("pub name", "User"),
        ("let mut", "User.load"),
        ("deep", "User.load.run"),
        ("fn fmt", "User.fmt"),
        ("small", "inner.small"),
    ],
)
C = Case(
    language="c",
    source="""\
/* about all */
#include <a.h>
#define PASSWORD "p1"

// about secret
static const char *secret = "p2", *other; // why
struct user { int id; };
struct user v = { .password = "p3", .sub = { 1 } };
typedef struct { int y; } Bar;
enum kind { A = 1, B };
int (*hook)(int) = 0;
#ifdef DEBUG
// about debug
int debug(void);
#endif
// about run
static int *run(int a, char *b) {
  int x = 1, y;
  x = y = 3; x += 2;
  a->p = 1; list[0] = 2;
  if (first) return 1; else if (second) two(); else { three(); }
  for (int i = 0; i < 3; i++) step();
  switch (kind) { case 1: four(); break; }
}
""",
    comments=["/* about all */", "// about secret", "// why", "// about debug", "// about run"],
    assignments=[
        ("PASSWORD", '"p1"'),
        ("secret", '"p2"'),
        ("v", '{ .password = "p3", .sub = { 1 } }'),
        (".password", '"p3"'),
        ("A", "1"),
        ("hook", "0"),
        ("x", "1"),
        ("x", "3"),
        ("y", "3"),
        ("x", "2"),
        ("a->p", "1"),
        ("list[0]", "2"),
        ("i", "0"),
    ],
    blocks=[
        ('"p1"', '#define PASSWORD "p1"'),
        ('"p2"', '// about secret\nstatic const char *secret = "p2", *other; // why'),
        ("struct user {", "struct user { int id; }"),
        ("struct user v", 'struct user v = { .password = "p3", .sub = { 1 } };'),
        ("typedef", "typedef struct { int y; } Bar;"),
        ("debug(", "// about debug\nint debug(void);"),
        ("*run(", "// about run … break; }\n}"),
        ("if (first", "if (first) … { three(); }"),
        ("two()", "two();"),
        ("step()", "step();"),
        ("four()", "four();"),
        ("int i =", "for (int i = 0; i < 3; i++) step();"),
    ],
    statements=[
        ("*run(", "static int *run(int a, char *b)"),
        ("if (first", "if (first)"),
        ("case 1", "case 1:"),
        ("DEBUG", "#ifdef DEBUG"),
    ],
    definitions=[("int x", "run"), ("int id", "user"), ("int y;", ""), ("secret =", "")],
)
CPP = Case(
    language="cpp",
    source="""\
namespace app::core {
// about User
template <typename T>
class User : public Base {
public:
  // about password
  std::string password = "p1"; // why
  User() : p("kw") {}
  virtual void load(int a = 1) const override { auto x = 1; auto [p, q] = both(); }
  template <class U> void t() {}
  enum class Kind { A = 1 };
};
void User<T>::go() {
  auto run = [&](int a) { deep(a); };
  for (auto& k : ks) { each(); }
  try { one(); } catch (Bad& e) { two(); }
}
}
extern "C" { void z(); }
auto v = User{.password = "p2"};
""",
    comments=["// about User", "// about password", "// why"],
    assignments=[
        ("password", '"p1"'),
        ("x", "1"),
        ("p", "both()"),
        ("q", "both()"),
        ("A", "1"),
        ("run", "[&](int a) { deep(a); }"),
        ("v", 'User{.password = "p2"}'),
        (".password", '"p2"'),
    ],
    blocks=[
        ("class User", "// about User … A = 1 };\n};"),
        ("template <typename", "// about User … A = 1 };\n};"),
        ('"p1"', '// about password\n  std::string password = "p1"; // why'),
        ("void t()", "template <class U> void t() {}"),
        ("virtual", "virtual void load(int a = 1) const override { auto x = 1; auto [p, q] = both(); }"),
        ("catch", "try { one(); } catch (Bad& e) { two(); }"),
        ("void z", "void z();"),
    ],
    statements=[
        ("class User", "template <typename T>\nclass User : public Base"),
        ("run =", "auto run = [&](int a)"),
        ("catch", "catch (Bad& e)"),
    ],
    definitions=[
        ("string password", "app.core.User"),
        ("auto x", "app.core.User.load"),
        ("deep", "app.core.User.go.run"),
        ("void z", ""),
        ("A = 1", "app.core.User.Kind"),
    ],
)
CSHARP = Case(
    language="csharp",
    source="""\
using System;
namespace App.Core
{
  /// <summary>about User</summary>
  [Serializable]
  public class User<T> : Base
  {
    // note
    [Key] private const string password = "p1"; // why
    public string Name { get; set; } = "p2";
    public string Short => "no";
    // about Load
    [Obsolete("x")]
    public void Load(string a = "default") {
      int y, z = 2;
      x += 2; this.p = q = 3; d["k"] = 4;
      (a, b) = (1, 2);
      var (c, e) = both();
      if (first) return; else if (second) two(); else { three(); }
      foreach (var k in ks) { each(); }
      for (int i = 0; i < 3; i++) step();
      switch (kind) { case 1: four(); break; }
      var m = new Dictionary<string, int> { {"password", 1}, ["j"] = 2 };
      var o = new User { Password = "p3" };
      var n = new { Token = "p4" };
      send(password: "kw");
      Func<int, int> run = (u) => { return deep(u); };
    }
    enum Kind { A = 1, B }
  }
}
""",
    comments=["/// <summary>about User</summary>", "// note", "// why", "// about Load"],
    assignments=[
        ("password", '"p1"'),
        ("Name", '"p2"'),
        ("z", "2"),
        ("x", "2"),
        ("this.p", "3"),
        ("q", "3"),
        ('d["k"]', "4"),
        ("a", "1"),
        ("b", "2"),
        ("c", "both()"),
        ("e", "both()"),
        ("i", "0"),
        ("m", 'new Dictionary<string, int> { {"password", 1}, ["j"] = 2 }'),
        ('"password"', "1"),
        ('["j"]', "2"),
        ("o", 'new User { Password = "p3" }'),
        ("Password", '"p3"'),
        ("n", 'new { Token = "p4" }'),
        ("Token", '"p4"'),
        ("run", "(u) => { return deep(u); }"),
        ("A", "1"),
    ],
    blocks=[
        ("class User", "/// <summary>about … A = 1, B }\n  }"),
        ("Serializable", "/// <summary>about … A = 1, B }\n  }"),
        ('"p1"', '// note\n    [Key] private const string password = "p1"; // why'),
        ("Name", 'public string Name { get; set; } = "p2";'),
        ("void Load", "// about Load … deep(u); };\n    }"),
        ("if (first", "if (first) … { three(); }"),
        ("two()", "two();"),
        ("step()", "step();"),
        ("four()", "four();"),
    ],
    statements=[
        ("class User", "[Serializable]\n  public class User<T> : Base"),
        ("void Load", '[Obsolete("x")]\n    public void Load(string a = "default")'),
        ("run =", "Func<int, int> run = (u) =>"),
        ("case 1", "case 1:"),
    ],
    definitions=[
        ("password =", "App.Core.User"),
        ("int y", "App.Core.User.Load"),
        ("deep", "App.Core.User.Load.run"),
        ("A = 1", "App.Core.User.Kind"),
    ],
)
SWIFT = Case(
    language="swift",
    source="""\
import Lib
/// about User
@objc(x)
public class User: Base {
  // note
  @Published private var password: String = "p1" // why
  let p = "p2", q = 2
  var computed: Int { return 1 }
  init(a: Int) { self.p = a }
  // about load
  @discardableResult
  func load(a: Int = 1) -> Int {
    x = 3; x += 2; d["k"] = 5
    let (b, c) = (1, 2)
    if first { return 1 } else if second { two() } else { three() }
    if let s = f(), let t = u { five() }
    guard let w = g() else { return 0 }
    for i in 0...3 { step() }
    switch kind { case 1: four()
      default: six() }
    send(password: "kw")
    let run = { (n: Int) in deep }
    let map = ["password": "p3", "sub": [1]]
    return 0
  }
}
extension User.Kind: Named { func small() {} }
enum Kind: String { case a = "e1", b }
""",
    comments=["/// about User", "// note", "// why", "// about load"],
    assignments=[
        ("password", '"p1"'),
        ("p", '"p2"'),
        ("q", "2"),
        ("self.p", "a"),
        ("x", "3"),
        ("x", "2"),
        ('d["k"]', "5"),
        ("b", "1"),
        ("c", "2"),
        ("s", "f()"),
        ("t", "u"),
        ("w", "g()"),
        ("run", "{ (n: Int) in deep }"),
        ("map", '["password": "p3", "sub": [1]]'),
        ('"password"', '"p3"'),
        ("a", '"e1"'),
    ],
    blocks=[
        ("public class", "/// about User … return 0\n  }\n}"),
        ("@objc", "/// about User … return 0\n  }\n}"),
        ('"p1"', '// note\n  @Published private var password: String = "p1" // why'),
        ("func load", "// about load … return 0\n  }"),
        ("if first", "if first … { three() }"),
        ("three()", "three()"),
        ("four()", "four()"),
        ("guard", "guard let w = g() else { return 0 }"),
        ("extension", "extension User.Kind: Named { func small() {} }"),
    ],
    statements=[
        ("func load", "@discardableResult\n  func load(a: Int = 1) -> Int"),
        ("case 1", "case 1:"),
        ("self.p", "self.p = a"),
    ],
    definitions=[
        ("let p", "User"),
        ("x = 3", "User.load"),
        ("deep", "User.load.run"),
        ("small", "User.Kind.small"),
        ("self.p", "User.init"),
    ],
)
SOLIDITY = Case(
    language="solidity",
    source="""\
// SPDX
pragma solidity ^0.8.0;

/// about Bank
contract Bank is Base {
  // note
  string public password = "p1"; // why
  uint constant MAX = 1;
  modifier only() { require(x); _; }
  constructor(uint a) { p = a; }
  /// about pay
  function pay(uint a) public returns (uint) {
    uint x = 1;
    (uint b, uint c) = (1, 2);
    x = y = 2; x += 1; m["k"] = 2;
    if (first) return 1; else { two(); }
    for (uint i = 0; i < 3; i++) { step(); }
    send({password: "kw"});
  }
}
library Lib {}
""",
    comments=["// SPDX", "/// about Bank", "// note", "// why", "/// about pay"],
    assignments=[
        ("password", '"p1"'),
        ("MAX", "1"),
        ("p", "a"),
        ("x", "1"),
        ("b", "1"),
        ("c", "2"),
        ("x", "2"),
        ("y", "2"),
        ("x", "1"),
        ('m["k"]', "2"),
        ("i", "0"),
    ],
    blocks=[
        ("contract Bank", '/// about Bank … {password: "kw"});\n  }\n}'),
        ('"p1"', '// note\n  string public password = "p1"; // why'),
        ("function pay", '/// about pay … {password: "kw"});\n  }'),
        ("if (first", "if (first) … two(); }"),
        ("two()", "two();"),
        ("return 1", "return 1;"),
    ],
    statements=[("function pay", "function pay(uint a) public returns (uint)"), ("if (first", "if (first)")],
    definitions=[("MAX", "Bank"), ("uint x", "Bank.pay"), ("p = a", "Bank.constructor"), ("require", "Bank.only")],
)
OCAML = Case(
    language="ocaml",
    source="""\
(* about all *)
open Lib

(** about password *)
let password = "p1" (* why *)
let add a b = let x = 1 in x + a
and run = fun z -> deep z
let (c, d) = (1, 2)
module Shop = struct
  (** about cart *)
  let cart = { password = "p2"; sub = [1] }
end
let () = r := 1; q.p <- 2; list.(0) <- 3
""",
    comments=["(* about all *)", "(** about password *)", "(* why *)", "(** about cart *)"],
    assignments=[
        ("password", '"p1"'),
        ("x", "1"),
        ("c", "1"),
        ("d", "2"),
        ("cart", '{ password = "p2"; sub = [1] }'),
        ("password", '"p2"'),
        ("r", "1"),
        ("q.p", "2"),
        ("list.(0)", "3"),
    ],
    blocks=[
        ('"p1"', '(** about password *)\nlet password = "p1" (* why *)'),
        ("add a", "add a b = let x = 1 in x + a"),
        ("let x", "let x = 1"),
        ("module Shop", "module Shop … [1] }\nend"),
        ("cart =", '(** about cart *)\n  let cart = { password = "p2"; sub = [1] }'),
        ("q.p", "q.p <- 2"),
    ],
    statements=[("module Shop", "module Shop ="), ("q.p", "q.p <- 2")],
    definitions=[("x + a", "add"), ("deep", "run"), ("cart =", "Shop"), ("let password", "")],
)
CASES = [JAVASCRIPT, TYPESCRIPT, TSX, JAVA, KOTLIN, SCALA, GO, RUST, C, CPP, CSHARP, SWIFT, SOLIDITY, OCAML]
