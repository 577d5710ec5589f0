"""One text a language for the specification's `encryption_required`: what it reports is in «marks», all else it leaves alone.

Every language with a grammar is here; `docs/rules.md` says what an assignment is.
"""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "python": """\
«password» = raw
«password»: str = raw
password: str
a = «password» = raw
«password» += raw
if («password» := read()):
    pass
self.«password» = raw
config["«password»"] = raw
user, «password» = a, b
(«password», user), ssl = read()
[*«password»] = raw
settings = {"«password»": raw, "user": 1, **password, "password": [raw], "password": {"min": 8}}
password = hash_pw(raw)
«password» = raw  # hash later
user, «password» = hash(u), raw
user, password = u, hash(raw)
password_hash = raw
password: encrypted = raw
password = (
    # nothing yet
    encrypt(raw)
)
login(password=raw)
record = dict(password=raw)
def login(user, password=raw, *, ssn="1"): return user
if password == raw or password: pass
while password != raw: break
for password in passwords: pass
hits = [password for password in passwords]
import password
from password import api_key as password
with read() as password: pass
try: pass
except E as password: pass
del password
assert password
return_to = lambda password=raw: 1
type password = int
match raw:
    case {"password": found}: pass
    case Login(password=found): pass
"password = raw in a text"
# password = raw in a comment
""",
    "javascript": """\
const «password» = raw;
let user = 1, user_«password» = raw;
let password;
this.«password» = raw;
account["«password»"] = raw;
«password» += raw;
«password» ??= raw;
a = «password» = raw;
[user, «password»] = [a, b];
[user, password] = [a, hash(b)];
const { «password» } = raw;
const { user: «password» } = raw;
const { password: pw } = raw;
const settings = { «password»: raw, "«ssn»": 1, user: 2, password: [raw], password: { min: 8 } };
class Account { «password» = raw; static #ssn = encrypt(raw); password() { return 1; } }
password = hash(raw);
«password» = raw; // hash later
const shorthand = { password };
login({ «password»: raw });
field("password").hidden = raw;
field("user").«password» = raw;
function login(user, password = raw) {}
const arrow = (password) => password;
if (password === raw) {}
for (const password of passwords) {}
import password from "x";
import { password as other } from "x";
export { password };
const text = "password = raw";
const template = `password = ${raw}`;
""",
    "typescript": """\
const «password»: string = raw;
let password: string;
this.«password» = raw;
const settings: { password: string } = { «password»: raw };
class Account { private readonly «password»: string = raw; public ssn?: string; constructor(private password: string) {} }
interface Login { password: string; }
type Password = { password: string };
enum Field { «password» = "a", other = "b" }
password = hash(raw);
«password» = raw as string;
function login(password: string = raw): void {}
if (password === raw) {}
for (const password of passwords) {}
import password from "x";
""",
    "tsx": """\
const «password»: string = raw;
const field = <input type="password" password={raw} name="password" />;
const settings = { «password»: raw };
password = hash(raw);
function Login({ password = raw }: Props) { return <p>{password}</p>; }
""",
    "java": """\
package a;
import b.password;
class Account {
    private String «password» = raw;
    String password;
    static final String PASSWORD = raw;
    String a = 1, «password» = raw;
    void f(String password) {
        this.«password» = password;
        «password» += raw;
        a = «password» = raw;
        var «password» = raw;
        password = hash(raw);
        «password» = raw; // hash later
        passwords[0] = encrypt(raw);
        «password»s[0] = raw;
        if (password == raw) {}
        for (String password : passwords) {}
        login(password);
        String text = "password = raw";
    }
    @Column(name = "password") String other;
}
""",
    "kotlin": """\
import a.password
class Account(val password: String, var ssn: String = raw) {
    private val «password»: String = raw
    var password: String
    val user = 1
    fun f(password: String = raw) {
        this.«password» = raw
        «password» += raw
        password = hash(raw)
        «password» = raw // hash later
        settings["«password»"] = raw
        login(password = raw)
        if (password == raw) {}
        for (password in passwords) {}
        val (a, «password») = read()
        val map = mapOf("«password»" to raw)
    }
}
""",
    "scala": """\
import a.password
class Account(val password: String, ssn: String = raw) {
  private val «password»: String = raw
  var user = 1
  def f(password: String = raw): Unit = {
    this.«password» = raw
    «password» += raw
    password = hash(raw)
    «password» = raw // hash later
    val (a, «password») = read()
    login(password = raw)
    if (password == raw) {}
    for (password <- passwords) {}
    val map = Map("«password»" -> raw)
  }
}
""",
    "go": """\
package a

import "b/password"

const «password» = "x"

var user, «password» = a, b

type Login struct {
	password string
}

func f(password string) {
	«password» := raw
	«password» = raw
	«password» += raw
	user, «password» := hash(a), raw
	user, password := a, hash(raw)
	account.«password» = raw
	settings["«password»"] = raw
	login := Login{user: 1, «password»: raw}
	pairs := map[string]string{"«password»": raw}
	password = hash(raw)
	«password» = raw // hash later
	if password == raw {
	}
	for _, password := range passwords {
	}
	var password string
}
""",
    "rust": """\
use a::password;
const «password»: &str = "x";
static «ssn»: &str = "x";
struct Login { password: String }
fn f(password: String) {
    let «password» = raw;
    let mut «password»: String = raw;
    let password: String;
    self.«password» = raw;
    «password» += raw;
    let (user, «password») = (hash(a), raw);
    let login = Login { user: 1, «password»: raw };
    password = hash(raw);
    «password» = raw; // hash later
    if password == raw {}
    for password in passwords {}
    match raw { Login { password: found } => {} }
    if let Some(«password») = read() {}
    println!("password = {}", raw);
}
""",
    "c": """\
#include "password.h"
#define PASSWORD raw
static const char *«password» = raw;
char password[8];
int user = 1, «password» = raw;
struct login { char *password; };
struct login one = { .«password» = raw, .user = 1 };
void f(char *password) {
    login->«password» = raw;
    login.«password» = raw;
    «password»s[0] = raw;
    «password» += raw;
    a = «password» = raw;
    password = hash(raw);
    «password» = raw; // hash later
    if (password == raw) {}
    for (; password;) {}
}
""",
    "cpp": """\
#include "password.h"
class Login { std::string «password» = raw; std::string password; int «ssn»{1}; };
const std::string «password» = raw;
auto «password»{raw};
void f(std::string password = raw) {
    this->«password» = raw;
    login.«password» = raw;
    auto [user, «password»] = read();
    settings["«password»"] = raw;
    password = hash(raw);
    «password» = raw; // hash later
    if (password == raw) {}
    for (auto password : passwords) {}
}
""",
    "csharp": """\
using password = a.b;
class Login {
    private string «password» = raw;
    public string password { get; set; }
    public string «password» { get; set; } = raw;
    const string «ssn» = raw;
    void F(string password = raw) {
        this.«password» = raw;
        var «password» = raw;
        «password» += raw;
        «password» ??= raw;
        (user, «password») = (hash(a), raw);
        settings["«password»"] = raw;
        var login = new Login { user = 1, «password» = raw };
        var map = new Dictionary<string, string> { ["«password»"] = raw };
        password = hash(raw);
        «password» = raw; // hash later
        if (password == raw) {}
        foreach (var password in passwords) {}
        Login(password: raw);
    }
}
""",
    "swift": """\
import password
class Login {
    private let «password»: String = raw
    var password: String
    static let «ssn» = raw
    func f(password: String = raw) {
        self.«password» = raw
        let «password» = raw
        «password» += raw
        let (user, «password») = (hash(a), raw)
        settings["«password»"] = raw
        let map = ["«password»": raw, "user": 1]
        password = hash(raw)
        «password» = raw // hash later
        login(password: raw)
        if password == raw {}
        for password in passwords {}
        if let «password» = read() {}
    }
}
""",
    "ruby": """\
require 'password'
«password» = raw
@«password» = raw
self.«password» = raw
«password» += raw
«password» ||= raw
a = «password» = raw
user, «password» = hash(a), raw
user, password = a, hash(raw)
settings[:«password»] = raw
settings["«password»"] = raw
map = { «password»: raw, "«ssn»" => raw, :«api_key» => raw, user: 1, password: [raw], password: { min: 8 } }
password = hash(raw)
«password» = raw # hash later
login(password: raw)
def login(password = raw, ssn: raw)
end
if password == raw
end
for password in passwords do end
passwords.each { |password| password }
""",
    "php": """\
<?php
use a\\password;
const «password» = 'x';
define('password', 'x');
$«password» = $raw;
$this->«password» = $raw;
Login::$«password» = $raw;
$«password» .= $raw;
$«password» ??= $raw;
$a = $«password» = $raw;
[$user, $«password»] = [hash($a), $raw];
[$user, $password] = [$a, hash($raw)];
list($user, $«password») = $raw;
$settings['«password»'] = $raw;
$map = ['«password»' => $raw, 'user' => 1, 'password' => [$raw]];
class Login { private string $«password» = 'x'; private $password; const «ssn» = 'x'; }
$password = hash($raw);
$«password» = $raw; // hash later
function login($password = 'x') {}
login(password: $raw);
if ($password == $raw) {}
foreach ($passwords as $password) {}
""",
    "lua": """\
local password_module = encrypt(require "password")
local «password» = raw
«password» = raw
self.«password» = raw
settings["«password»"] = raw
local user, «password» = hash(a), raw
local user, password = a, hash(raw)
local map = { «password» = raw, ["«ssn»"] = raw, user = 1, password = { raw } }
password = hash(raw)
«password» = raw -- hash later
local password
function login(password) end
if password == raw then end
for password in passwords do end
""",
    "elixir": """\
import Password
alias A.Password
«password» = raw
{user, «password»} = {hash(a), raw}
@«password» raw
map = %{"«ssn»" => raw, «password»: raw, user: 1}
password = hash(raw)
«password» = raw # hash later
login(password: raw)
if password == raw do
end
for password <- passwords, do: password
def login(password \\\\ raw), do: password
""",
    "ocaml": """\
open Password
let «password» = raw
let user = 1 and «password» = raw
let (user, «password») = (hash a, raw)
let password = hash raw
let «password» = raw (* hash later *)
let login password = password
let f () = let «password» = raw in password
let g () = one.«password» <- raw; «password» := raw
let one = { «password» = raw; user = 1 }
let same = if password = raw then 1 else 2
let h ?(password = raw) () = password
type login = { password : string }
""",
    "solidity": """\
contract Login {
    string «password» = "x";
    string password;
    string constant «ssn» = "x";
    function f(string memory password) public {
        string memory «password» = raw;
        «password» = raw;
        one.«password» = raw;
        (user, «password») = (hash(a), raw);
        password = hash(raw);
        «password» = raw; // hash later
        if (password == raw) {}
    }
}
""",
    "bash": """\
«password»=raw
export «password»=raw
local «password»="$raw"
readonly «password»=raw
«password»+=raw
«password»s[0]=raw
names=(password user)
password=$(hash "$raw")
«password»=raw # hash later
read password
login --password=raw
if [ "$password" = raw ]; then :; fi
for password in $passwords; do :; done
unset password
echo "password=raw"
""",
    "dockerfile": """\
FROM password:1
ARG «password»=raw
ARG password
ENV «password»=raw user=1
ENV «password» raw
LABEL user=1
RUN login --password=raw
COPY password /
""",
    "hcl": """\
resource "password" "one" {
  «password» = raw
  user     = 1
  map      = { «password» = raw, "«ssn»" = raw }
  password = [raw]
  password = hash(raw)
  «password» = raw # hash later
  count    = password == raw ? 1 : 0
}
variable "password" {
  default = raw
}
""",
    "json": """\
{
  "«password»": "raw",
  "user": "password",
  "«password»": null,
  "password": ["raw"],
  "password": {"min": 8},
  "password_hash": "raw"
}
""",
    "yaml": """\
«password»: raw
"«ssn»": raw
user: password
password: [raw]
password:
  min: 8
  «api_key»: &one raw
password: !encrypted raw
«password»: raw # hash later
""",
    "toml": """\
«password» = "raw"
"«ssn»" = "raw"
a.«password» = "raw"
user = "password"
password = ["raw"]
password = { «api_key» = "raw" }
password = "hash:abc"
«password» = "raw" # hash later

[password]
min = 8
""",
    "html": """\
<form>
  <label for="password">password = raw</label>
  <input type="password" name="password" value="raw">
</form>
""",
    "xml": """\
<user password="raw">
  <password>password = raw</password>
</user>
""",
    "css": """\
input[type=password] { color: red; --password: raw; }
""",
}
