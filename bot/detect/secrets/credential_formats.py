"""Credentials that say what they are: the formats that providers publish so that they can be found.

A row is a form with its prefix and length; nothing that merely looks random is here. Sources: the
providers' own documentation of their token formats (GitHub, GitLab, Slack, Stripe, AWS, Google,
Shopify, npm, PyPI, HashiCorp, …), RFC 7519 (JWT), RFC 7468 (PEM), RFC 3986 (user info in a URL).
A provider is added as a row.
"""

from __future__ import annotations

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

FORMS: tuple[str, ...] = (
    # clouds
    r"(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AROA|ANPA)[A-Z2-7]{16}",
    r"ABSK[A-Za-z0-9+/]{109,}={0,2}|bedrock-api-key-[A-Za-z0-9+/=]{16,}",
    r"AIza[\w-]{35}|GOCSPX-[\w-]{28}|ya29\.[\w-]{20,}|1//0[\w-]{38,}",
    r"LTAI[A-Za-z0-9]{20}",
    r"dop_v1_[a-f0-9]{64}|doo_v1_[a-f0-9]{64}|dor_v1_[a-f0-9]{64}",
    r"dapi[a-f0-9]{32}(?:-\d)?",
    r"v1\.0-[a-f0-9]{24}-[a-f0-9]{146}",
    r"HRKU-[\w-]{36,60}",
    r"fo1_[\w-]{43}|fm[12][ar]?_[A-Za-z0-9+/]{100,}={0,3}|FlyV1 fm[12]_[\w+/=]{20,}",
    r"[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,34}",
    r"AQVN[\w-]{35,38}|AQ[a-z]{2}[\w-]{34,36}:?|t1\.[A-Z0-9a-z_-]+={0,2}\.[A-Z0-9a-z_-]{86}={0,2}|YC[\w-]{38}",
    r"pscale_(?:tkn|pw|oauth|id)_[\w=.-]{32,64}",
    r"sha256~[\w-]{43}",
    r"4b1d[A-Za-z0-9]{38}",
    r"SCW[A-Z0-9]{17}",
    r"AccountKey=[A-Za-z0-9+/]{80,}={0,2}|SharedAccessKey=[A-Za-z0-9+/=]{40,}",
    # code and its tools
    r"gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{82}",
    r"(?:glpat|gldt|glft|glsoat|glrt|glagent|glcbt|glptt|glimt|gloas|glffct|_gitlab_session=)-?[\w.=-]{20,300}",
    r"GR1348941[\w-]{20}",
    r"ATATT3[\w=-]{150,200}|ATCTT3[\w=-]{150,200}|ATBB[A-Za-z0-9]{32}|BBDC-[\w+-]{40,}",
    r"npm_[A-Za-z0-9]{36}|pypi-AgEIcHlwaS5vcmc[\w-]{50,}|rubygems_[a-f0-9]{48}|CLOJARS_[a-z0-9]{60}",
    r"dckr_(?:pat|oat)_[\w-]{27,40}|oy2[a-z0-9]{43}",
    r"hv[sbr]\.[\w-]{24,300}|s\.[A-Za-z0-9]{24}",
    r"[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,70}",
    r"pul-[a-f0-9]{40}|tfp_[\w-]{59}|dnkey-[\w=-]{26}-[\w=-]{52}|pnu_[A-Za-z0-9]{36}",
    r"sntry[su]_[\w+/=]{40,}|sgp_(?:[A-Fa-f0-9]{16}_|local_)?[A-Fa-f0-9]{40}|slk_[a-f0-9]{64}",
    r"PMAK-[a-fA-F0-9]{24}-[a-fA-F0-9]{34}|rdme_[a-z0-9]{70}|API-[A-Z0-9]{26}|jfrt@[\w]{20,}",
    r"NRAK-[A-Z0-9]{27}|NRJS-[a-f0-9]{19}|NRII-[\w-]{32}|NRAA-[a-f0-9]{27}",
    r"glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}|glc_[A-Za-z0-9+/]{32,400}={0,3}",
    r"lin_api_[A-Za-z0-9]{40}|lin_oauth_[A-Za-z0-9]{40,}|dp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9.-]{40,}",
    r"p8e-[A-Za-z0-9]{32}|figd_[\w-]{40,}|ops_eyJ[A-Za-z0-9+/]{250,}={0,3}",
    r"A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}",
    r"AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}|sm_(?:aat|pat|sat)_[A-Za-z0-9]{16,24}",
    r"(?:sc|ext|scauth|authress)_[A-Za-z0-9]{5,30}\.[A-Za-z0-9]{4,6}\.acc[_-][a-z0-9-]{10,32}"
    r"\.[A-Za-z0-9+/_=-]{30,120}",
    r"s-s4t2(?:ud|af)-[a-f0-9]{64}|phc_\w{40,}|phx_\w{40,}|sbp_[a-f0-9]{40}|sb_secret_[\w-]{20,}",
    r"[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk|cio_[\w-]{20,}|nfp_[\w-]{36,}|vercel_[\w]{20,}",
    # models
    r"sk-ant-(?:api03|admin01|oat01|sid01)-[\w-]{80,120}",
    r"sk-(?:proj|svcacct|admin)-[\w-]{40,200}|sk-[\w-]{20,74}T3BlbkFJ[\w-]{20,74}",
    r"hf_[A-Za-z0-9]{34}|api_org_[A-Za-z0-9]{34}|r8_\w{37,40}|gsk_\w{40,60}|xai-\w{70,90}|pplx-\w{40,60}",
    # messages
    r"xox[a-z](?:\.xox[a-z])?-[\w-]{10,250}|xapp-\d-[A-Z0-9]+-\d+-[a-z0-9]+|xoxe\.xox[bp]-\d-[A-Za-z0-9]{100,}",
    r"hooks\.slack\.com/(?:services|workflows|triggers)/[\w+/]{40,60}",
    r"discord(?:app)?\.com/api/webhooks/\d{17,20}/[\w-]{60,70}|[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,40}",
    r"[a-z0-9.-]{1,60}\.webhook\.office\.com/webhookb2/[\w@/-]{60,}",
    r"\d{8,10}:A[\w-]{34}",
    r"SK[0-9a-f]{32}|SG\.[\w=.-]{22}\.[\w=.-]{43}|SG\.[\w=.-]{66}",
    r"key-[a-f0-9]{32}|pubkey-[a-f0-9]{32}|[a-f0-9]{32}-[a-f0-9]{8}-[a-f0-9]{8}|[a-f0-9]{32}-us\d{1,2}",
    r"xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}|EAA[A-Za-z0-9]{80,250}|EAACEdEose0cBA[A-Za-z0-9]+",
    rf"pat-(?:na|eu)\d-{_UUID}|shippo_(?:live|test)_[a-f0-9]{{40}}|EZ[AT]K[A-Za-z0-9]{{54}}",
    # money and shops
    r"(?:sk|rk|pk|whsec|ac|acct_sk)_(?:live|test|prod)_[A-Za-z0-9]{10,150}|whsec_[A-Za-z0-9+/=]{32,}",
    r"sq0[a-z]{3}-[\w-]{22,50}|EAAA[\w-]{60}",
    r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}",
    r"access_token\$(?:production|sandbox)\$[0-9a-z]{16}\$[0-9a-f]{32}|A21AA[\w-]{80,}",
    rf"amzn\.mws\.{_UUID}|amzn1\.oa2-cs\.v1\.[a-f0-9]{{64}}",
    r"FLW(?:SECK|PUBK)(?:_TEST)?-[a-fA-F0-9]{12,32}(?:-X)?|rzp_(?:live|test)_[A-Za-z0-9]{14}",
    r"(?:live|test)_(?:pub_)?[a-f0-9]{31,35}|duffel_(?:test|live)_[\w=-]{43}|fio-u-[\w=-]{64}",
    r"pk\.eyJ[\w-]{50,}\.[\w-]{22}|sk\.eyJ[\w-]{50,}\.[\w-]{22}|ntn_\w{40,50}|secret_[A-Za-z0-9]{43}",
    # standards
    r"ey[A-Za-z0-9]{17,}\.ey[\w/\\-]{17,}\.(?:[\w/\\-]{10,}={0,2})?",
    r"-----BEGIN[ A-Z0-9_-]{0,100}PRIVATE KEY(?: BLOCK)?-----[^-]*(?:-----END[ A-Z]*-----)?",
    r"PuTTY-User-Key-File-\d",
    r"(?:https?|ftps?|ssh|sftp|git|mongodb(?:\+srv)?|postgres(?:ql)?(?:\+\w+)?|mysql(?:\+\w+)?|mariadb"
    r"|rediss?|amqps?|mssql|oracle|ldaps?|smtps?|imaps?|clickhouse|cloudinary|nats|kafka|jdbc:\w+)"
    r"://[^\s:/@<>\"'$&]{1,80}:[^\s/@<>\"'${}&]{3,120}@[\w.-]+",
    r"(?:Basic|Bearer) (?:[A-Za-z0-9+/]{20,}={1,2}|[\w-]{20,}\.[\w-]{6,}\.[\w-]{6,})",
)
