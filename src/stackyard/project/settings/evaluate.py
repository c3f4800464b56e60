"""Works out what a settings module says, without running it.

Statements are taken in their order. A condition that only a run would tell holds both ways: what it guards
is kept together with it.
"""

from __future__ import annotations

import ast
import re
from copy import deepcopy, replace
from posixpath import dirname, join, normpath
from typing import Any

from stackyard.formats.place import Place, Problem
from stackyard.formats.regexes import regex
from stackyard.project.python import Python
from stackyard.project.settings.bodies import Unbound, surely_set
from stackyard.project.settings.changes import change, tables_in
from stackyard.project.settings.conditions import DEPLOYED
from stackyard.project.settings.environment import dotted, source_of
from stackyard.project.settings.expressions import Expressions
from stackyard.project.settings.optional import OF_CODE, may_lack
from stackyard.project.settings.scope import Binding, Scope, added, entry, is_list, updated
from stackyard.project.settings.values import Choice, FromEnvironment, Function, Items, Table, Unknown

STEPS = 200_000
"""So many statements and expressions of one project are worked out."""

_DEPTH = 20  # modules that import one another
_SPLIT = {"include", "optional"}  # django-split-settings'
# f"environments/{ENVIRONMENT}.py", "environments/{0}.py".format(ENVIRONMENT), "environments/%s.py" % NAME
_MADE = regex(
    r"f?(?P<quote>['\"])(?P<before>[\w./-]*)(?:\{[^{}]*\}|%s)(?P<after>[\w./-]*)(?P=quote)"
    r"(?:\.format\([^()]+\)| % .+)?"
)
_HOOKS = {"__init__", "setup", "pre_setup", "post_setup"}  # of django-configurations
_KNOWN_BASES = {"Configuration", "object", "BaseSettings"}  # of django-configurations and Pydantic


