"""Tokens and log-ins, second factors, and their limits."""

from tests.protections.protection import Protection

SETTINGS = "config/settings.py"
FAMILIES, BACKEND, FORGED = "stack/jwt/families.py", "stack/jwt/backend.py", "stack/jwt/tests/test_forged.py"
TOKENS = "apps/accounts/tests/test_jwt.py"
SESSIONS, PASSWORDS = "apps/accounts/tests/test_sessions.py", "apps/accounts/tests/test_passwords.py"
GUESSES, GUESSING = "stack/throttling/guesses.py", "stack/throttling/tests/test_guesses.py"
RATES = "stack/throttling/tests/test_api.py"
ADDRESSES = "stack/rest/addresses.py"
ACCESS = "tests/test_access.py"
FACTORS, CODES = "apps/accounts/tests/test_factors.py", "stack/otp/tests/test_codes.py"
HALF, TRIGGER = "stack/otp/half.py", "stack/audit/migrations/0001_initial.py"

ROWS = [
    # Tokens and log-ins
    Protection(
        "a family that ends when a token comes twice",
        FAMILIES,
        "        families_end(family.user_id, only=family.pk)\n        logger",
        "        logger",
        f"{TOKENS} -k comes_twice",
    ),
    Protection(
        "a refresh token that works once",
        FAMILIES,
        '(pk=family.pk, refresh=token["jti"], ended_at=None)',
        "(pk=family.pk)",
        f"{TOKENS} -k one_succeeds",
    ),
    Protection(
        "tokens that end with their family",
        FAMILIES,
        "filter(ended_at=None, user__is_active=True)",
        "filter(user__is_active=True)",
        f"{TOKENS} -k logging_out",
    ),
    Protection(
        "tokens that end with their user",
        FAMILIES,
        "filter(ended_at=None, user__is_active=True)",
        "filter(ended_at=None)",
        f"{TOKENS} -k disabled",
    ),
    Protection(
        "tokens that end with the password",
        FAMILIES,
        "family is None or not _has_password_of(family)",
        "family is None",
        f"{TOKENS} -k whoever_changed_it",
    ),
    Protection("an audience", BACKEND, 'audience=own["AUDIENCE"]', "audience=None", f"{FORGED} -k no_other"),
    Protection("an issuer", BACKEND, 'issuer=own["ISSUER"]', "issuer=None", f"{FORGED} -k no_other"),
    Protection(
        "keys by their names",
        BACKEND,
        'self.keys[jwt.get_unverified_header(token)["kid"]]',
        "self.prepared_verifying_key",
        f"{FORGED} -k no_other",
    ),
    Protection(
        "a private key of one's own in production",
        "stack/jwt/keys.py",
        "required(name, fallback=DEVELOPMENT_KEY)",
        "env.str(name, DEVELOPMENT_KEY) or DEVELOPMENT_KEY",
        "stack/jwt/tests/test_settings.py",
    ),
    Protection(
        "browsers that are logged out with all else",
        "apps/accounts/services/logins.py",
        "    logins_end(user.pk)\n",
        "",
        "apps/accounts/tests/test_logins.py -k all_are_ended",
    ),
    Protection(
        "log-ins that are ended by their owner alone",
        "stack/sessions/browsers.py",
        "rows = Session.objects.filter(user=user)",
        "rows = Session.objects.all()",
        "apps/accounts/tests/test_logins.py -k nobody_ends",
    ),
    Protection(
        "an answer that takes as long for an unknown account",
        GUESSES,
        "        account = username or",
        "        if not get_user_model().objects.filter(email=username).exists():\n"
        "            return None\n        account = username or",
        "apps/accounts/tests/test_enumeration.py -k by_api",
    ),
    Protection(
        "an end to tokens, however often they are refreshed",
        FAMILIES,
        ", since__gt=earliest_start()",
        "",
        f"{TOKENS} -k however_often",
    ),
    Protection(
        "a key of its own for each log-in",
        "stack/sessions/origin.py",
        "            session.cycle_key()\n",
        "            pass\n",
        f"{SESSIONS} -k key_of_its_own",
    ),
    Protection(
        "an end to sessions, used or not",
        SETTINGS,
        "DEBUG = DEVELOPMENT",
        "DEBUG = DEVELOPMENT\nSESSION_SAVE_EVERY_REQUEST = True",
        f"{SESSIONS} -k after_its_days",
    ),
    Protection(
        "passwords that are not of words that everybody would try",
        SETTINGS,
        '        "apps.accounts.services.words.OwnWordsValidator",\n',
        "",
        f"{PASSWORDS} -k everybody_would_try",
    ),
    Protection(
        "passwords that are taken as they are",
        "apps/accounts/forms.py",
        "    error_messages = auth_forms",
        "    password = forms.CharField()\n    error_messages = auth_forms",
        f"{PASSWORDS} -k exactly_as_they_are",
    ),
    Protection(
        "a slow hash of passwords",
        SETTINGS,
        '("Argon2PasswordHasher", "PBKDF2PasswordHasher")',
        '("PBKDF2PasswordHasher", "Argon2PasswordHasher")',
        "tests/test_hashes.py",
    ),
    # Limits
    Protection(
        "a count that is raised and compared at once",
        "stack/throttling/window.py",
        "return float(_script()(keys=[_key(name)], args=[rate.limit, rate.seconds])) / 1e6",
        "client, key = get_redis_connection('default'), _key(name)\n"
        "        had = client.scard(key)\n"
        "        client.sadd(key, __import__('uuid').uuid4().hex)\n"
        "        return 0.0 if had < rate.limit else 1.0",
        f"{RATES} {GUESSING} -k 'many_at_once or many_guesses'",
    ),
    Protection(
        "refusal of what can't be counted",
        "stack/throttling/rates.py",
        "if scope in settings.THROTTLE_FAILS_CLOSED:\n                raise",
        "if False:\n                raise",
        f"{RATES} -k without_redis",
    ),
    Protection(
        "guesses that lock out nobody elsewhere",
        GUESSES,
        "{_digest(account)}:{caller_network(client_address(request))}",
        "{_digest(account)}",
        f"{GUESSING} -k elsewhere",
    ),
    Protection(
        "guesses that lock out no neighbour",
        GUESSES,
        "guesses:{_digest(account)}:",
        "guesses:",
        f"{GUESSING} -k neighbour",
    ),
    Protection(
        "a guess that counts before it is looked at",
        GUESSES,
        "raise Throttled(wait)\n        user",
        "pass\n        user",
        f"{GUESSING} -k few_guesses",
    ),
    Protection(
        "addresses that nobody can forge",
        ADDRESSES,
        "min(settings.TRUSTED_PROXIES, len(chain))",
        "len(chain)",
        f"{RATES} -k forged_address",
    ),
    Protection(
        "networks that count as one caller",
        ADDRESSES,
        'if ":" in address:',
        "if not address:",
        f"{RATES} -k one_network",
    ),
    Protection(
        "reads while the cache is away",
        "stack/redis/settings.py",
        '"IGNORE_EXCEPTIONS": True',
        '"IGNORE_EXCEPTIONS": False',
        "stack/redis/tests/test_redis.py",
    ),
    # Second factors
    Protection(
        "a code that the log-in page asks for",
        "apps/accounts/views/login.py",
        "        if not has_factor(user):",
        "        if user:",
        f"{FACTORS} -k password_alone",
    ),
    Protection(
        "a code that the API asks for",
        "apps/accounts/api/tokens.py",
        "    if has_factor(user):",
        "    if not user:",
        f"{FACTORS} -k without_a_code",
    ),
    Protection(
        "a code that is good once, also of two at one moment",
        "stack/otp/codes.py",
        ".select_for_update()",
        "",
        f"{CODES} -k one_moment",
    ),
    Protection(
        "a code of the set-up that does not log in",
        "stack/otp/devices.py",
        "last_t=totp.t(), ",
        "",
        f"{CODES} -k set_it_up",
    ),
    Protection(
        "recovery codes that the database does not have",
        "stack/otp/devices.py",
        "token=digest(code)",
        "token=code",
        f"{CODES} -k in_the_database",
    ),
    Protection(
        "secrets that are offered to one user",
        "stack/otp/offer.py",
        "if owner != user.pk:",
        "if not owner:",
        f"{CODES} -k offered",
    ),
    Protection(
        "codes that can't be guessed",
        GUESSES,
        "raise Throttled(wait)\n    yield",
        "pass\n    yield",
        f"{GUESSING} -k right_code",
    ),
    Protection(
        "guesses of codes that lock out nobody elsewhere",
        GUESSES,
        "codes:{account}:{caller_network(client_address(request))}",
        "codes:{account}",
        f"{GUESSING} -k right_code",
    ),
    Protection(
        "minutes after which half a log-in ends",
        HALF,
        'not 0 <= time.time() - half["at"] < SECONDS',
        "False",
        f"{FACTORS} -k 'half_a_log_in and time'",
    ),
    Protection(
        "half a log-in that ends with the password",
        HALF,
        'user is None or not constant_time_compare(half["hash"], user.get_session_auth_hash())',
        "user is None",
        f"{FACTORS} -k 'half_a_log_in and password'",
    ),
    Protection(
        "half a log-in in a session that nobody has planted",
        HALF,
        "    request.session.cycle_key()\n",
        "",
        f"{FACTORS} -k key_changes",
    ),
    Protection(
        "half a log-in that is nobody",
        HALF,
        "    request.session.cycle_key()\n",
        "    login(request, user)\n",
        f"{ACCESS} -k without_its_code",
    ),
    Protection(
        "log-ins that end when a factor is added",
        "apps/accounts/services/factors.py",
        "    user_log_out(user)\n    record(Event.FACTOR_ADDED",
        "    record(Event.FACTOR_ADDED",
        f"{FACTORS} -k set_up_by_a_code",
    ),
    Protection(
        "log-ins that end when a factor is removed",
        "apps/accounts/services/factors.py",
        "    user_log_out(user)\n    record(Event.FACTOR_REMOVED",
        "    record(Event.FACTOR_REMOVED",
        f"{FACTORS} -k removed_by_password",
    ),
    Protection(
        "a factor that is removed by a code",
        "apps/accounts/views/factors.py",
        "        code_check(self.request, self.user, code)\n",
        "",
        f"{FACTORS} -k removed_by_password",
    ),
    Protection(
        "factors that nobody changes who found the screen unlocked",
        "apps/accounts/forms.py",
        "if not self.user.check_password(password):",
        "if not password:",
        f"{FACTORS} -k set_up_by_a_code",
    ),
    Protection(
        "factors that no staff can give to others",
        "apps/accounts/admin.py",
        "admin.site.unregister([StaticDevice, TOTPDevice])",
        "",
        f"{FACTORS} -k gives_others",
    ),
    Protection(
        "factors that superusers alone remove",
        "apps/accounts/admin.py",
        "return bool(request.user.is_superuser)",
        "return True",
        f"{FACTORS} -k superuser_helps",
    ),
]
