"""AWS Secrets Manager: a secret whose text is a JSON object.

boto3 reads the rest from its own variables, such as AWS_DEFAULT_REGION, AWS_ACCESS_KEY_ID and
AWS_ENDPOINT_URL_SECRETS_MANAGER, or takes it from the machine's role.
"""

import json

import boto3  # type: ignore[import-untyped]
import environ
from botocore import exceptions  # type: ignore[import-untyped]
from botocore.config import Config  # type: ignore[import-untyped]

from stack.environment.stores import CONNECT_SECONDS, READ_SECONDS, Away, Unreadable, no_document

LABEL = "AWS Secrets Manager"
LIMITS = Config(
    connect_timeout=CONNECT_SECONDS,
    read_timeout=READ_SECONDS,
    retries={"mode": "standard", "total_max_attempts": 1},  # tries are ours
)
REASONS = {
    "ResourceNotFoundException": "there is no secret of this name in the region",
    "AccessDeniedException": "its credentials may not; allow them secretsmanager:GetSecretValue of it",
    "DecryptionFailure": "its credentials may not use the secret's key; allow them kms:Decrypt with it",
}


def fetch(name: str, _env: environ.Env) -> object:
    """Return what is in a secret.

    Args:
        name: The secret's name or ARN.

    Raises:
        Unreadable: There is nothing, or not for us, or no JSON.
        Away: There is no answer.
    """
    try:
        client = boto3.client("secretsmanager", config=LIMITS)
        answer = client.get_secret_value(SecretId=name)
    except exceptions.ClientError as error:
        code = error.response["Error"]["Code"]
        if error.response["ResponseMetadata"]["HTTPStatusCode"] >= 500 or code == "ThrottlingException":
            raise Away(f"it answers {code}") from None
        raise Unreadable(REASONS.get(code, f"it answers {code}; look at the credentials")) from None
    except (exceptions.ConnectionError, exceptions.HTTPClientError) as error:
        raise Away(f"{type(error).__name__}; look at the region, and at the way to it") from None
    except (
        exceptions.BotoCoreError,
        ValueError,
    ) as error:  # a region, an address or credentials that are none
        raise Unreadable(f"{type(error).__name__}; set what boto3 asks for") from None
    if "SecretString" not in answer:
        raise no_document("binary")
    try:
        return json.loads(answer["SecretString"])
    except ValueError:
        raise no_document("other text") from None
