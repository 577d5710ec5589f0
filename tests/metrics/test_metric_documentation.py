from __future__ import annotations

import os
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from metric_world import FIXTURES, View, endpoints, files_of, measured, shown

from ospec_guard.languages import by_name
from ospec_guard.metrics import UNPARSED, documentation
from ospec_guard.metrics.endpoints import RECOGNISERS, recognisers
from ospec_guard.metrics.endpoints.facts import View as ViewFact
from ospec_guard.metrics.endpoints.facts import decode, encode, module_of, relative
from ospec_guard.metrics.endpoints.join import unified
from ospec_guard.model import MetricScore, Offender
from ospec_guard.regular import compile_regex

APPS = (
    "django_clinic",
    "express_store",
    "fastapi_library",
    "flask_shop",
    "mixed_tickets",
    "openapi_depot",
    "spring_hotel",
)
"""Sample applications; `<app>.expected` lists their endpoints: documented, method, path, place of the documentation."""

OPTIONS = documentation.Options()


def expected(app: str) -> list[str]:
    with open(os.path.join(FIXTURES, f"{app}.expected"), encoding="utf-8") as file:
        return [" ".join(line.split()) for line in file]


def scored(files: list[tuple[str, str | bytes]]) -> MetricScore:
    return documentation.score(OPTIONS, measured("documentation", files))


@pytest.mark.parametrize("app", APPS)
def test_endpoints_of_a_sample_application(app: str) -> None:
    assert sorted(shown(endpoints(files_of(app)))) == sorted(expected(app))


def test_every_recogniser_has_a_sample_application() -> None:
    told = {
        type(fact).__name__
        for app in APPS
        for _, tally in measured("documentation", files_of(app))
        for fact in decode(tally.details)
    }
    assert told == {"Mount", "Route", "Router", "View"}
    assert len(recognisers()) == len(RECOGNISERS)
    for one in recognisers():
        views = [View(path, text) for app in APPS for path, text in files_of(app)]
        assert any(list(one.recognise(view)) for view in views if view.language.name in one.LANGUAGES)


@pytest.mark.parametrize("app", APPS)
def test_whatever_has_facts_passes_the_prefilter(app: str) -> None:
    hints = documentation.prefilter(OPTIONS)
    for path, text in files_of(app):
        for one in recognisers():
            view = View(path, text)
            if view.language.name in one.LANGUAGES and any(not isinstance(f, ViewFact) for f in one.recognise(view)):
                assert any(compile_regex(hint).search(view.source.data) for hint in one.HINTS), path
                assert set(one.HINTS) <= set(hints)


