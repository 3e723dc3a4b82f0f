"""Credentials that are told by what stands before them: `api_key = "…"`, `"clientSecret": "…"`.

The name must be that of a secret, or of a service whose keys have no form of their own; the value
must look made by a machine: long enough, no words, as much surprise in it (Shannon entropy, bits a
character) as its alphabet allows. Placeholders and documented samples are nobody's secret.
"""

from __future__ import annotations

import math
from collections import Counter
from itertools import islice

from bot.detect.folding import compile_caseless, compile_pattern
from bot.detect.words.common_words import is_common

_SECRETS = (
    r"access[_.-]?key|access[_.-]?token|account[_.-]?key|api[_.-]?(?:key|token|id|secret)|app[_.-]?secret"
    r"|auth(?:[_.-]?token|[_.-]?key|orization)?|client[_.-]?(?:id|secret)|consumer[_.-]?(?:key|secret)"
    r"|credentials?|creds|encryption[_.-]?key|jwt|key|license[_.-]?key|master[_.-]?key|oauth|pass(?:wd|word"
    r"|phrase)?|private[_.-]?key|pwd|refresh[_.-]?token|secret|session|signing[_.-]?(?:key|secret)"
    r"|signature|sas|sig|subscription[_.-]?key|token|webhook|_authtoken|_password"
)
_SERVICE = (
    r"adafruit|adobe|airtable|algolia|alibaba|asana|atlassian|aws|azure|beamer|bitbucket|bittrex|braintree"
    r"|buildkite|circleci|cloudflare|codecov|cohere|coinbase|confluence|confluent|contentful|databricks"
    r"|datadog|dependency[_.-]?track|digitalocean|discord|docker|doppler|droneci|dropbox|dynatrace|etsy|facebook"
    r"|fastly|figma|finicity|finnhub|flickr|freemius|freshbooks|gcp|github|gitlab|gitter|gocardless|google"
    r"|grafana|hashicorp|heroku|hubspot|infracost|intercom|jenkins|jira|kraken|kucoin|launchdarkly|linear|linkedin|lob"
    r"|mailchimp|mailgun|mapbox|mattermost|maxmind|meraki|messagebird|mistral|netlify|new[_.-]?relic|nextcloud|notion|npm"
    r"|ny[_.-]?times|okta|openai|paypal|plaid|postman|privateai|pypi|rabbitmq|rapidapi|s3|salesforce|segment|sendbird"
    r"|sendgrid|sendinblue|sentry|shopify|sidekiq|sauce|snyk|sonar|sourcegraph|splunk|spotify|square"
    r"|squarespace|stripe|sumo|supabase|telegram|teleport|travis|twilio|twitch|twitter|typeform|vault|vercel|yandex"
    r"|zendesk|zoom"
)
_GIVES = (
    r"(?:\\*[\"'`]{0,3})[ \t]{0,5}(?:[<>?+.]?=|:{1,3}=|=>|>|:|\(|,|\|\|?|[ \t]is[ \t:])"
    r"(?:\\*[\"'`]|[\s=|>]){0,8}"
)
_VALUE = r"[A-Za-z0-9+/_.~=@$!%^&*-]{8,200}"
_ENDS = r"(?:[\"'`\s;\\<,)\]}]|$)"
_ROOM = 64 << 20
ASSIGNED = compile_pattern(
    rf"\b[\w.-]*(?:{_SECRETS}|{_SERVICE})[\w .-]{{0,20}}{_GIVES}{_VALUE}{_ENDS}", False, _ROOM
)
_PARTS = compile_pattern(
    rf"^([\w.-]*?(?:{_SECRETS}|{_SERVICE})[\w .-]{{0,20}}?)({_GIVES})({_VALUE}){_ENDS}",
    False,
    _ROOM,
)
_COMMAND = compile_pattern(
    r"(?:--[\w-]*(?:token|password|secret|api-?key|auth)[ =]+|(?:-u|--user)[ =]+[\"']?[\w.@-]+:"
    rf"|authorization: *(?:(?:bearer|basic|token) +)?|x-[\w-]*(?:key|token): *)[\"']?({_VALUE})",
    False,
)
_NAMES_SECRET = compile_caseless(rf"(?:{_SECRETS})")
_NOT_SECRET = compile_caseless(
    r"public[_.-]?key|(?:primary|foreign|partition|sort|cache|natural|object|row|hot|short|group|index"
    r"|lookup|storage|idempotency|map|dict)[_.-]?key|key(?:word|board|map|stroke|note|frame|chain)"
    r"|(?:mon|don|tur|joc|hoc)key|(?:key|token|secret|password)[_.-]?(?:name|file|path|type|size|length"
    r"|ur[il]|endpoint|alias|store|policy|version|field|label)s?\W*$|author(?:s|ity|ed)?\b|tokeni[sz]er"
    r"|csrf|xsrf|checksum|integrity|sha-?\d+|md5|digest|fingerprint|version\W*$"
)
_NAMES_PASSWORD = compile_caseless(r"pass|pwd")
_HEX = compile_caseless(r"[0-9a-f]+(?:-[0-9a-f]+)*")
_SAMPLE = compile_caseless(
    r"example|placeholder|redacted|your[_-]|[_-]here|xxxx|\*\*\*|\.\.\.|<|\{\{|\$\{"
)
_PLACEHOLDER = compile_caseless(
    r"example|sample|placeholder|dummy|changeme|change[_-]?it|redacted|insert|your[_-]|[_-]here"
    r"|xxxx|\*\*\*|todo|fixme|foobar|hunter2|123456|abcdef|^\$|\$\{|%[a-z_]+%|process\.env|getenv"
    r"|^(?:os|env|vars?|self|this|config|settings|secrets)\.|^\.{0,2}/|^https?:"
    r"|\.(?:js|ts|py|go|rb|json|ya?ml|xml|html?|md|txt|pem|key|crt|php|java|cfg|ini)$"
)
_SEGMENT = r"(?:[A-Z]?[a-z]{2,}\d{0,4}|[A-Z]{2,6}|\d{1,4})"
_HYPHENED = compile_pattern(rf"{_SEGMENT}(?:[-_./]{_SEGMENT})+")
_WORDS = compile_pattern(r"[A-Z]?[a-z]{2,}|[A-Z]{3,}")


