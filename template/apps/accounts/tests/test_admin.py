"""Permissions and groups, where they decide: in the admin."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import NoReverseMatch, reverse
from rest_framework.authtoken.models import Token

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
USERS = reverse("admin:accounts_user_changelist")
NEW = "a-quite-different-passphrase"


@pytest.fixture(name="staff")
def _staff(client: Client) -> User:
    staff = UserFactory.create(is_staff=True)
    client.force_login(staff)
    return staff


@pytest.fixture(name="root")
def _root(client: Client) -> User:
    root = UserFactory.create(admin=True)
    client.force_login(root)
    return root


def allow(user: User, *permissions: str) -> None:
    """Put the user into a group that has these permissions on users."""
    group = Group.objects.create(name=" ".join(permissions))
    group.permissions.set(Permission.objects.filter(codename__in=[f"{name}_user" for name in permissions]))
    user.groups.add(group)


@pytest.mark.asvs("8.2.1")
@pytest.mark.proves("permissions")
def test_staff_see_and_do_what_their_groups_may(client: Client, staff: User, user: User) -> None:
    page = reverse("admin:accounts_user_change", args=[user.pk])
    assert (client.get(USERS).status_code, client.get(page).status_code) == (403, 403)

    allow(staff, "view")
    assert user.email in client.get(USERS).content.decode()
    assert client.post(page, {}).status_code == 403

    allow(staff, "change")
    assert client.post(page, {}).status_code == 200
    assert client.get(reverse("admin:accounts_user_delete", args=[user.pk])).status_code == 403


@pytest.mark.proves("permissions")
def test_others_are_sent_to_the_log_in(client: Client, user: User) -> None:
    client.force_login(user)

    assert client.get(USERS).headers["Location"].startswith(reverse("admin:login"))
    assert client.get(USERS, follow=True).status_code == 403
    assert Client().get(USERS, follow=True).redirect_chain[-1][0].startswith(reverse("login"))


@pytest.mark.asvs("16.3.2")
def test_who_is_refused_is_logged(client: Client, staff: User, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="access"):
        client.get(USERS)
        Client().get("/api/v1/users/me/")

    told = [vars(record) for record in caplog.records if record.name == "access"]
    assert [(one["route"], one["status"], one["user_id"]) for one in told] == [
        ("/admin/accounts/user/", 403, staff.pk),
        ("/api/v1/users/me/", 401, None),
    ]


@pytest.mark.asvs("1.1.2", "1.2.1")
def test_what_people_call_themselves_is_text(client: Client, root: User, user: User) -> None:
    hostile = "<script>alert(1)</script>\" onfocus='alert(1)'"
    User.objects.filter(pk=user.pk).update(first_name=hostile, last_name=hostile)

    for address in (USERS, reverse("admin:accounts_user_change", args=[user.pk])):
        page = client.get(address).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;&quot; onfocus=&#x27;" in page
        assert "<script>alert" not in page and "onfocus='" not in page
    user.refresh_from_db()
    assert (user.first_name, root.is_active) == (hostile, True)  # kept as it came


def test_a_user_is_made_by_address(client: Client, root: User) -> None:
    form = {
        "email": "Grace@www.Example\uff61com",
        "usable_password": "true",
        "password1": NEW,
        "password2": NEW,
    }

    response = client.post(reverse("admin:accounts_user_add"), form)

    assert response.status_code == 302, response.context["errors"]
    assert User.objects.exclude(pk=root.pk).get().email == "grace@www.example.com"


@pytest.mark.parametrize("password", ["1234", "ada@example.com"])
def test_a_taken_address_and_a_weak_password_are_refused(
    client: Client, root: User, user: User, password: str
) -> None:
    form = {
        "email": user.email.upper(),
        "usable_password": "true",
        "password1": password,
        "password2": password,
    }

    errors = client.post(reverse("admin:accounts_user_add"), form).context["adminform"].form.errors

    assert set(errors) == {"email", "password2"}
    assert User.objects.count() == len([root, user])


@pytest.mark.asvs("7.4.5")
@pytest.mark.parametrize("usable", [True, False])
def test_a_password_set_here_ends_the_tokens_of_the_old_one(
    client: Client, root: User, user: User, usable: bool
) -> None:
    Token.objects.create(user=user)
    form = {"usable_password": str(usable).lower(), "password1": NEW, "password2": NEW}
    buttons = {"set-password": "1"} if usable else {"unset-password": "1"}

    response = client.post(reverse("admin:auth_user_password_change", args=[user.pk]), form | buttons)

    assert (response.status_code, root.is_superuser) == (302, True)
    user.refresh_from_db()
    assert (user.check_password(NEW), user.has_usable_password()) == (usable, usable)
    assert not user.check_password(PASSWORD)
    assert not Token.objects.exists()


def test_an_edited_user_is_saved(client: Client, root: User, user: User) -> None:
    form = {"email": "Ada.L@Example.com", "first_name": "Ada", "is_active": "on"}

    response = client.post(reverse("admin:accounts_user_change", args=[user.pk]), form)

    assert (response.status_code, root.is_active) == (302, True)
    user.refresh_from_db()
    assert (user.email, user.first_name) == ("ada.l@example.com", "Ada")
    assert user.check_password(PASSWORD)


@pytest.mark.asvs("8.2.3", "15.3.3")
@pytest.mark.proves("permissions")
def test_staff_give_nobody_powers(client: Client, staff: User, user: User) -> None:
    allow(staff, "change")
    form = {"email": user.email, "is_active": "on", "is_staff": "on", "is_superuser": "on"}

    response = client.post(reverse("admin:accounts_user_change", args=[user.pk]), form)

    assert response.status_code == 302
    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser) == (False, False)


@pytest.mark.asvs("8.2.2")
@pytest.mark.proves("permissions")
@pytest.mark.parametrize("traits", [{"admin": True}, {"is_staff": True}, {"is_superuser": True}])
def test_staff_do_not_touch_staff(client: Client, staff: User, traits: dict[str, bool]) -> None:
    allow(staff, "view", "change", "delete")
    other = UserFactory.create(**traits)
    password = {"usable_password": "true", "password1": NEW, "password2": NEW, "set-password": "1"}
    several = {"action": "delete_selected", "_selected_action": other.pk, "post": "yes"}

    for address, form in (
        (reverse("admin:accounts_user_change", args=[other.pk]), {"email": "mine@example.com"}),
        (reverse("admin:auth_user_password_change", args=[other.pk]), password),
        (reverse("admin:accounts_user_delete", args=[other.pk]), {"post": "yes"}),
        (USERS, several),
    ):
        assert client.post(address, form).status_code == 403
    unchanged = User.objects.get(pk=other.pk)
    assert (unchanged.email, unchanged.password) == (other.email, other.password)


@pytest.mark.asvs("8.2.1", "8.2.3")
@pytest.mark.proves("permissions")
def test_staff_give_their_groups_no_powers(client: Client, staff: User) -> None:
    everything = Permission.objects.filter(content_type__app_label="auth")
    group = Group.objects.create(name="helpers")
    group.permissions.set(everything)
    staff.groups.add(group)
    powers = {"name": "helpers", "permissions": [*Permission.objects.values_list("pk", flat=True)]}

    page = reverse("admin:auth_group_change", args=[group.pk])
    assert client.get(page).status_code == 200
    for address, form in (
        (page, powers),
        (reverse("admin:auth_group_add"), powers | {"name": "others"}),
        (reverse("admin:auth_group_delete", args=[group.pk]), {"post": "yes"}),
    ):
        assert client.post(address, form).status_code == 403
    assert Group.objects.get().permissions.count() == everything.count()


def test_superusers_say_what_a_group_may_do(client: Client, root: User) -> None:
    may = Permission.objects.get(codename="view_user")
    form = {"name": "helpers", "permissions": [may.pk]}
    assert client.post(reverse("admin:auth_group_add"), form).status_code == 302
    assert (Group.objects.get().permissions.get(), root.is_active) == (may, True)


@pytest.mark.asvs("8.2.1")
def test_nobody_reads_or_makes_keys_of_others(client: Client, staff: User, user: User) -> None:
    key = Token.objects.create(user=user).key
    staff.user_permissions.set(Permission.objects.all())
    assert client.get(f"{reverse('admin:index')}authtoken/tokenproxy/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("admin:authtoken_tokenproxy_add")
    form = {"action": "delete_selected", "_selected_action": user.pk}
    for page in (client.get(reverse("admin:accounts_user_delete", args=[user.pk])), client.post(USERS, form)):
        assert page.status_code == 200
        assert user.email in page.content.decode() and key not in page.content.decode()