PYTHON_APP = "from flask import Flask\napp = Flask(__name__)\n"
EXPRESS_APP = "const express = require('express');\nconst app = express();\n"


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        pytest.param("a.py", "from app import app\n@app.route('/x')\ndef f():\n  'd'\n", ["yes GET /x a.py:2:1"], id="imported-app"),
        pytest.param("a.py", PYTHON_APP + "@app.route('/a' '/b')\ndef f(): pass\n", ["no GET /a/b a.py:3:1"], id="joined-text"),
        pytest.param("a.py", PYTHON_APP + "@app.route('/x', methods=('PUT',))\nasync def f():\n  '''d'''\n", ["yes PUT /x a.py:3:1"], id="async"),
        pytest.param("a.py", PYTHON_APP + "@app.get(f'{P}/x')\ndef f(): pass\n", ["no GET /{f'{P}/x'} a.py:3:1"], id="computed-path"),
        pytest.param("a.py", PYTHON_APP + "@login\n@app.get('/x')\n@cached\ndef f():\n  # c\n  r'd'\n", ["yes GET /x a.py:4:1"], id="among-decorators"),
        pytest.param("a.py", PYTHON_APP + "@app.get('/x')\ndef f():\n  f'{d}'\n", ["no GET /x a.py:3:1"], id="no-docstring-computed"),
        pytest.param("a.py", PYTHON_APP + "@app.get('/x')\n@swag_from('x.yml')\ndef f(): pass\n", ["yes GET /x a.py:3:1"], id="flasgger"),
        pytest.param("a.py", PYTHON_APP + "@app.get('/x', description=None)\ndef f(): pass\n", ["no GET /x a.py:3:1"], id="no-description"),
        pytest.param("a.py", PYTHON_APP + "@app.get('/x', description=TEXT)\ndef f(): pass\n", ["yes GET /x a.py:3:1"], id="named-description"),
        pytest.param(
            "a.py",
            "from flask_restx import Namespace, Resource\nns = Namespace('u', path='/u')\n@ns.route('/x')\nclass X(Resource):\n  def get(self):\n    'd'\n  def post(self): pass\n",
            ["yes GET /u/x a.py:5:3", "no POST /u/x a.py:7:3"],
            id="decorated-class",
        ),
        pytest.param(
            "a.py",
            "from flask_restful import Api, Resource\napi = Api(app)\nclass X(Resource):\n  'd'\n  def get(self): pass\napi.add_resource(X, '/x', '/y')\n",
            ["yes GET /x a.py:5:3", "yes GET /y a.py:5:3"],
            id="added-resource",
        ),
        pytest.param(
            "u.py",
            "from django.urls import path\nfrom rest_framework.viewsets import ViewSet\nclass V(ViewSet):\n  def list(self, request):\n    'd'\n  def create(self, request): pass\n"
            "urlpatterns = [path('x', V.as_view({'get': 'list', 'post': 'create'}))]\n",
            ["yes GET /x u.py:4:3", "no POST /x u.py:6:3"],
            id="view-set-with-actions",
        ),
        pytest.param("u.py", "from django.conf.urls import url\nurlpatterns = [url(r'^a/(?:b/)?c/((x)|y)?$', lambda r: 1)]\n", ["no * /a/c/{} u.py:2:16"], id="optional-groups"),
        pytest.param("u.py", "from django.urls import path\nfrom rest_framework.generics import ListCreateAPIView\nclass V(ListCreateAPIView):\n  'd'\nurlpatterns = [path('x', V.as_view())]\n", ["yes GET /x u.py:3:1", "yes POST /x u.py:3:1"], id="generic-view"),
        pytest.param("u.py", "from rest_framework.routers import SimpleRouter\nfrom django.urls import include, path\nclass V(ViewSet):\n  def destroy(self, request, pk): pass\nr = SimpleRouter()\nr.register('x', V)\nurlpatterns = [path('a/', include(r.urls))]\n", ["no DELETE /a/x/{pk} u.py:4:3"], id="router-by-its-class"),
        pytest.param("u.py", "from django.conf.urls import url\nurlpatterns = [url(r'^a/(\\d+)/b\\.json$', v)]\ndef v(request):\n  'd'\n", ["yes * /a/{}/b.json u.py:3:1"], id="url"),
        pytest.param("u.py", "from django import urls\nurlpatterns = (urls.path('a', lambda r: None),)\n", ["no * /a u.py:2:16"], id="tuple-and-lambda"),
        pytest.param("a.js", EXPRESS_APP + "/** d */\napp.get('/x', h).post('/y', h);\n", ["yes GET /x a.js:4:1", "yes POST /y a.js:4:1"], id="chained"),
        pytest.param("a.js", EXPRESS_APP + "app.get(PATHS.x, (q, s) => s.end());\n", ["no GET /{PATHS.x} a.js:3:1"], id="computed-in-express"),
        pytest.param("a.mjs", "import { Router } from 'express';\nconst r = new Router();\nr.patch('/x', /** d */ (q, s) => s.end());\n", ["yes PATCH /x a.mjs:3:1"], id="comment-at-handler"),
        pytest.param("a.js", "import express from 'express';\nimport app from './app';\napp.get('/x', h);\n", ["no GET /x a.js:3:1"], id="app-of-another-file"),
        pytest.param("a.js", "import express from 'express';\n/** d */\nfunction h(req, res) {}\nconst api = express.Router();\napi.get('/x', h);\n", ["yes GET /x a.js:3:1"], id="documented-function"),
        pytest.param("a.ts", "import express = require('express');\nclass S {\n  private app: express.Application;\n  f() { this.app.get('/x', this.h); }\n  /** d */\n  h(req, res) {}\n}\n", ["yes GET /x a.ts:6:3"], id="field-and-method"),
        pytest.param("a.tsx", "import express from 'express';\nconst app = express();\napp.get('/x', (q, s) => s.send(<b/>));\n", ["no GET /x a.tsx:3:1"], id="tsx"),
        pytest.param("A.java", "class A {\n  @GetMapping\n  void f() {}\n}\n", ["no GET / A.java:2:3"], id="no-path-at-all"),
        pytest.param("A.java", '@RequestMapping({"/a", "/b/"})\nclass A {\n  /** d */\n\n  // c\n  @PutMapping(path = "c")\n  void f() {}\n}\n', ["no PUT /a/c A.java:6:3", "no PUT /b/c A.java:6:3"], id="empty-line-before"),
        pytest.param("A.java", 'class A {\n  @Operation(summary = "")\n  @GetMapping("/x")\n  void f() {}\n}\n', ["no GET /x A.java:2:3"], id="empty-summary"),
        pytest.param("o.yml", "swagger: 2.0\npaths:\n  /x:\n    get: {description: d}\n", ["yes GET /x o.yml:4:5"], id="swagger-as-a-number"),
        pytest.param("o.json", '{"openapi": "3.0.0", "paths": {"/x": {"get": {}, "parameters": []}}}', ["no GET /x o.json:1:40"], id="one-line-of-json"),
    ],
)  # fmt: skip
def test_reports(path: str, text: str, found: list[str]) -> None:
    assert shown(endpoints([(path, text)])) == found


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("a.py", "import requests\nrequests.get('/x')\n", id="client-call"),
        pytest.param("a.py", "import uplink\n@uplink.get('/x')\ndef f(): pass\n", id="decorator-of-a-module"),
        pytest.param("a.py", "@mock.patch(TARGET)\n@mock.patch('a.b')\ndef f(): pass\n", id="mock-patch"),
        pytest.param("a.py", PYTHON_APP + "@app.get('setting')\ndef f(): pass\n", id="no-path"),
        pytest.param("a.py", PYTHON_APP + "@app.route\ndef f(): pass\n", id="decorator-without-arguments"),
        pytest.param("a.py", PYTHON_APP + "@app.cli.command('/x')\n@app.errorhandler('/x')\ndef f(): pass\n", id="other-decorators"),
        pytest.param("a.py", PYTHON_APP + "with app.test_client() as client:\n  client.get('/x')\n", id="test-client"),
        pytest.param("a.py", PYTHON_APP + "@app.route('/x', methods=['OPTIONS'])\ndef f(): pass\n", id="options-alone"),
        pytest.param("a.py", "# @app.route('/x')\n'''\n@app.route('/x')\ndef f(): pass\n'''\n", id="prose"),
        pytest.param("a.py", "from pathlib import path\nurlpatterns = [path('x', f)]\n", id="path-that-is-not-djangos"),
        pytest.param("a.py", "from django.urls import path\nprint(path('x', f))\n", id="path-outside-of-a-list"),
        pytest.param("u.py", "from django.urls import path\nfrom lib.views import V\nurlpatterns = [path('x', V.as_view())]\n", id="view-of-a-package"),
        pytest.param("a.py", "from django.contrib import admin\nadmin.site.register(Model, Admin)\nrouter.register(Model, Admin)\n", id="other-registers"),
        pytest.param("a.js", "axios.get('/x', { timeout: 1 });\nclient.get('/x', cb);\n", id="clients"),
        pytest.param("a.js", EXPRESS_APP + "app.get('/title');\napp.set('/x', 1);\napp.use('/x', h);\n", id="settings-and-middleware"),
        pytest.param("a.js", EXPRESS_APP + "const m = new Map(); m.get('/x', 1);\nconst api = axios.create(); api.get('/x', h);\n", id="others-beside-express"),
        pytest.param("a.js", "const app = fastify();\napp.get('/x', (req, res) => {});\n", id="another-framework"),
        pytest.param("a.js", "rest.get('/x', (req, res, ctx) => res());\n", id="mock-service"),
        pytest.param("a.js", EXPRESS_APP + "app.get('/x', { timeout: 1 });\n", id="no-handler"),
        pytest.param("a.js", "const express = require('express');\nconst server = require('fastify')();\nserver.get('/x', h);\n", id="another-framework-beside-express"),
        pytest.param("a.js", EXPRESS_APP + "// app.get('/x', h);\n", id="comment"),
        pytest.param("a.js", EXPRESS_APP + "app.options('/x', cors());\napp.head('/x', h);\n", id="options-and-head"),
        pytest.param("A.java", '@FeignClient("a")\ninterface A {\n  @GetMapping("/x")\n  void f();\n}\n', id="feign"),
        pytest.param("A.java", '@Hidden\nclass A {\n  @GetMapping("/x")\n  void f() {}\n}\n', id="hidden-class"),
        pytest.param("A.java", 'class A {\n  @GetMapping("/x")\n  @Operation(hidden = true)\n  void f() {}\n}\n', id="hidden-operation"),
        pytest.param("A.java", '// @GetMapping("/x")\nclass A { @Override void f() { m.get("/x"); } }\n', id="other-annotations"),
        pytest.param("o.yaml", "openapi: 3.0.0\ninfo: {title: t}\n", id="no-paths"),
        pytest.param("o.yaml", "paths:\n  /x:\n    get: {summary: s}\n", id="no-version"),
        pytest.param("o.yaml", "get:\n  responses: {}\n", id="path-item-nobody-refers-to"),
        pytest.param("o.yaml", "openapi: 3.0.0\npaths: {/x: {parameters: [], x-get: {summary: s}}}\n", id="no-operations"),
        pytest.param("values.yaml", "swagger:\n  image: {{ .Values.image }}\n", id="template"),
        pytest.param("a.txt", "@app.route('/x')\n", id="text"),
        pytest.param("tests/app.py", PYTHON_APP + "@app.route('/x')\ndef f(): pass\n", id="test-folder"),
        pytest.param("src/test_app.py", PYTHON_APP + "@app.route('/x')\ndef f(): pass\n", id="test-file"),
        pytest.param("src/app.test.js", EXPRESS_APP + "app.get('/x', h);\n", id="test-file-of-javascript"),
    ],
)  # fmt: skip
def test_leaves_alone(path: str, text: str) -> None:
    assert shown(endpoints([(path, text)])) == []