def shannon_entropy(value: str) -> float:
    """Shannon's entropy of its characters, in bits a character."""
    size = len(value)
    return -sum(n / size * math.log2(n / size) for n in Counter(value).values())


def is_placeholder(value: str) -> bool:
    """Whether a value in a credential's form is a placeholder: repeated, counted up, or said so."""
    return (
        shannon_entropy(value) < 2.0 + min(len(value), 16) / 16 or _SAMPLE.search(value) is not None
    )


def find_command_line_secrets(text: str, most: int) -> list[tuple[int, int]]:
    """Where secrets stand that are handed over on a command line or in a header."""
    found = (match.span(1) for match in islice(_COMMAND.finditer(text), most))
    return [
        (start, end)
        for start, end in found
        if _looks_random(text[start:end], named=True, quoted=False, name="")
    ]


def find_assigned_value(words: str) -> tuple[int, int] | None:
    """Where in an assignment the secret value stands; None if its value is none."""
    parts = _PARTS.match(words)
    if parts is None:
        return None
    name, gives, value = parts.group(1), parts.group(2), parts.group(3)
    if _NOT_SECRET.search(name):
        return None
    value = value.rstrip(".,;=&") if not value.endswith("==") else value
    named = _NAMES_SECRET.search(name) is not None
    if not _looks_random(value, named, quoted=any(q in gives for q in "\"'`"), name=name):
        return None
    return parts.start(3), parts.start(3) + len(value)


def _looks_random(value: str, named: bool, quoted: bool, name: str) -> bool:
    digits = sum(c.isdigit() for c in value)
    if _PLACEHOLDER.search(value) or _is_readable(value):
        return False
    if _NAMES_PASSWORD.search(name) and quoted and len(value) >= 8:
        return digits > 0 and shannon_entropy(value) >= 2.5
    if _HEX.fullmatch(value):
        return len(value) >= 16 and digits > 0 and shannon_entropy(value) >= 2.6
    if not digits:
        mixed = not value.islower() and not value.isupper() and not value.istitle()
        return len(value) >= (16 if mixed else 24) and shannon_entropy(value) >= (
            3.5 if mixed else 4.2
        )
    return len(value) >= (10 if named else 14) and shannon_entropy(value) >= 3.2


def _is_readable(value: str) -> bool:
    """Whether most of it is words: an identifier, a path, a sentence in disguise."""
    words = [match.group().lower() for match in _WORDS.finditer(value)]
    known = sum(len(word) for word in words if is_common(word))
    return 2 * known >= len(value) or _HYPHENED.fullmatch(value) is not None
