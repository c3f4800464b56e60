"""bundler-runs."""

import pytest

from tests.rules.repo import Break, flags, passes

PACKAGE = '{\n  "scripts": {"build": "vite build"},\n  "devDependencies": {\n    "vite": "^7"\n  }\n}\n'
BREAK = Break("package.json", new=PACKAGE, more=(Break(".gitignore", "media/\n", "dist/\nmedia/\n"),))

FILES = {"package.json": PACKAGE, ".gitignore": "dist/\n", "Dockerfile": "FROM python:3.13\n"}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Dockerfile", "FROM node:24 AS assets\nRUN npm ci && npm run build\nFROM python:3.13\n"),
        ("Dockerfile", 'FROM node:24\nRUN ["pnpm", "run", "build"]\n'),
        ("Dockerfile", "FROM node:24\nRUN yarn --cwd frontend build:prod\n"),
        (".github/workflows/ci.yml", "jobs:\n  a:\n    steps:\n      - run: npx vite build\n"),
        ("Makefile", "assets:\n\tnpm --prefix frontend run build\n"),
        ("app.json", "{}"),
        (".gitignore", "node_modules/\n"),
        ("package.json", '{"devDependencies": {"prettier": "3"}}'),
        ("package.json", '{"devDependencies": {"vite": "7"}}'),
    ],
)
def test_it_is_run_or_need_not(path: str, text: str) -> None:
    passes("bundler-runs", {**FILES, path: text})


@pytest.mark.parametrize(
    "text", ["FROM python:3.13\n", "FROM python:3.13\n# RUN npm run build\n", "FROM node:24\nRUN npm ci\n"]
)
def test_nothing_runs_it(text: str) -> None:
    flags("bundler-runs", {**FILES, "Dockerfile": text}, "package.json:4 vite makes the frontend's files")