@pytest.mark.parametrize(
    ("files", "found"),
    [
        pytest.param(
            {"a/app.js": EXPRESS_APP + "app.use('/v1', require('./routes'));\n", "a/routes/index.js": "const r = require('express').Router();\nr.use('/u', require('./u'));\n", "a/routes/u.js": "const router = require('express').Router();\nrouter.get('/', (req, res) => {});\n"},
            ["no GET /v1/u/ a/routes/u.js:2:1"],
            id="folders-and-two-mounts",
        ),
        pytest.param(
            {"app.js": EXPRESS_APP + "const { a, b } = require('./r');\napp.use('/a', a);\napp.use('/b', b);\n", "r.js": "const express = require('express');\nconst a = express.Router(), b = express.Router();\na.get('/x', h);\nb.get('/x', h);\n"},
            ["no GET /a/x r.js:3:1", "no GET /b/x r.js:4:1"],
            id="two-routers-in-a-file",
        ),
        pytest.param(
            {"m.py": "from fastapi import FastAPI\nfrom r import router\napp = FastAPI()\napp.include_router(router, prefix='/a')\napp.include_router(router, prefix='/b')\n", "r.py": "from fastapi import APIRouter\nrouter = APIRouter()\n@router.get('/x')\ndef f(): 'd'\n"},
            ["yes GET /a/x r.py:3:1", "yes GET /b/x r.py:3:1"],
            id="mounted-twice",
        ),
        pytest.param(
            {"one/app.py": "from views import r\napp.include_router(r, prefix='/1')\n", "one/views.py": "@r.get('/x')\ndef f(): 'd'\n", "two/app.py": "from views import r\napp.include_router(r, prefix='/2')\n", "two/views.py": "@r.get('/x')\ndef f(): pass\n"},
            ["yes GET /1/x one/views.py:1:1", "no GET /2/x two/views.py:1:1"],
            id="the-nearest-of-two-modules",
        ),
        pytest.param(
            {"a.py": "from b import r\ns = APIRouter()\nr.include_router(s, prefix='/s')\n@s.get('/x')\ndef f(): pass\n", "b.py": "from a import s\nr = APIRouter()\ns.include_router(r, prefix='/r')\n"},
            ["no GET /r/s/x a.py:4:1"],
            id="a-circle-ends",
        ),
        pytest.param(
            {"p/__init__.py": "from flask import Blueprint\nbp = Blueprint('p', __name__, url_prefix='/p')\nfrom . import views\n", "p/views.py": "from . import bp\n@bp.route('/x')\ndef f(): pass\n", "app.py": "from p import bp\napp.register_blueprint(bp)\n"},
            ["no GET /p/x p/views.py:2:1"],
            id="router-made-in-its-package",
        ),
        pytest.param(
            {"p.py": "bp = Blueprint('p', __name__, url_prefix='/p')\n@bp.route('/x')\ndef f(): pass\n", "app.py": "from p import bp\napp.register_blueprint(bp, url_prefix='/q')\n"},
            ["no GET /q/x p.py:2:1"],
            id="prefix-replaced",
        ),
        pytest.param(
            {"p.py": "from fastapi import APIRouter\nr = APIRouter(include_in_schema=False)\n", "q.py": "from p import r\n@r.get('/x')\ndef f(): pass\n"},
            [],
            id="hidden-router-of-another-file",
        ),
        pytest.param(
            {"app.js": EXPRESS_APP + "const { check } = require('./auth');\napp.use('/a', check, require('./x'));\n", "x.js": "const r = require('express').Router();\nr.get('/x', (req, res) => {});\n", "auth.js": "const r = require('express').Router();\nr.get('/login', (req, res) => {});\nexports.check = (req, res) => {};\n"},
            ["no GET /login auth.js:2:1", "no GET /a/x x.js:2:1"],
            id="middleware-is-no-router",
        ),
        pytest.param(
            {"app.js": EXPRESS_APP + "app.use('/a', require('./r'));\n", "r.js": "const express = require('express');\nconst router = express.Router(), sub = express.Router();\nrouter.use('/s', sub);\nsub.get('/x', h);\n"},
            ["no GET /a/s/x r.js:4:1"],
            id="router-within-a-mounted-module",
        ),
        pytest.param(
            {"app.js": EXPRESS_APP + "app.use('/a', require('./router'));\n", "router.js": "const router = module.exports = require('express').Router();\nrouter.use(log);\n", "x.js": "const express = require('express');\nconst router = require('./router');\nrouter.get('/x', h);\n"},
            ["no GET /a/x x.js:3:1"],
            id="routes-on-a-router-of-another-file",
        ),
        pytest.param(
            {"p/urls.py": "from django.urls import path\nfrom p import views\nurlpatterns = [path('x', views.f)]\n", "p/views/one.py": "def f(request):\n  'd'\n", "p/views/two.py": "def f(request):\n  'd'\n", "p/views/__init__.py": "def g(request): pass\n"},
            ["no * /x p/urls.py:3:16"],
            id="two-views-of-one-name-are-none",
        ),
        pytest.param(
            {"app.ts": "import express from 'express';\nimport { UserRoutes } from './users';\nconst app = express();\napp.use('/u', new UserRoutes().router);\n", "users.ts": "import { Router } from 'express';\nexport class UserRoutes {\n  router = Router();\n  constructor() { this.router.get('/x', this.list); }\n  /** d */\n  list = (req, res) => {};\n}\n"},
            ["yes GET /u/x users.ts:6:3"],
            id="router-of-an-instance",
        ),
        pytest.param(
            {"p/urls.py": "from django.urls import path\nfrom p import views\nurlpatterns = [path('x', views.f)]\n", "p/views/__init__.py": "from .parts import f\n", "p/views/parts.py": "def f(request):\n  'd'\n"},
            ["yes * /x p/views/parts.py:1:1"],
            id="view-handed-out-by-its-package",
        ),
        pytest.param(
            {"a.yaml": "openapi: 3.0.0\npaths: {/x: {get: {}}}\n", "b.json": '{"openapi": "3.0.0", "paths": {"/x/": {"get": {"summary": "s"}}}}'},
            ["yes GET /x a.yaml:2:14"],
            id="one-operation-in-two-files",
        ),
        pytest.param(
            {"a.py": PYTHON_APP + "@app.get('/x/<int:n>')\ndef f(): 'd'\n@app.put('/x/<n>')\ndef g(): 'd'\n", "a.yaml": "openapi: 3.0.0\nservers: [{url: 'https://h.example/base'}, {url: /}]\npaths: {'/x/{id}': {get: {}}}\n"},
            ["yes PUT /x/<n> a.py:5:1", "yes GET /x/{id} a.yaml:3:21"],
            id="code-documents-the-operation-of-its-method",
        ),
    ],
)  # fmt: skip
def test_across_files(files: dict[str, str], found: list[str]) -> None:
    assert shown(endpoints(sorted(files.items()))) == found


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("/users/<int:id>", "/users/{}"),
        ("/users/{id:[0-9]{2,4}}/", "/users/{}"),
        ("users/:id(\\d+)?", "/users/{}"),
        ("//users//", "/users"),
        ("", "/"),
        ("/", "/"),
        ("/a/{x}-{y}.json", "/a/{}-{}.json"),
    ],
)
def test_paths_are_equal_however_written(written: str, same: str) -> None:
    assert unified(written) == same


