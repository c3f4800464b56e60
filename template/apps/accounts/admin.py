"""Users in the admin."""

from importlib import import_module
from typing import Any, ClassVar

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from rest_framework.authtoken.models import TokenProxy

from apps.accounts.forms import AdminPasswordChangeForm, UserCreationForm
from apps.accounts.models import User
from apps.accounts.services.factors import factor_remove
from apps.accounts.services.logins import user_log_out

POWERS = ("is_staff", "is_superuser", "groups", "user_permissions")

for app in ("django_otp.plugins.otp_static", "django_otp.plugins.otp_totp", "rest_framework.authtoken"):
    if apps.is_installed(app):
        import_module(f"{app}.admin")
# Their pages would let staff give others a factor that they know, and read and make keys that log in.
# Groups get a page of ours.
for model in filter(admin.site.is_registered, (StaticDevice, TOTPDevice, TokenProxy, Group)):
    admin.site.unregister(model)


@admin.register(User)
class UserAdmin(DjangoUserAdmin):  # type: ignore[type-arg]
    """Django's own, with the address where it has the user name."""

    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        ("Person", {"fields": ("first_name", "last_name")}),
        ("Permissions", {"fields": ("is_active", *POWERS)}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("email", "usable_password", "password1", "password2")}),
    )
    readonly_fields = ("last_login", "date_joined")
    list_display = ("email", "first_name", "last_name", "is_staff", "is_active")
    search_fields = ("email", "first_name", "last_name")
    ordering: ClassVar = ("email",)
    actions = ("factors_remove",)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Let superusers alone say who may do what: others could give themselves everything."""
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else (*fields, *POWERS)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Let superusers alone change staff: a new password for a superuser is as good as being one."""
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save the user; who is disabled is logged out, for good: enabled again, they log in again."""
        super().save_model(request, obj, form, change)
        if change and not obj.is_active:
            user_log_out(obj)

    @admin.action(description="Remove the second factor of the selected users", permissions=["factors"])
    def factors_remove(self, request: HttpRequest, users: QuerySet[User]) -> None:
        """Help those who have lost theirs; they are logged out, and set up another one."""
        number = sum(factor_remove(user) for user in users)
        self.message_user(request, f"{number} removed.", messages.SUCCESS)

    def has_factors_permission(self, request: HttpRequest) -> bool:
        """Let superusers alone do that."""
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Let superusers alone delete staff."""
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Say how many rows go with a user, not which: an API token's name is its key."""
        _, numbers, missing, protected = super().get_deleted_objects(objs, request)
        return [str(user) for user in objs], numbers, missing, protected


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin):
    """Django's own, to be changed by superusers alone: others could give their own group everything."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let superusers alone add groups."""
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """Let superusers alone say what a group may do."""
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """Let superusers alone delete groups."""
        return bool(request.user.is_superuser)


def _may_touch(request: HttpRequest, user: User | None) -> bool:
    return request.user.is_superuser or user is None or not (user.is_staff or user.is_superuser)
