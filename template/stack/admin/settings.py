"""Django's admin, at a path of its own."""

from stack.admin.paths import checked_path
from stack.environment import env

ADMIN_PATH = checked_path(env.str("ADMIN_PATH", "admin/"), name="ADMIN_PATH")
