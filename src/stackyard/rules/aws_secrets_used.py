"""AWS's client is used.

A client that is installed and never imported reads no secret and stores no file: it is large, and released
daily.

Flagged is a project that installs boto3 while no code, tests and comments aside, imports it or botocore, or
names a library that works through it (django-storages' S3, django-ses, Anymail's SES, an SQS broker, Zappa,
watchtower). Where django-storages is installed and not used either, that is the rule `storages-wired`'s.

Standard: Security, secrets management: AWS Secrets Manager.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_THROUGH = (
    r"storages\.backends\.s3|S3Boto3?Storage|S3Storage|S3StaticStorage|S3ManifestStaticStorage|django_ses"
    r"|amazon_ses|sqs://"
    r"|\bwatchtower\b|\bzappa\b|s3://|secretsmanager"
)


@rule("aws-secrets-used", entry="aws-secrets-manager")
def check(project: Project) -> Iterator[Finding]:
    client = project.packages.deployed("boto3")
    if client is None or not project.settings.modules:
        return
    if project.packages.deployed("django-storages") and not project.code.uses("storages.backends"):
        return
    if not project.imported("boto3", "botocore", "aioboto3", "s3fs") and not project.mentions(_THROUGH):
        yield Finding(
            client.where,
            "boto3 is installed, and nothing uses it",
            "read the secrets by it where the settings are read, or remove it",
        )
