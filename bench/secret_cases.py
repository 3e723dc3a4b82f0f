# ruff: noqa: E501 - one case a line
"""Lines with made-up credentials in the providers' published formats, and lines that only look so.

Each form is written here a second time, from the providers' documentation, so that a mistake in the
detector's table shows. Values are random and work nowhere.
"""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from typing import Any

ALNUM = string.ascii_letters + string.digits
HEX = "0123456789abcdef"
LOWER = string.ascii_lowercase + string.digits
UPPER = string.ascii_uppercase + "234567"
URLSAFE = ALNUM + "-_"

FORMS = (  # prefix, alphabet, length, suffix
    ("AKIA", UPPER, 16, ""), ("ASIA", UPPER, 16, ""), ("ghp_", ALNUM, 36, ""),
    ("gho_", ALNUM, 36, ""), ("ghs_", ALNUM, 36, ""), ("github_pat_", ALNUM, 82, ""),
    ("glpat-", URLSAFE, 20, ""), ("glrt-", URLSAFE, 20, ""), ("xoxb-123456789012-", ALNUM, 24, ""),
    ("xoxp-123456789012-123456789012-", ALNUM, 32, ""), ("sk_live_", ALNUM, 24, ""),
    ("rk_test_", ALNUM, 24, ""), ("whsec_", ALNUM, 32, ""), ("AIza", URLSAFE, 35, ""),
    ("GOCSPX-", URLSAFE, 28, ""), ("ya29.", URLSAFE, 60, ""), ("shpat_", HEX, 32, ""),
    ("shpss_", HEX, 32, ""), ("npm_", ALNUM, 36, ""), ("pypi-AgEIcHlwaS5vcmc", URLSAFE, 70, ""),
    ("rubygems_", HEX, 48, ""), ("dop_v1_", HEX, 64, ""), ("hf_", ALNUM, 34, ""),
    ("sk-ant-api03-", URLSAFE, 93, "AA"), ("SG.", URLSAFE, 22, "." + "x9Kd" * 10 + "abC"),
    ("key-", HEX, 32, ""), ("SK", HEX, 32, ""), ("hvs.", URLSAFE, 90, ""), ("dapi", HEX, 32, ""),
    ("PMAK-", HEX, 24, "-" + "0a1b2c3d4e5f67890123456789abcdef45"), ("lin_api_", ALNUM, 40, ""),
    ("glsa_", ALNUM, 32, "_0a1b2c3d"), ("NRAK-", UPPER, 27, ""), ("sq0csp-", URLSAFE, 43, ""),
    ("ATATT3", URLSAFE, 186, ""), ("dckr_pat_", URLSAFE, 27, ""), ("pul-", HEX, 40, ""),
    ("sntrys_", ALNUM, 60, ""), ("figd_", URLSAFE, 40, ""), ("AGE-SECRET-KEY-1", "QPZRY9X8GF2T", 58, ""),
    ("https://hooks.slack.com/services/T0A1B2C3D/B0A1B2C3D/", ALNUM, 24, ""),
    ("postgres://shop:", ALNUM, 16, "@db.internal:5432/shop"), ("eyJhbGciOiJIUzI1NiJ9.ey", URLSAFE, 40, ".s5Kd8fJ2mQ9xL4vT7bN1"),
)  # fmt: skip
SERVICES = ("algolia", "asana", "cloudflare", "datadog", "dropbox", "heroku", "mailgun", "okta", "snyk",
            "twitter", "zendesk", "sumologic", "fastly", "airtable")  # fmt: skip
VALUES = ((HEX, 32), (HEX, 40), (LOWER, 24), (ALNUM, 32), (URLSAFE, 43), (ALNUM, 20))
SETTINGS = (
    '{0}_API_KEY="{1}"', "{0}Token = '{1}'", '"{0}_secret": "{1}"', "{0}_token: {1}", "{0}.key := `{1}`",
    "<{0}Token>{1}</{0}Token>", 'var {0}Secret string = "{1}"', "export {0}_ACCESS_TOKEN={1}",
    "${0}Key => '{1}'",
)  # fmt: skip
AROUND = ("{}", "Use {} to sign in.", 'token: "{}"', "curl -H 'X-Key: {}' https://api.example.net")
NOTHING = (
    "Set your API key in the settings.", 'api_key = "YOUR_API_KEY"', "password: ********", "token = None",
    "secret = os.environ['SECRET']", 'client_secret: "<your client secret>"', "api_key: ${API_KEY}",
    "Your order key is on the invoice.", "The token expires in 30 minutes.", "key: value",
    'password = "changeme"', "AKIAIOSFODNN7EXAMPLE", "Reset your password on the sign-in page.",
    "commit 3f2a9c1 changed the returns page", "color: #a1b2c3", "sha256 of the file is on the page",
    "The session id is shown at the bottom.", "auth = get_auth_header(request)", "keyboard = 'qwertz'",
    'api_key = "xxxxxxxxxxxxxxxxxxxxxxxx"', "Order 4711-1234-5678 has been packed.",
    "Key features: waterproof, breathable, repairable.", 'secret_name = "billing-service-credentials"',
    "token_url: https://login.example.com/oauth2/token", "passwordField = this.form.password.value",
    "UUID 123e4567-e89b-12d3-a456-426614174000 is an example.", "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "primaryKey = 'customer_id'", "license_key_file = /etc/app/license.key", "Signature: Ada Lovelace",
)  # fmt: skip


def cases(clean: list[str], seed: int) -> Iterator[dict[str, Any]]:
    """Rows of `text` and `label`; the same for the same seed."""
    chance = random.Random(seed)

    def some(alphabet: str, length: int) -> str:
        return "".join(chance.choice(alphabet) for _ in range(length))

    for prefix, alphabet, length, suffix in FORMS:
        for around in AROUND:
            value = prefix + some(alphabet, length) + suffix
            yield {"text": around.format(value), "label": 1}
    for service in SERVICES:
        for setting in SETTINGS:
            alphabet, length = chance.choice(VALUES)
            yield {"text": setting.format(service, some(alphabet, length)), "label": 1}
    for text in (*NOTHING, *clean):
        yield {"text": text, "label": 0}
