"""One origin: CloudFront in front of the site's files, the HTTP API and the WebSocket API."""

import json
from pathlib import Path

from aws_cdk import Acknowledgment, Aws, Duration, Fn, RemovalPolicy, Validations
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.headers import CONTENT_SECURITY_POLICY, HSTS_SECONDS, PERMISSIONS_POLICY
from infra.reasons import accept

_EDGE = Path(__file__).parent / "edge"
_WHY_NO_ADDRESSES = (
    "An access log would write down the address of everyone who looked for help. The APIs log each request without it."
)


def origin_key() -> str:
    """What CloudFront says to the APIs so that they know it: the GUID in the stack's id, new with every stack."""
    return Fn.select(2, Fn.split("/", Aws.STACK_ID))


class Site(Construct):
    """The private bucket of the site's files, and the distribution. `pages` are the names of pages with a file each."""

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
                "HIPAA.Security-S3BucketReplicationEnabled": "The files are built from the repository at any time.",
                "HIPAA.Security-S3DefaultEncryptionKMS": "The files are the public website; a key would be asked at "
                "every visit and protect nothing.",
            },
        )
        headers = _headers_policy(self)
        address = self._at_the_edge("ViewerAddress", (_EDGE / "viewer-address.js").read_text())

        def api(domain_name: str) -> cloudfront.BehaviorOptions:
            return cloudfront.BehaviorOptions(
                origin=_api_origin(domain_name),
                allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
                cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
                origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
                response_headers_policy=headers,
                viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
                function_associations=[address],
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
            additional_behaviors={"/api/*": api(http_domain), "/live": api(live_domain)},
        )
        Validations.of(self).acknowledge(
            Acknowledgment(
                id="Annotation::@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk",
                reason="Every path without a dot leads to a page, so no address asks for a listing.",
            )
        )
        accept(
            self.distribution,
            {
                "AwsSolutions-CFR1": "Help is open to whoever needs it, wherever they are.",
                "AwsSolutions-CFR2": "The APIs are throttled and every costly act is limited per person and address "
                "hash; a web firewall would cost more each month than the whole idle stack.",
                "AwsSolutions-CFR3": _WHY_NO_ADDRESSES,
                "AwsSolutions-CFR4": "The distribution answers on its cloudfront.net name, whose certificate and TLS "
                "policy belong to CloudFront; viewers without TLS are redirected.",
            },
        )

    def _at_the_edge(self, id_: str, code: str) -> cloudfront.FunctionAssociation:
        function = cloudfront.Function(
            self,
            id_,
            code=cloudfront.FunctionCode.from_inline(code),
            runtime=cloudfront.FunctionRuntime.JS_2_0,
        )
        return cloudfront.FunctionAssociation(function=function, event_type=cloudfront.FunctionEventType.VIEWER_REQUEST)


def pages_code(pages: list[str]) -> str:
    """The edge function that leads `/help` to `help.html` for each name in `pages`, all else to `index.html`."""
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
