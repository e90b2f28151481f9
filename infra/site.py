"""One origin: CloudFront in front of the site's files, the HTTP API and the WebSocket API."""

import json
from collections.abc import Mapping
from pathlib import Path

from aws_cdk import Aws, DefaultStackSynthesizer, Duration, Fn, RemovalPolicy, Stack, Token
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_s3_deployment as s3_deployment
from constructs import Construct

from infra.headers import CONTENT_SECURITY_POLICY, HSTS_SECONDS, PERMISSIONS_POLICY
from infra.logs import Logs
from infra.reasons import accept
from infra.upload_rules import ALWAYS_ASK, HASHED, IMMUTABLE

_EDGE = Path(__file__).parent / "edge"


def origin_key() -> str:
    """What CloudFront says to the APIs so that they know it: the GUID in the stack's id, new with every stack."""
    return Fn.select(2, Fn.split("/", Aws.STACK_ID))


class Site(Construct):
    """The bucket, the distribution, and (in AWS) the upload of the built site with its `config.json`."""

    def __init__(self, scope: Construct, id_: str, *, http_domain: str, live_domain: str, pages: list[str]) -> None:
        super().__init__(scope, id_)
        self.bucket = s3.Bucket(
            self,
            "Files",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            versioned=True,
            lifecycle_rules=[s3.LifecycleRule(noncurrent_version_expiration=Duration.days(30))],
            # Only copies of what is in the repository: kept rather than emptied by a function with the right to delete.
            removal_policy=RemovalPolicy.RETAIN,
        )
        accept(
            self.bucket,
            {
                "AwsSolutions-S1": _WHY_NO_ADDRESSES,
                "HIPAA.Security-S3BucketLoggingEnabled": _WHY_NO_ADDRESSES,
                "HIPAA.Security-S3BucketReplicationEnabled": "The files are built from the repository and can be again.",
                "HIPAA.Security-S3DefaultEncryptionKMS": "The files are the public website; a key would be asked at "
                "every visit and protect nothing.",
            },
        )
        headers = _headers_policy(self)
        api = cloudfront.BehaviorOptions(
            origin=_api_origin(http_domain),
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
            origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
            response_headers_policy=headers,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
            function_associations=[self._at_the_edge("ViewerAddress", (_EDGE / "viewer-address.js").read_text())],
        )
        self.distribution = cloudfront.Distribution(
            self,
            "Distribution",
            comment="Hearthline",
            default_root_object="index.html",
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            price_class=cloudfront.PriceClass.PRICE_CLASS_ALL,
            default_behavior=cloudfront.BehaviorOptions(
                origin=origins.S3BucketOrigin.with_origin_access_control(
                    self.bucket,
                    # Who may list is told that a file is missing; without it S3 answers 403 for 404.
                    origin_access_levels=[cloudfront.AccessLevel.READ, cloudfront.AccessLevel.LIST],
                ),
                cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
                response_headers_policy=headers,
                viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
                compress=True,
                function_associations=[self._at_the_edge("PageOfPath", pages_code(pages))],
            ),
            additional_behaviors={
                "/api/*": api,
                "/live": cloudfront.BehaviorOptions(**{**api._values, "origin": _api_origin(live_domain)}),
            },
        )
        accept(
            self.distribution,
            {
                "AwsSolutions-CFR1": "Help is open to whoever needs it, wherever they are.",
                "AwsSolutions-CFR2": "The APIs are throttled and every costly act is limited per person and per address "
                "hash; a web firewall would cost more each month than the whole idle stack.",
                "AwsSolutions-CFR3": _WHY_NO_ADDRESSES,
                "AwsSolutions-CFR4": "The distribution answers on its cloudfront.net name, whose certificate and TLS "
                "policy belong to CloudFront; viewers without TLS are redirected.",
            },
        )

    def upload(self, built: Path, config: Mapping[str, object], *, logs: Logs) -> None:
        """Put the site built in directory `built` into the bucket, with `config.json` made of `config`."""
        role = iam.Role(self, "UploadRole", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        log_group = logs.group("Upload")
        log_group.grant_write(role)
        asset = s3_deployment.Source.asset(str(built))
        hashed = s3_deployment.BucketDeployment(
            self,
            "Hashed",
            destination_bucket=self.bucket,
            sources=[asset],
            exclude=["*"],
            include=[HASHED],
            cache_control=[s3_deployment.CacheControl.from_string(IMMUTABLE)],
            prune=False,  # a page opened before the update still asks for the old names
            role=role,
            log_group=log_group,
        )
        pages = s3_deployment.BucketDeployment(
            self,
            "Pages",
            destination_bucket=self.bucket,
            sources=[asset, s3_deployment.Source.json_data("config.json", dict(config))],
            exclude=[HASHED],
            cache_control=[s3_deployment.CacheControl.from_string(ALWAYS_ASK)],
            role=role,
            log_group=log_group,
        )
        # The new index.html must not be there before what it asks for.
        pages.node.add_dependency(hashed)
        _accept_uploader(Stack.of(self), role, self.bucket)

    def _at_the_edge(self, id_: str, code: str) -> cloudfront.FunctionAssociation:
        function = cloudfront.Function(
            self,
            id_,
            code=cloudfront.FunctionCode.from_inline(code),
            runtime=cloudfront.FunctionRuntime.JS_2_0,
        )
        return cloudfront.FunctionAssociation(function=function, event_type=cloudfront.FunctionEventType.VIEWER_REQUEST)


def pages_code(pages: list[str]) -> str:
    """The edge function that leads `/help` to `help.html` for each name in `pages`, and every other page to `index.html`."""
    return (_EDGE / "pages.js").read_text().replace("__PAGES__", json.dumps(sorted(pages)))


def _api_origin(domain_name: str) -> cloudfront.IOrigin:
    return origins.HttpOrigin(
        domain_name,
        protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
        origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
        custom_headers={"x-origin-key": origin_key()},
    )


def _headers_policy(scope: Construct) -> cloudfront.ResponseHeadersPolicy:
    return cloudfront.ResponseHeadersPolicy(
        scope,
        "Headers",
        security_headers_behavior=cloudfront.ResponseSecurityHeadersBehavior(
            content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
                content_security_policy=CONTENT_SECURITY_POLICY, override=True
            ),
            content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
            frame_options=cloudfront.ResponseHeadersFrameOptions(
                frame_option=cloudfront.HeadersFrameOption.DENY, override=True
            ),
            referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
                referrer_policy=cloudfront.HeadersReferrerPolicy.NO_REFERRER, override=True
            ),
            strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
                access_control_max_age=Duration.seconds(HSTS_SECONDS), include_subdomains=True, override=True
            ),
        ),
        custom_headers_behavior=cloudfront.ResponseCustomHeadersBehavior(
            custom_headers=[
                cloudfront.ResponseCustomHeader(header=header, value=value, override=True)
                for header, value in (
                    ("cross-origin-opener-policy", "same-origin"),
                    ("cross-origin-resource-policy", "same-origin"),
                    ("permissions-policy", PERMISSIONS_POLICY),
                )
            ]
        ),
    )


