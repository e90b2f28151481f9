"""The one origin."""

import json
import shutil
import subprocess
from typing import Any

import pytest

from infra.headers import CONTENT_SECURITY_POLICY, SECURITY_HEADERS
from infra.site import pages_code
from tests.infra.described import Described


def _distribution(described: Described) -> dict[str, Any]:
    return described.one("AWS::CloudFront::Distribution")[1]["Properties"]["DistributionConfig"]


def _run_at_the_edge(code: str, event: dict[str, Any]) -> dict[str, Any]:
    node = shutil.which("node")
    assert node
    script = f"{code}\nprocess.stdout.write(JSON.stringify(handler({json.dumps(event)})));"
    return json.loads(subprocess.run([node, "-e", script], capture_output=True, text=True, check=True).stdout)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("/", "/index.html"),
        ("/help", "/help.html"),
        ("/help/", "/help.html"),
        ("/appointments/3f/change", "/index.html"),
        ("/helper", "/index.html"),
        ("/help.es.html", "/help.es.html"),
        ("/config.json", "/config.json"),
        ("/assets/app-1a2b.js", "/assets/app-1a2b.js"),
    ],
)
def test_a_page_of_its_own_is_found_and_every_other_path_is_the_application(asked: str, answered: str) -> None:
    assert _run_at_the_edge(pages_code(["help"]), {"request": {"uri": asked}})["uri"] == answered


def test_the_site_knows_which_pages_stand_on_their_own(in_aws: Described) -> None:
    code = in_aws.one("AWS::CloudFront::Function", "SitePageOfPath")[1]["Properties"]["FunctionCode"]
    assert 'pages = ["help"]' in code


def test_nobody_can_claim_another_address(in_aws: Described) -> None:
    code = in_aws.one("AWS::CloudFront::Function", "SiteViewerAddress")[1]["Properties"]["FunctionCode"]
    claim = {"viewer": {"ip": "198.51.100.7"}, "request": {"headers": {"x-viewer-address": {"value": "203.0.113.9"}}}}
    assert _run_at_the_edge(code, claim)["headers"]["x-viewer-address"] == {"value": "198.51.100.7"}


@pytest.mark.parametrize("path", ["/api/*", "/live"])
def test_the_apis_are_behind_the_site_and_never_cached(path: str, in_aws: Described) -> None:
    (behaviour,) = [b for b in _distribution(in_aws)["CacheBehaviors"] if b["PathPattern"] == path]
    assert behaviour["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"  # CachingDisabled
    assert behaviour["OriginRequestPolicyId"] == "b689b0a8-53d0-40ab-baf2-68738e2966ac"  # AllViewerExceptHostHeader
    assert behaviour["ViewerProtocolPolicy"] == "https-only"
    (edge,) = behaviour["FunctionAssociations"]
    assert edge["EventType"] == "viewer-request"
    assert edge["FunctionARN"]["Fn::GetAtt"][0].startswith("SiteViewerAddress")


def test_every_answer_carries_the_security_headers(in_aws: Described) -> None:
    policy, _ = in_aws.one("AWS::CloudFront::ResponseHeadersPolicy")
    config = _distribution(in_aws)
    behaviours = [config["DefaultCacheBehavior"], *config["CacheBehaviors"]]
    assert len(behaviours) == 3
    assert all(b["ResponseHeadersPolicyId"] == {"Ref": policy} for b in behaviours)


def test_the_policy_in_aws_and_the_gateway_on_a_laptop_set_the_same_headers(in_aws: Described) -> None:
    config = in_aws.one("AWS::CloudFront::ResponseHeadersPolicy")[1]["Properties"]["ResponseHeadersPolicyConfig"]
    security = config["SecurityHeadersConfig"]
    hsts = security["StrictTransportSecurity"]
    sent = {item["Header"]: item["Value"] for item in config["CustomHeadersConfig"]["Items"]} | {
        "content-security-policy": security["ContentSecurityPolicy"]["ContentSecurityPolicy"],
        "referrer-policy": security["ReferrerPolicy"]["ReferrerPolicy"],
        "strict-transport-security": f"max-age={hsts['AccessControlMaxAgeSec']}; includeSubDomains",
        "x-content-type-options": "nosniff",
        "x-frame-options": security["FrameOptions"]["FrameOption"],
    }
    assert hsts["IncludeSubdomains"] is True
    assert security["ContentTypeOptions"] == {"Override": True}
    assert sent == SECURITY_HEADERS


def test_a_page_may_run_only_our_own_code_and_talk_only_to_us_and_to_chime() -> None:
    directives = dict(d.split(" ", 1) for d in CONTENT_SECURITY_POLICY.split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == "'self'"
    assert directives["style-src"] == "'self'"
    assert directives["connect-src"] == "'self' https://*.chime.aws wss://*.chime.aws"
    assert directives["frame-ancestors"] == "'none'"
    assert directives["require-trusted-types-for"] == "'script'"
    assert "unsafe" not in CONTENT_SECURITY_POLICY


def test_the_files_are_reached_through_cloudfront_alone(in_aws: Described) -> None:
    bucket = in_aws.one("AWS::S3::Bucket")[1]
    assert set(bucket["Properties"]["PublicAccessBlockConfiguration"].values()) == {True}
    policy = in_aws.one("AWS::S3::BucketPolicy")[1]["Properties"]["PolicyDocument"]["Statement"]
    allowed = [s for s in policy if s["Effect"] == "Allow"]
    cloudfront = [s for s in allowed if s["Principal"] == {"Service": "cloudfront.amazonaws.com"}]
    assert cloudfront == allowed
    assert all("AWS:SourceArn" in s["Condition"]["StringEquals"] for s in cloudfront)
    assert in_aws.all("AWS::CloudFront::OriginAccessControl")


def test_no_log_knows_who_looked_for_help(in_aws: Described) -> None:
    assert "Logging" not in _distribution(in_aws)
    assert "LoggingConfiguration" not in in_aws.one("AWS::S3::Bucket")[1]["Properties"]


def test_hashed_files_are_kept_for_ever_and_all_others_asked_for_anew(in_aws: Described) -> None:
    uploads = [u["Properties"] for u in in_aws.all("Custom::CDKBucketDeployment").values()]
    (hashed,) = [u for u in uploads if u.get("Include") == ["assets/*"]]
    (others,) = [u for u in uploads if u.get("Exclude") == ["assets/*"]]
    assert hashed["SystemMetadata"] == {"cache-control": "public, max-age=31536000, immutable"}
    assert hashed["Prune"] is False
    assert others["SystemMetadata"] == {"cache-control": "no-cache"}


def test_the_new_page_comes_after_what_it_asks_for(in_aws: Described) -> None:
    uploads = in_aws.all("Custom::CDKBucketDeployment")
    (hashed,) = [name for name, u in uploads.items() if u["Properties"].get("Include") == ["assets/*"]]
    (others,) = [u for u in uploads.values() if u["Properties"].get("Exclude") == ["assets/*"]]
    assert hashed in others["DependsOn"]


def test_the_laptop_copies_the_site_itself(on_a_laptop: Described) -> None:
    assert on_a_laptop.all("Custom::CDKBucketDeployment") == {}