class Evaluator:
    """Works out a module and those that it takes from, each once, as one process would.

    Attributes:
        python: The project's modules.
        expressions: What works out expressions.
        words: Those in the name of the file that is taken where there is one for each environment.
        included: Those that django-split-settings takes into others.
        is_chosen: Whether there was one for each environment.
    """

    def __init__(self, python: Python, expressions: Expressions, words: frozenset[str] = DEPLOYED) -> None:
        """Take a project's modules, what works out their expressions, and an environment's words."""
        self.python = python
        self.expressions = expressions
        self.words = words
        self.is_chosen = False
        self.included: set[str] = set()
        self._scopes: dict[str, Scope] = {}
        self._open: list[str] = []

    def module(self, path: str) -> Scope:
        """Work out a module.

        Args:
            path: Its file.

        Returns:
            Its names; of a module that is being worked out further up, those that it has by then.
        """
        if path not in self._scopes:
            scope = self._scopes[path] = Scope(path)
            tree = self.python.tree(path) if len(self._open) < _DEPTH else None
            if tree is not None:
                self._open.append(path)
                try:
                    self._body(tree.body, scope)
                except RecursionError:
                    problem = Problem(Place(path), "nested too deep: the rest of it was not read")
                    self.python.files.problems.append(problem)
                    scope.open()
                finally:
                    self._open.pop()
            else:
                scope.open()
        return self._scopes[path]

    def _body(self, statements: list[ast.stmt], scope: Scope) -> None:
        for statement in statements:
            if not self.expressions.step():
                scope.open()
                return
            self._statement(statement, scope)

    def _statement(self, statement: ast.stmt, scope: Scope) -> None:
        # pylint: disable=too-many-branches  # one for each kind of statement
        match statement:
            case ast.Assign(targets=targets, value=value):
                self._assign(targets, value, scope)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign([target], value, scope)
            case ast.AugAssign(target=target, op=ast.Add() | ast.BitOr(), value=value):
                self._augment(target, value, scope)
            case ast.If():
                self._if(statement, scope)
            case ast.Try() | ast.TryStar():
                self._try(statement, scope)
            case ast.With():
                self._with(statement, scope)
            case ast.Match(subject=subject, cases=cases):
                for case in cases:
                    self._guarded(_matching(subject, case.pattern), case.body, scope)
            case ast.For(target=target, body=body):
                self._assign_to(target, Unknown("an entry"), scope, statement)
                self._guarded("repeated", body, scope)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                scope.names[name] = Binding(Function(statement), Place(scope.path, statement.lineno))
            case ast.Import():
                self._import(statement, scope)
            case ast.ImportFrom():
                self._import_from(statement, scope)
            case ast.ClassDef():
                self._class(statement, scope)
            case ast.Expr(value=ast.Call() as call):
                self._call(call, scope)

    def _assign(self, targets: list[ast.expr], value: ast.expr, scope: Scope) -> None:
        if isinstance(value, ast.Call):
            self._hand_over(value, scope)
        found = self.expressions.value(value, scope)
        for target in targets:
            if isinstance(target, ast.Name) and isinstance(value, ast.Call):
                self.expressions.environment.remember_scheme(target.id, value, scope)
            named = found
            if isinstance(found, FromEnvironment) and not found.variable and isinstance(target, ast.Name):
                named = replace(found, variable=f"DJANGO_{target.id}")  # as django-configurations calls it
            self._assign_to(target, named, scope, value)

    def _assign_to(self, target: ast.expr, value: Any, scope: Scope, at: ast.AST) -> None:
        where = Place(scope.path, getattr(target, "lineno", getattr(at, "lineno", 0)))
        if isinstance(target, ast.Name):
            scope.bind(target.id, self.expressions.copy(value), where)
        elif isinstance(target, (ast.Tuple, ast.List)):
            items = value.items if isinstance(value, Items) and len(value.items) == len(target.elts) else None
            for number, element in enumerate(target.elts):
                self._assign_to(element, items[number].value if items else Unknown("a part"), scope, at)
        elif isinstance(target, ast.Subscript):
            holder, value = self.expressions.value(target.value, scope), self.expressions.copy(value)
            key = self.expressions.value(target.slice, scope)
            for table in tables_in(holder):
                if isinstance(key, str):
                    before = table.entries.get(key)
                    if scope.conditions and before is not None:
                        value = Choice((("", before.value), (scope.condition, value)))
                    table.entries[key] = entry(value, where, "" if before else scope.condition)
                else:
                    table.is_whole = False
            if isinstance(target.value, ast.Call) and _gives_names(target.value):
                scope.open()

    def _augment(self, target: ast.expr, value: ast.expr, scope: Scope) -> None:
        held = self.expressions.value(target, scope)
        more = self.expressions.value(value, scope)
        where = Place(scope.path, target.lineno)
        if isinstance(held, Table) or isinstance(more, Table):
            table = updated(held, more, scope.condition)
            self._replace(target, held.become(table) if isinstance(held, Table) else table, scope, where)
        elif is_list(held) or is_list(more):
            items = added(held, self.expressions.guarded(more, scope))
            self._replace(target, held.become(items) if isinstance(held, Items) else items, scope, where)
        else:
            self._assign_to(target, self.expressions.sum(held, more, target), scope, target)

    def _replace(self, target: ast.expr, value: Any, scope: Scope, where: Place) -> None:
        """Bind what already has its conditions within."""
        if isinstance(target, ast.Name):
            scope.names[target.id] = Binding(value, where)
            return
        held, scope.conditions = scope.conditions, []
        try:
            self._assign_to(target, value, scope, target)
        finally:
            scope.conditions = held

    def _if(self, statement: ast.If, scope: Scope) -> None:
        truth = self.expressions.truth(statement.test, scope)
        if truth is not None:
            self._body(statement.body if truth else statement.orelse, scope)
            return
        test = source_of(statement.test)
        before = {name: scope.names.get(name) for name in surely_set([statement])}
        self._guarded(test, statement.body, scope)
        self._guarded(f"not ({test})", statement.orelse, scope)
        for name, binding in before.items():
            scope.settle(name, binding)

    def _try(self, statement: ast.Try | ast.TryStar, scope: Scope) -> None:
        self._with(statement, scope)
        for handler in statement.handlers:
            self._guarded("failing", handler.body, scope)
        self._body(statement.orelse, scope)
        self._body(statement.finalbody, scope)

    def _with(self, statement: ast.Try | ast.TryStar | ast.With, scope: Scope) -> None:
        held, scope.may_lack = scope.may_lack, scope.may_lack or may_lack(statement)
        self._body(statement.body, scope)
        scope.may_lack = held

    def _guarded(self, condition: str, body: list[ast.stmt], scope: Scope) -> None:
        scope.conditions.append(condition)
        try:
            self._body(body, scope)
        finally:
            scope.conditions.pop()

    def _import(self, statement: ast.Import, scope: Scope) -> None:
        for alias in statement.names:
            path = self.python.find(alias.name)
            if path is not None and alias.asname:
                scope.bind(alias.asname, self.module(path), Place(scope.path, statement.lineno))

    def _import_from(self, statement: ast.ImportFrom, scope: Scope) -> None:
        name, where = statement.module or "", Place(scope.path, statement.lineno)
        for alias in statement.names:
            source = self.python.source(scope.path, statement.level, name)
            if alias.name == "*":
                if source is not None:
                    scope.take(self.module(source))
                elif not name.startswith("django."):
                    is_machine_s = scope.may_lack and (statement.level or "local" in name)
                    scope.open(OF_CODE if is_machine_s else frozenset())
                continue
            bound = alias.asname or alias.name
            inner = self.python.source(scope.path, statement.level, f"{name}.{alias.name}".lstrip("."))
            if inner is not None:
                scope.bind(bound, self.module(inner), where)
            elif source is not None:
                other = self.module(source)
                if alias.name in other.names:
                    scope.bind(bound, other.names[alias.name].value, other.names[alias.name].where)
                if alias.name in other.schemes:
                    scope.schemes[bound] = other.schemes[alias.name]

    def _class(self, statement: ast.ClassDef, scope: Scope) -> None:
        """Take a class for a module of its own, as django-configurations does."""
        inner = replace(scope, names=dict(scope.names), conditions=list(scope.conditions))
        for base in statement.bases[::-1]:
            parent = self.expressions.value(base, scope)
            if isinstance(parent, Scope):
                # Of the classes in a module, one alone is used: what one changes, the others do not see.
                own = {
                    key: replace(held, value=self.expressions.copy(held.value))
                    for key, held in parent.names.items()
                }
                inner.take(replace(parent, names=own))
            elif source_of(base).rpartition(".")[2] not in _KNOWN_BASES:
                inner.is_whole = False
        self._body(statement.body, inner)
        if statement.bases and "INSTALLED_APPS" in inner.names:
            for hook in statement.body:
                if isinstance(hook, ast.FunctionDef) and hook.name in _HOOKS:
                    self._body([Unbound().visit(deepcopy(one)) for one in hook.body], inner)
        if any(source_of(base).endswith("BaseSettings") for base in statement.bases):
            _read_from_environment(statement, inner)
        scope.names[statement.name] = Binding(inner, Place(scope.path, statement.lineno))

    def _hand_over(self, call: ast.Call, scope: Scope) -> None:
        """Note what a call may do that is given all names: `exec`, `django_heroku.settings(locals())`."""
        name = dotted(call.func) or ""
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        if name in {"exec", "execfile"} or name.endswith("DjangoDynaconf"):
            scope.open()
        elif isinstance(call.func, ast.Attribute) and _gives_names(call.func.value):
            if call.func.attr in {"update", "setdefault", "__setitem__"}:
                scope.open()
        elif any(map(_gives_names, given)):
            function = self.expressions.value(call.func, scope)
            changed = _set_by(function.node) if isinstance(function, Function) else None
            if changed is None:
                scope.open()
            for key in changed or ():
                scope.names[key] = Binding(Unknown(f"{name}(…)"), Place(scope.path, call.lineno))

    def _call(self, call: ast.Call, scope: Scope) -> None:
        """Do what a call does to a list or a table."""
        self._hand_over(call, scope)
        if isinstance(call.func, ast.Name):
            if call.func.id in _SPLIT:
                self._include(call, scope)
            return
        if not isinstance(call.func, ast.Attribute):
            return
        held = self.expressions.value(call.func.value, scope)
        # What is put into a list is a copy: it may be the list itself.
        values = [self.expressions.copy(self.expressions.value(argument, scope)) for argument in call.args]
        where = Place(scope.path, call.lineno)
        change(held, call.func.attr, values, where, scope.condition)

    def _include(self, call: ast.Call, scope: Scope) -> None:
        folder = dirname(scope.path)
        for argument in call.args:
            value = self.expressions.value(
                argument.value if isinstance(argument, ast.Starred) else argument, scope
            )
            is_several = isinstance(argument, ast.Starred) and isinstance(value, Items)
            for pattern in [item.value for item in value.items] if is_several else [value]:
                paths = self._included(pattern, folder)
                if paths is None:
                    scope.open()
                for path in paths or ():
                    self.included.add(path)
                    self._run(path, scope)

    def _included(self, pattern: Any, folder: str) -> list[str] | None:
        """Give the files that a pattern stands for: of those for several environments, the wanted one's."""
        if isinstance(pattern, FromEnvironment):
            pattern = pattern.default
        if isinstance(pattern, Unknown):
            made = _MADE.fullmatch(pattern.source)
            if made is None:
                return None
            named = self.python.files.matching(
                f"/{normpath(join(folder, made['before'] + '*' + made['after']))}"
            )
            told = [
                path
                for path in named
                if self.words & set(re.findall(r"[a-z]+", path.rpartition("/")[2].lower()))
            ]
            self.included.update(named)
            self.is_chosen = self.is_chosen or len(told) == 1
            return told if len(told) == 1 else None
        if not isinstance(pattern, str):
            return None
        return sorted(self.python.files.matching(f"/{normpath(join(folder, pattern))}"))

    def _run(self, path: str, scope: Scope) -> None:
        """Work out a module as if it stood in another's place."""
        tree = self.python.tree(path) if path not in self._open and len(self._open) < _DEPTH else None
        if tree is None:
            scope.open()
            return
        self._open.append(path)
        outer, scope.path = scope.path, path
        try:
            self._body(tree.body, scope)
        finally:
            scope.path = outer
            self._open.pop()