_WHY_NO_ADDRESSES = (
    "An access log would write down the address of everyone who looked for help. The APIs log each request without it."
)


def _accept_uploader(stack: Stack, role: iam.Role, bucket: s3.Bucket) -> None:
    """CDK brings the function that copies the site; it runs while deploying, and holds nothing but public files."""
    ours = "CDK's own function, which runs only during a deployment and copies public files."
    account = "<AWS::AccountId>" if Token.is_unresolved(stack.account) else stack.account
    staging = (
        f"arn:<AWS::Partition>:s3:::cdk-{DefaultStackSynthesizer.DEFAULT_QUALIFIER}-assets-{account}-{stack.region}/*"
    )
    files = f"<{stack.get_logical_id(bucket.node.default_child)}.Arn>/*"
    accept(
        role,
        {
            "HIPAA.Security-IAMNoInlinePolicy": "The policy belongs to this role alone and goes with it.",
            "AwsSolutions-IAM5[Action::s3:GetBucket*]": ours,
            "AwsSolutions-IAM5[Action::s3:GetObject*]": ours,
            "AwsSolutions-IAM5[Action::s3:List*]": ours,
            "AwsSolutions-IAM5[Action::s3:Abort*]": ours,
            "AwsSolutions-IAM5[Action::s3:DeleteObject*]": ours,
            f"AwsSolutions-IAM5[Resource::{staging}]": ours,
            f"AwsSolutions-IAM5[Resource::{files}]": ours,
        },
    )
    for child in stack.node.children:
        if isinstance(child, lambda_.Function) or child.node.id.startswith("Custom::CDKBucketDeployment"):
            accept(
                child,
                {
                    "AwsSolutions-L1": ours,
                    "HIPAA.Security-LambdaInsideVPC": ours,
                    "HIPAA.Security-LambdaConcurrency": ours,
                    "HIPAA.Security-LambdaDLQ": ours,
                },
            )