@pytest.mark.parametrize(
    ("path", "module"),
    [
        ("a/b.py", ".a.b"),
        ("a/__init__.py", ".a"),
        ("r/index.js", ".r"),
        ("r/users.route.ts", ".r.users.route"),
        ("Makefile", ".Makefile"),
    ],
)
def test_modules(path: str, module: str) -> None:
    assert module_of(path) == module


@pytest.mark.parametrize(
    ("path", "target", "found"),
    [("a/b/c.js", "./d", "a/b/d"), ("a/b/c.js", "../../d/e", "d/e"), ("c.js", "../d", ""), ("c.js", ".", "")],
)
def test_relative(path: str, target: str, found: str) -> None:
    assert relative(path, target) == found


def views(good: int, total: int) -> list[tuple[str, str | bytes]]:
    words = ["  'd'\n" if i < good else "  pass\n" for i in range(total)]
    return [("app.py", PYTHON_APP + "".join(f"@app.get('/{i}')\ndef f{i}():\n{word}" for i, word in enumerate(words)))]


@pytest.mark.parametrize(
    ("good", "total", "score", "measured_text", "note"),
    [
        pytest.param(9, 10, 0.9, "9 of 10 endpoints", "", id="the-threshold-exactly"),
        pytest.param(0, 3, 0.0, "0 of 3 endpoints", "", id="none"),
        pytest.param(2, 2, 1.0, "2 of 2 endpoints", "", id="all"),
        pytest.param(0, 0, None, "", "no HTTP endpoint recognised", id="nothing-to-measure"),
    ],
)
def test_score(good: int, total: int, score: float | None, measured_text: str, note: str) -> None:
    found = scored(views(good, total))
    assert (found.score, found.measured, found.note) == (score, measured_text, note)
    assert len(found.offenders) == total - good


