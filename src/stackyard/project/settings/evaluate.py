"""Works out what a settings module says, without running it.

Statements are taken in their order. A condition that only a run would tell holds both ways: what it guards is kept
together with it.
"""

from __future__ import annotations

import ast
from posixpath import dirname, join, normpath
from typing import Any

from stackyard.formats.place import Place, Problem
from stackyard.project.python import Python
from stackyard.project.settings.expressions import Expressions
from stackyard.project.settings.scope import Binding, Scope, added, cloned, entry, is_list, updated
from stackyard.project.settings.values import Choice, Items, Table, Unknown

STEPS = 60_000
"""So many statements and expressions of one project are worked out."""

_DEPTH = 20  # modules that import one another
_SPLIT = {"include", "optional"}  # django-split-settings'


class Evaluator:
    """Works out modules, each once.

    Attributes:
        python: The project's modules.
    """

    def __init__(self, python: Python) -> None:
        """Take a project's modules."""
        self.python = python
        self.expressions = Expressions(STEPS)
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
                finally:
                    self._open.pop()
        return self._scopes[path]

    def _body(self, statements: list[ast.stmt], scope: Scope) -> None:
        for statement in statements:
            if not self.expressions.step():
                return
            self._statement(statement, scope)

    def _statement(self, statement: ast.stmt, scope: Scope) -> None:
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
            case ast.With(body=body):
                self._body(body, scope)
            case ast.For(target=target, body=body):
                self._assign_to(target, Unknown("an entry"), scope, statement)
                self._guarded("each time", body, scope)
            case ast.Import():
                self._import(statement, scope)
            case ast.ImportFrom():
                self._import_from(statement, scope)
            case ast.ClassDef():
                self._class(statement, scope)
            case ast.Expr(value=ast.Call() as call):
                self._call(call, scope)

    def _assign(self, targets: list[ast.expr], value: ast.expr, scope: Scope) -> None:
        found = self.expressions.value(value, scope)
        for target in targets:
            if isinstance(target, ast.Name) and isinstance(value, ast.Call):
                self.expressions.remember_scheme(target.id, value, scope)
            self._assign_to(target, found, scope, value)

    def _assign_to(self, target: ast.expr, value: Any, scope: Scope, at: ast.AST) -> None:
        where = Place(scope.path, getattr(target, "lineno", getattr(at, "lineno", 0)))
        if isinstance(target, ast.Name):
            scope.bind(target.id, cloned(value), where)
        elif isinstance(target, (ast.Tuple, ast.List)):
            items = value.items if isinstance(value, Items) and len(value.items) == len(target.elts) else None
            for number, element in enumerate(target.elts):
                self._assign_to(element, items[number].value if items else Unknown("a part"), scope, at)
        elif isinstance(target, ast.Subscript):
            holder = self.expressions.value(target.value, scope)
            key = self.expressions.value(target.slice, scope)
            for table in _tables(holder):
                if isinstance(key, str):
                    before = table.entries.get(key)
                    if scope.conditions and before is not None:
                        value = Choice((("", before.value), (scope.condition, value)))
                    table.entries[key] = entry(value, where, "" if before else scope.condition)
                else:
                    table.is_whole = False

    def _augment(self, target: ast.expr, value: ast.expr, scope: Scope) -> None:
        held = self.expressions.value(target, scope)
        more = self.expressions.value(value, scope)
        where = Place(scope.path, target.lineno)
        if isinstance(held, Table) or isinstance(more, Table):
            self._replace(target, updated(held, more, scope.condition), scope, where)
        elif is_list(held) or is_list(more):
            self._replace(target, added(held, self.expressions.guarded(more, scope)), scope, where)
        else:
            self._assign_to(target, self.expressions.sum(held, more, target, scope), scope, target)

    def _replace(self, target: ast.expr, value: Any, scope: Scope, where: Place) -> None:
        """Bind what already has its conditions within."""
        held, scope.conditions = scope.conditions, []
        try:
            self._assign_to(target, value, scope, target)
        finally:
            scope.conditions = held
        if isinstance(target, ast.Name) and target.id in scope.names:
            scope.names[target.id] = Binding(scope.names[target.id].value, where)

    def _if(self, statement: ast.If, scope: Scope) -> None:
        truth = self.expressions.truth(statement.test, scope)
        if truth is not None:
            self._body(statement.body if truth else statement.orelse, scope)
            return
        test = self.expressions.source(statement.test, scope)
        self._guarded(test, statement.body, scope)
        self._guarded(f"not ({test})", statement.orelse, scope)

    def _try(self, statement: ast.Try | ast.TryStar, scope: Scope) -> None:
        self._body(statement.body, scope)
        for handler in statement.handlers:
            self._guarded("it fails", handler.body, scope)
        self._body(statement.orelse, scope)
        self._body(statement.finalbody, scope)

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
            source = self._source(scope.path, statement.level, name)
            if alias.name == "*":
                if source is not None:
                    scope.take(self.module(source))
                continue
            bound = alias.asname or alias.name
            inner = self._source(scope.path, statement.level, f"{name}.{alias.name}".lstrip("."))
            if inner is not None:
                scope.bind(bound, self.module(inner), where)
            elif source is not None:
                other = self.module(source)
                if alias.name in other.names:
                    scope.bind(bound, cloned(other.names[alias.name].value), where)
                if alias.name in other.schemes:
                    scope.schemes[bound] = other.schemes[alias.name]

    def _source(self, path: str, level: int, name: str) -> str | None:
        return self.python.beside(path, level, name) if level else self.python.find(name)

    def _class(self, statement: ast.ClassDef, scope: Scope) -> None:
        """Take a class for a module of its own, as django-configurations does."""
        inner = Scope(scope.path, dict(scope.names), scope.schemes, list(scope.conditions))
        for base in statement.bases:
            parent = self.expressions.value(base, scope)
            if isinstance(parent, Scope):
                inner.take(parent)
        self._body(statement.body, inner)
        scope.names[statement.name] = Binding(inner, Place(scope.path, statement.lineno))

    def _call(self, call: ast.Call, scope: Scope) -> None:
        """Do what a call does to a list or a table."""
        if isinstance(call.func, ast.Name):
            if call.func.id in _SPLIT:
                self._include(call, scope)
            return
        if not isinstance(call.func, ast.Attribute):
            return
        held = self.expressions.value(call.func.value, scope)
        values = [self.expressions.value(argument, scope) for argument in call.args]
        where = Place(scope.path, call.lineno)
        match call.func.attr, values:
            case "append" | "insert", [*_, value]:
                for items in _lists(held):
                    at = (
                        values[0]
                        if call.func.attr == "insert" and isinstance(values[0], int)
                        else len(items.items)
                    )
                    items.items.insert(at, entry(value, where, scope.condition))
            case "extend", [value]:
                more = self.expressions.guarded(value, scope)
                for items in _lists(held):
                    items.items += more.items
                    items.is_whole = items.is_whole and more.is_whole
            case "remove", [value]:
                for items in _lists(held):
                    if not scope.conditions:
                        items.items = [item for item in items.items if item.value != value]
            case "update", [value]:
                for table in _tables(held):
                    table.entries = updated(table, value, scope.condition).entries
            case "setdefault", [str() as key, value]:
                for table in _tables(held):
                    table.entries.setdefault(key, entry(value, where, scope.condition))

    def _include(self, call: ast.Call, scope: Scope) -> None:
        folder = dirname(scope.path)
        for argument in call.args:
            pattern = self.expressions.value(argument, scope)
            if isinstance(argument, ast.Call) and argument.args:
                pattern = self.expressions.value(argument.args[0], scope)
            if isinstance(pattern, str):
                for path in sorted(self.python.files.matching(f"/{normpath(join(folder, pattern))}")):
                    tree = (
                        self.python.tree(path)
                        if path not in self._open and len(self._open) < _DEPTH
                        else None
                    )
                    if tree is not None:
                        self._open.append(path)
                        outer, scope.path = scope.path, path
                        self._body(tree.body, scope)
                        scope.path = outer
                        self._open.pop()


def _lists(value: Any) -> list[Items]:
    if isinstance(value, Choice):
        return [items for _, option in value.options for items in _lists(option)]
    return [value] if isinstance(value, Items) else []


def _tables(value: Any) -> list[Table]:
    if isinstance(value, Choice):
        return [table for _, option in value.options for table in _tables(option)]
    return [value] if isinstance(value, Table) else []
