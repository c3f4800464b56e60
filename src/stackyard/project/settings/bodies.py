"""What bodies of statements do: to names whatever conditions hold, and to those of a class by its methods."""

from __future__ import annotations

import ast


def surely_set(body: list[ast.stmt]) -> set[str]:
    """Give the names that statements set whatever conditions hold: by `if`, in each of its branches."""
    names: set[str] = set()
    for statement in body:
        if isinstance(statement, ast.Assign):
            names |= {target.id for target in statement.targets if isinstance(target, ast.Name)}
        elif isinstance(statement, ast.If) and statement.orelse:
            names |= surely_set(statement.body) & surely_set(statement.orelse)
    return names


class Unbound(ast.NodeTransformer):
    """Writes what a method says of its class, such as `self.MIDDLEWARE`, as the class itself would."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:  # pylint: disable=invalid-name  # ast's own
        """Take the class away from before a setting."""
        if isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"} and node.attr.isupper():
            return ast.copy_location(ast.Name(node.attr, node.ctx), node)
        self.generic_visit(node)
        return node