def test_offenders_say_what_is_missing_where() -> None:
    java = ("A.java", 'class A {\n  @GetMapping("/x")\n  void f() {}\n}\n')
    python = ("a.py", "@app.route('/any', methods=M)\ndef f(): pass\n")
    django = ("u.py", "from django.urls import path\nurlpatterns = [path('y', lambda r: 1)]\n")
    assert scored([java, python, django, *files_of("mixed_tickets")]).offenders == (
        Offender("A.java", "GET /x is not documented: A.f has no doc comment", 2, 3),
        Offender("a.py", "any method /any is not documented: f has no docstring", 1, 1),
        Offender("openapi.yaml", "PUT /tickets/{id} is not documented: its operation has no summary or description", 8, 5),
        Offender("openapi.yaml", "GET /elsewhere is not documented: its operation has no summary or description", 15, 5),
        Offender("u.py", "any method /y is not documented: its handler has no docstring", 2, 16),
    )


def test_a_view_that_is_not_found_is_not_called_a_view_without_docstring() -> None:
    app = "from django.urls import path\nclass A:\n  def f(self):\n    urls = [path('y', self.shown.as_view())]\n"
    [offender] = scored([("u.py", app)]).offenders
    assert offender.message == "any method /y is not documented: shown, whose definition is not found, has no docstring"


