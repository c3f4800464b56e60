"""Who may what: the admin, the audit, callers."""

from tests.protections.protection import Protection

FAMILIES, BACKEND, FORGED = "stack/jwt/families.py", "stack/jwt/backend.py", "stack/jwt/tests/test_forged.py"
TOKENS = "apps/accounts/tests/test_jwt.py"
ACCESS = "tests/test_access.py"
USERS = "apps/accounts/tests/test_admin.py"
POWERS, COUNTED = "stack/otp/permissions.py", "stack/otp/tests/test_permissions.py"
SITE, AUDIT = "stack/admin/tests/test_site.py", "stack/audit/tests/test_audit.py"
HALF, TRIGGER = "stack/otp/half.py", "stack/audit/migrations/0001_initial.py"

ROWS = [
    # The admin
    Protection(
        "an admin without a log-in of its own",
        "stack/admin/site.py",
        'return redirect_to_login(request.GET.get("next", index), resolve_url(page))',
        "return super().login(request)",
        f"{SITE} -k logs_nobody_in",
    ),
    Protection(
        "an admin for those with a second factor",
        "stack/admin/site.py",
        " and (not settings.STAFF_SECOND_FACTOR or is_verified(request))",
        "",
        f"{SITE} -k nowhere_else",
    ),
    Protection(
        "a second factor for what staff may do over the API",
        POWERS,
        "return request.user.is_staff and _counted(request)",
        "return request.user.is_staff",
        f"{COUNTED} -k customers",
    ),
    Protection(
        "a second factor for the permissions of models over the API",
        POWERS,
        "return super().has_permission(request, view) and _counted(request)",
        "return super().has_permission(request, view)",
        f"{COUNTED} -k not_of_the_staff",
    ),
    Protection(
        "powers over the API by a session that has shown its code",
        POWERS,
        "return is_verified(request) if request.auth is None else has_factor(request.user)",
        "return has_factor(request.user)",
        f"{COUNTED} -k none_of_the_staff",
    ),
    Protection(
        "a catalogue that shows staff without a second factor what customers see",
        "apps/catalog/api/views.py",
        "if acts_as_staff(self.request)",
        "if self.request.user.is_staff",
        "apps/catalog/tests/test_api.py -k without_a_second_factor",
    ),
    Protection(
        "a second factor that is one's own",
        "stack/otp/verified.py",
        " and device.user_id == request.user.pk",
        "",
        f"{SITE} -k another_s_device",
    ),
    Protection(
        "a second factor for the staff in production",
        "stack/otp/settings.py",
        'env.bool("STAFF_SECOND_FACTOR", PRODUCTION)',
        'env.bool("STAFF_SECOND_FACTOR", False)',
        f"{SITE} -k production",
    ),
    Protection(
        "keys of API tokens that the admin has no page for",
        "apps/accounts/admin.py",
        "(StaticDevice, TOTPDevice, TokenProxy, Group)",
        "(StaticDevice, TOTPDevice, Group)",
        f"{USERS} -k keys_of_others",
    ),
    Protection(
        "keys of API tokens that are not read when a user is deleted",
        "apps/accounts/admin.py",
        "return [str(user) for user in objs], numbers, missing, protected",
        "return _, numbers, missing, protected",
        f"{USERS} -k keys_of_others",
    ),
    Protection(
        "groups that superusers alone make",
        "apps/accounts/admin.py",
        '"""Let superusers alone add groups."""\n        return bool(request.user.is_superuser)',
        "return super().has_add_permission(request)",
        f"{USERS} -k their_groups",
    ),
    Protection(
        "groups that superusers alone change",
        "apps/accounts/admin.py",
        '"""Let superusers alone say what a group may do."""\n        return bool(request.user.is_superuser)',
        "return super().has_change_permission(request, obj)",
        f"{USERS} -k their_groups",
    ),
    Protection(
        "groups that superusers alone delete",
        "apps/accounts/admin.py",
        '"""Let superusers alone delete groups."""\n        return bool(request.user.is_superuser)',
        "return super().has_delete_permission(request, obj)",
        f"{USERS} -k their_groups",
    ),
    Protection(
        "superusers who are not of the staff, out of the staff's reach",
        "apps/accounts/admin.py",
        "not (user.is_staff or user.is_superuser)",
        "not user.is_staff",
        f"{USERS} -k touch_staff",
    ),
    # The audit
    Protection(
        "entries that nobody changes",
        TRIGGER,
        "BEFORE UPDATE OR DELETE",
        "BEFORE DELETE",
        f"{AUDIT} -k refuses_to_change",
    ),
    Protection(
        "entries that nobody deletes before their time",
        TRIGGER,
        "TG_OP = 'DELETE' AND OLD.keep_until < statement_timestamp()",
        "TG_OP = 'DELETE'",
        f"{AUDIT} -k refuses_to_change",
    ),
    Protection(
        "an audit without the names that people type",
        "stack/audit/receivers.py",
        "record(Event.LOGIN_FAILED, ",
        "record(Event.LOGIN_FAILED, name=name, ",
        f"{AUDIT} -k names_the_account",
    ),
    Protection(
        "an audit of what is done to many rows at once",
        "stack/audit/receivers.py",
        'setattr(manager, "_queryset_class", LogEntries)',
        "del manager",
        f"{AUDIT} -k row_by_row",
    ),
    Protection(
        "an audit of refresh tokens that come twice",
        FAMILIES,
        "        record(Event.REFRESH_REUSED, subject=family.user_id, login=str(family.pk))\n",
        "",
        f"{TOKENS} -k comes_twice",
    ),
    # Who may what
    Protection(
        "a log-in for whatever decides nothing else",
        "stack/rest/settings.py",
        "permissions.IsAuthenticated",
        "permissions.AllowAny",
        ACCESS,
    ),
    Protection(
        "orders that are their owner's alone",
        "apps/orders/api/views.py",
        "return order_list(self.request.user)",
        "return Order.objects.all()",
        f"{ACCESS} -k orders",
    ),
    Protection(
        "sales for the staff",
        "apps/insights/api/views.py",
        "permission_classes = [StaffOnly]",
        "permission_classes = []",
        f"{ACCESS} -k sales",
    ),
]