def _matching(subject: ast.expr, pattern: ast.pattern) -> str:
    """Write the condition that a case of a `match` stands for."""
    values = pattern.patterns if isinstance(pattern, ast.MatchOr) else [pattern]
    texts = [ast.unparse(value.value) for value in values if isinstance(value, ast.MatchValue)]
    return f"{ast.unparse(subject)} in ({', '.join(texts)},)" if len(texts) == len(values) else "otherwise"


def _gives_names(node: ast.expr) -> bool:
    """Say whether an expression is the names of the module itself."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"globals", "locals", "vars"}
    )


def _set_by(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str] | None:
    """Give the names that a function sets in the dictionary that it is given; None if that is not told."""
    given = {argument.arg for argument in function.args.args}
    found = set()
    for node in ast.walk(function):
        match node:
            case ast.Subscript(value=ast.Name(id=name), slice=slice_, ctx=ast.Store()) if name in given:
                if not isinstance(slice_, ast.Constant):
                    return None
                found.add(str(slice_.value))
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="update")) if name in given:
                return None
    return found


def _read_from_environment(statement: ast.ClassDef, scope: Scope) -> None:
    """Take the fields of a class of Pydantic's settings for variables of their names."""
    for field in statement.body:
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            name, where = field.target.id, Place(scope.path, field.lineno)
            held = scope.names.get(name) if field.value is not None else None
            value = FromEnvironment(name, name.upper(), held is not None, held.value if held else None)
            scope.names[name] = Binding(value, where)