def test_a_method_of_the_class_around_is_a_view() -> None:
    site = (
        "from django.urls import path\nclass Site:\n"
        "  def get_urls(self):\n    return [path('a', wrap(self.told))] + super().get_urls()\n"
        "  def urls(self):\n    listed = [path('b', wrap(self.told)), path('c', self.untold)]\n    return listed\n"
        "  @never_cache\n  def told(self, request):\n    'd'\n  def untold(self, request):\n    pass\n"
    )
    found = scored([("u.py", site)])
    assert found.measured == "2 of 3 endpoints"
    assert found.offenders == (Offender("u.py", "any method /c is not documented: untold has no docstring", 11, 3),)


def test_declarations_of_types_are_not_measured() -> None:
    broken = "import express from 'express';\nexport default function (app: Router): void;\napp.get('/x', (a) => b);\n"
    assert measured("documentation", [("app.d.ts", broken), ("app.d.mts", broken)]) == []
    assert [path for path, _ in measured("documentation", [("app.ts", broken)])] == ["app.ts"]


def test_details_say_what_was_counted_and_what_was_not() -> None:
    assert scored(files_of("django_clinic")).details == (
        ("endpoints in code alone", "19"),
        ("routes to views of packages, not counted", "1"),
    )
    assert scored(files_of("openapi_depot")).details == (
        ("operations in OpenAPI files", "7"),
        ("path items in files not measured, not counted", "1"),
    )


