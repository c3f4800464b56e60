"""Works out expressions: constants are folded, what reads the environment is kept as such."""

from __future__ import annotations

import ast
import re
from copy import replace
from typing import Any

from stackyard.formats.place import Place
from stackyard.project.settings.environment import CASTS, Environment, dotted, source_of
from stackyard.project.settings.scope import Scope, added, cloned, entry, is_list, listed, updated
from stackyard.project.settings.values import (
    Choice,
    FromEnvironment,
    Item,
    Items,
    Table,
    Unknown,
    variables_of,
)

_TEXT = 10_000  # characters of a text that is put together
_NUMBER = 1 << 62
_UNROLLED = 200  # times that a comprehension goes round
_TRUE = {"1", "true", "yes", "on", "t", "y"}


class Expressions:
    """Works out expressions, up to a number of steps.

    Attributes:
        environment: What takes calls that read variables.
    """

    def __init__(self, steps: int) -> None:
        """Take how many steps there are."""
        self._steps = steps
        self.environment = Environment(self.value)

    def step(self) -> bool:
        """Take a step; say whether there was one left."""
        self._steps -= 1
        return self._steps > 0

    def copy(self, value: Any) -> Any:
        """Give a value of one's own, that can be changed: each entry of it takes a step."""
        made, size = cloned(value)
        self._steps -= size - 1
        return made

    def unknown(self, node: ast.expr, *values: Any) -> Unknown:
        """Give what is known of an expression that only a run would tell."""
        return Unknown(source_of(node), frozenset().union(*map(variables_of, values)))

    def value(self, node: ast.expr, scope: Scope) -> Any:
        """Work out what an expression is worth."""
        # pylint: disable=too-many-return-statements,too-many-branches  # one for each kind of expression
        if not self.step():
            return Unknown("an expression")
        match node:
            case ast.Constant(value=value):
                return value
            case ast.Name(id=name):
                return scope.names[name].value if name in scope.names else Unknown(name)
            case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
                return self._items(elements, scope)
            case ast.Dict():
                return self._table(node, scope)
            case ast.IfExp():
                return self._either(node, scope)
            case ast.BinOp(op=ast.Add() | ast.BitOr(), left=left, right=right):
                return self.sum(self.value(left, scope), self.value(right, scope), node)
            case ast.BinOp():
                return self._arithmetic(node, scope)
            case ast.BoolOp():
                return self._logic(node, scope)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                truth = self.truth(operand, scope)
                return self.unknown(node, self.value(operand, scope)) if truth is None else not truth
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                value = self.value(operand, scope)
                return -value if _is_number(value) else self.unknown(node, value)
            case ast.Compare():
                return self._comparison(node, scope)
            case ast.JoinedStr():
                return self._format(node, scope)
            case ast.Subscript():
                return self._subscript(node, scope)
            case ast.Attribute():
                return self._attribute(node, scope)
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
                return self._comprehension(node, scope)
            case ast.Call():
                return self._call(node, scope)
            case ast.NamedExpr(target=target, value=inner):
                value = self.value(inner, scope)
                scope.bind(target.id, value, Place(scope.path, node.lineno))
                return value
        return self.unknown(node)

    def truth(self, node: ast.expr, scope: Scope) -> bool | None:
        """Say whether a condition holds; None if only a run would tell."""
        value = self.value(node, scope)
        if isinstance(value, (bool, int, float, str, bytes)) or value is None:
            return bool(value)
        if isinstance(value, Items) and value.is_whole and not any(item.condition for item in value.items):
            return bool(value.items)
        return None

    def guarded(self, value: Any, scope: Scope) -> Items:
        """Take a value for a list whose entries are there under the conditions of the moment."""
        return listed(value, scope.condition)

    def sum(self, left: Any, right: Any, node: ast.expr) -> Any:
        """Add two values."""
        if isinstance(left, str) and isinstance(right, str) and len(left) + len(right) <= _TEXT:
            return left + right
        if _is_number(left) and _is_number(right):
            return left + right
        if isinstance(left, Table) or isinstance(right, Table):
            return updated(left, right)
        if is_list(left) or is_list(right):
            return added(left, right)
        return self.unknown(node, left, right)

    def _items(self, elements: list[ast.expr], scope: Scope) -> Items:
        made = Items()
        for element in elements:
            if isinstance(element, ast.Starred):
                more = listed(self.value(element.value, scope))
                made = Items(
                    [*made.items, *more.items],
                    made.is_whole and more.is_whole,
                    made.variables | more.variables,
                )
            else:
                made.items.append(
                    entry(self.copy(self.value(element, scope)), Place(scope.path, element.lineno))
                )
        return made

    def _table(self, node: ast.Dict, scope: Scope) -> Table:
        table = Table()
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                table = updated(table, self.value(value, scope))
                continue
            name = self.value(key, scope)
            if isinstance(name, str):
                table.entries[name] = entry(
                    self.copy(self.value(value, scope)), Place(scope.path, key.lineno)
                )
            else:
                table.is_whole = False
        return table

    def _either(self, node: ast.IfExp, scope: Scope) -> Any:
        truth = self.truth(node.test, scope)
        if truth is not None:
            return self.value(node.body if truth else node.orelse, scope)
        test = source_of(node.test)
        asked, value, other = (self.value(part, scope) for part in (node.test, node.body, node.orelse))
        if isinstance(asked, FromEnvironment) and variables_of(value) == {asked.variable}:
            return FromEnvironment(source_of(node), asked.variable, True, other)  # read if it is set
        return Choice(((test, value), (f"not ({test})", other)))

    def _arithmetic(self, node: ast.BinOp, scope: Scope) -> Any:
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        if _is_number(left) and _is_number(right):
            match node.op:
                case ast.Sub():
                    return left - right
                case ast.Mult() if abs(left * right) < _NUMBER:
                    return left * right
        return self.unknown(node, left, right)

    def _logic(self, node: ast.BoolOp, scope: Scope) -> Any:
        is_or = isinstance(node.op, ast.Or)
        values: list[Any] = []
        for operand in node.values:
            value = self.value(operand, scope)
            if isinstance(value, FromEnvironment) and is_or and operand is not node.values[-1]:
                rest = self.value(node.values[-1], scope)
                return FromEnvironment(source_of(node), value.variable, True, rest)
            if isinstance(value, (bool, int, str)) or value is None:
                if bool(value) is is_or:  # it decides, where all before it might not
                    return value if not values else self.unknown(node, *values)
                if operand is node.values[-1] and not values:
                    return value
                continue
            values.append(value)
        return values[0] if len(values) == 1 and not is_or else self.unknown(node, *values)

    def _comparison(self, node: ast.Compare, scope: Scope) -> Any:
        left, right = self.value(node.left, scope), self.value(node.comparators[0], scope)
        known = (str, int, float, bool, type(None))
        if isinstance(left, FromEnvironment) and isinstance(left.default, known) and len(node.ops) == 1:
            return self._compared(left, right, node)
        if len(node.ops) == 1:
            match node.ops[0]:
                case ast.Eq() | ast.Is() if isinstance(left, known) and isinstance(right, known):
                    return left == right
                case ast.NotEq() | ast.IsNot() if isinstance(left, known) and isinstance(right, known):
                    return left != right
                case ast.In() if isinstance(left, str) and isinstance(right, str):
                    return left in right
        return self.unknown(node, left, right, *(self.value(other, scope) for other in node.comparators[1:]))

    def _compared(self, left: FromEnvironment, right: Any, node: ast.Compare) -> Any:
        """Compare a variable, of which the default is known."""
        source = source_of(node)
        texts = right.texts() if isinstance(right, Items) and right.is_whole else None
        found = None
        match node.ops[0]:
            case ast.Eq() if isinstance(right, (str, int)):
                found = left.default == right
            case ast.NotEq() if isinstance(right, (str, int)):
                found = left.default != right
            case ast.In() if texts is not None:
                found = left.default in texts
            case ast.NotIn() if texts is not None:
                found = left.default not in texts
        if found is None or not left.has_default:
            return Unknown(source, left.variables | variables_of(right))
        return FromEnvironment(source, left.variable, True, found)

    def _format(self, node: ast.JoinedStr, scope: Scope) -> Any:
        values = [
            self.value(part.value if isinstance(part, ast.FormattedValue) else part, scope)
            for part in node.values
        ]
        if all(isinstance(value, (str, int)) for value in values):
            text = "".join(map(str, values))
            if len(text) <= _TEXT:
                return text
        return self.unknown(node, *values)

    def _subscript(self, node: ast.Subscript, scope: Scope) -> Any:
        if dotted(node.value) in {"os.environ", "environ"}:
            key = self.value(node.slice, scope)
            if isinstance(key, str):
                return FromEnvironment(source_of(node), key)
        held = self.value(node.value, scope)
        key = self.value(node.slice, scope)
        return self._within(held, key, node, scope)

    def _within(self, held: Any, key: Any, node: ast.expr, scope: Scope) -> Any:
        if isinstance(held, Choice):
            return Choice(
                tuple(
                    (condition, self._within(option, key, node, scope)) for condition, option in held.options
                )
            )
        if isinstance(held, Table) and isinstance(key, str) and key in held.entries:
            return held.entries[key].value
        if isinstance(held, Items) and isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
            return self._part(held, node.slice, scope)
        if isinstance(held, Items) and isinstance(key, int) and -len(held.items) <= key < len(held.items):
            return held.items[key].value
        return self.unknown(node, held)

    def _part(self, held: Items, node: ast.Slice, scope: Scope) -> Items:
        """Give the part of a list that a slice is; one of which nothing is known, where its ends are not."""
        ends = [None if end is None else self.value(end, scope) for end in (node.lower, node.upper)]
        is_certain = held.is_whole and not any(item.condition for item in held.items) and node.step is None
        if not is_certain or any(not (end is None or isinstance(end, int)) for end in ends):
            return Items([], False, held.variables)
        return Items(held.items[ends[0] : ends[1]], True, held.variables, held.is_ordered)

    def _attribute(self, node: ast.Attribute, scope: Scope) -> Any:
        held = self.value(node.value, scope)
        if isinstance(held, Scope):
            return held.names[node.attr].value if node.attr in held.names else Unknown(node.attr)
        return self.unknown(node, held)

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp, scope: Scope) -> Any:
        loop = node.generators[0]
        over = self.value(loop.iter, scope)
        if (
            len(node.generators) > 1
            or loop.ifs
            or not isinstance(loop.target, ast.Name)
            or not isinstance(over, Items)
        ):
            return Items([], False, variables_of(over))
        inner = Scope(scope.path, dict(scope.names), scope.schemes)
        made = Items([], over.is_whole and len(over.items) <= _UNROLLED, over.variables)
        for item in over.items[:_UNROLLED]:
            inner.bind(loop.target.id, item.value, item.where)
            made.items.append(Item(self.copy(self.value(node.elt, inner)), item.where, item.condition))
        return made

    def _call(self, node: ast.Call, scope: Scope) -> Any:
        # pylint: disable=too-many-return-statements  # one for each kind of call
        name = dotted(node.func) or ""
        last = node.func.attr if isinstance(node.func, ast.Attribute) else name
        read = self.environment.read(node, name, scope)
        if read is not None:
            return read
        if name == "optional" and len(node.args) == 1:  # django-split-settings'
            return self.value(node.args[0], scope)
        if re.fullmatch(r"values\.\w*Value|[A-Z]\w+Value", name):
            return self.environment.configured(node, scope)
        if name == "dict":
            return self._dict(node, scope)
        values = [
            self.value(argument, scope)
            for argument in (*node.args, *(keyword.value for keyword in node.keywords))
        ]
        if isinstance(node.func, ast.Attribute):
            held = self.value(node.func.value, scope)
            found = self._method(held, last, values, node, scope)
            if found is not None:
                return found
            values.append(held)
        if last in CASTS and len(values) == 1:
            return _cast(values[0], last) if not isinstance(values[0], Choice) else values[0]
        if last in {"parse", "db_url_config", "cache_url_config", "deepcopy"} and values:
            return self.copy(values[0])  # of an address, all that is asked for is in it
        if isinstance(node.func, ast.Name) and isinstance(self.value(node.func, scope), Scope):
            return self.value(node.func, scope)  # an instance: its names are its class'
        return self.unknown(node, *values)

    def _dict(self, node: ast.Call, scope: Scope) -> Any:
        table = Table()
        for keyword in node.keywords:
            value = self.value(keyword.value, scope)
            if keyword.arg is not None:
                value = Table({keyword.arg: entry(value, Place(scope.path, keyword.value.lineno))})
            table = updated(table, value)
        return updated(self.value(node.args[0], scope), table) if node.args else table

    def _method(self, held: Any, name: str, values: list[Any], node: ast.expr, scope: Scope) -> Any:
        """Call a method of a value; None for one that is not known."""
        if isinstance(held, Scope) and name in held.names:
            return Unknown(name)
        if isinstance(held, (Items, Table)) and name == "copy":
            return self.copy(held)
        if isinstance(held, Items) and name == "index" and len(values) == 1:
            return _index(held, values[0], self.unknown(node, held))
        if name in {"split", "strip", "lower", "upper", "replace", "rstrip", "lstrip"}:
            return self._text_method(held, name, values, node, scope)
        return None

    def _text_method(self, held: Any, name: str, values: list[Any], node: ast.expr, scope: Scope) -> Any:
        if isinstance(held, FromEnvironment):
            default = self._text_method(held.default, name, values, node, scope) if held.has_default else None
            return FromEnvironment(source_of(node), held.variable, held.has_default, default)
        if isinstance(held, str) and all(isinstance(value, str) for value in values) and len(held) <= _TEXT:
            if name == "split":
                parts = held.split((values[0] if values else None) or None)
                return Items([Item(part, Place(scope.path, node.lineno)) for part in parts])
            if name in {"strip", "lower", "upper"} and not values:
                return getattr(held, name)()
        return self.unknown(node, held)


def _index(items: Items, value: Any, otherwise: Unknown) -> Any:
    """Give the place of an entry in a list, if it is certain."""
    is_certain = items.is_whole and items.is_ordered and not any(item.condition for item in items.items)
    found = [number for number, item in enumerate(items.items) if item.value == value]
    return found[0] if found and is_certain else otherwise


def _cast(value: Any, name: str) -> Any:
    if isinstance(value, FromEnvironment):
        return replace(value, default=_cast(value.default, name)) if value.has_default else value
    if name == "strtobool" and isinstance(value, str):
        return value.lower() in _TRUE
    if name in {"list", "tuple", "set"}:
        return listed(value)
    if isinstance(value, (str, int, float, bool)):
        try:
            return {"bool": bool, "int": int, "float": float, "str": str}.get(name, lambda same: same)(value)
        except (ValueError, OverflowError):
            return Unknown(f"{name}(…)")
    return Unknown(f"{name}(…)", variables_of(value))


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < _NUMBER