@settings(max_examples=25)
@given(st.sampled_from(APPS), st.randoms())
def test_the_order_of_files_does_not_matter(app: str, random: Random) -> None:
    tallies = TALLIES[app]
    shuffled = random.sample(tallies, len(tallies))
    assert documentation.score(OPTIONS, shuffled) == documentation.score(OPTIONS, tallies)


TALLIES = {app: measured("documentation", files_of(app)) for app in APPS}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_files_raise_nothing(data: st.DataObject) -> None:
    app = data.draw(st.sampled_from(APPS))
    path, text = data.draw(st.sampled_from(files_of(app)))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    damaged = text[:start] + data.draw(st.sampled_from([b"", b"(", b'"', b"{", b"/**", b"\n"])) + text[end:]
    score = scored([(path, damaged)]).score
    assert score is None or 0 <= score <= 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("u.py", "from django.urls import path\nurlpatterns = [path('x', f)]\ny = " + " + ".join(["'a'"] * 5000), id="long-sum"),
        pytest.param("a.js", EXPRESS_APP + "const y = z" + ".b()" * 3000 + ";\napp" + ".get('/x', h)" * 2, id="long-chain"),
    ],
)  # fmt: skip
def test_long_expressions_are_no_obstacle(path: str, text: str) -> None:
    assert len(endpoints([(path, text)]).all) == 1


def unparsed(path: str, text: str) -> list[str]:
    return [
        value for _, tally in measured("documentation", [(path, text)]) for name, value in tally.details if name == UNPARSED
    ]


@pytest.mark.parametrize(
    ("path", "text", "lines"),
    [
        pytest.param("a.py", PYTHON_APP + "@app.get('/x'\ndef f(:\n  ) = =\n", True, id="route-in-what-did-not-parse"),
        pytest.param(
            "a.py", PYTHON_APP + "def g():\n  return = 1\n\n\n@app.get('/x')\ndef f(): 'd'\n", False, id="route-elsewhere"
        ),
        pytest.param("o.yaml", "openapi: 3.0.0\npaths:\n  /x: {get: [}\n", True, id="openapi"),
        pytest.param("o.json", '{"openapi": "3.0.0", "paths": {', True, id="openapi-in-json"),
        pytest.param("o.yaml", "key: [}\nget:\n", False, id="some-other-yaml"),
    ],
)
def test_what_did_not_parse_is_told(path: str, text: str, *, lines: bool) -> None:
    assert bool(unparsed(path, text)) is lines


def test_a_route_in_a_region_that_did_not_parse_is_not_counted_too() -> None:
    text = PYTHON_APP + "@app.get('/x', = = 1)\ndef f(): 'd'\n"
    assert unparsed("a.py", text) == ["3"]
    assert scored([("a.py", text)]).score is None


def test_facts_survive_their_travel() -> None:
    for tallies in TALLIES.values():
        for _, tally in tallies:
            facts = decode(tally.details)
            assert encode(facts) == tuple(d for d in tally.details if d[0] != UNPARSED)


def test_the_specification_adds_no_keys() -> None:
    assert documentation.compile(documentation.Schema()) == OPTIONS
    python = by_name("python")
    assert python is not None
    assert documentation.applies(OPTIONS, "app.py", python)
    assert documentation.folders(OPTIONS) == ()
    assert documentation.measure_assets(OPTIONS, []) is None
