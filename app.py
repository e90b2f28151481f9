"""What `cdk` runs: read the settings, build what is deployed, describe the stack."""

import os
import sys
from pathlib import Path

from aws_cdk import App, AssetHashType, Environment, Validations
from aws_cdk import aws_lambda as lambda_
from cdk_nag import AwsSolutionsChecks, HIPAASecurityChecks

from infra.bundle import LAMBDA, LAYER, PACKAGE, THIS_MACHINE, BundleFailed, Recipe, Target, build
from infra.front_end import SiteNotBuilt, build_site
from infra.settings import WrongSetting, read_laptop, read_settings
from infra.stack import HearthlineStack


def main() -> None:
    """Write the cloud assembly, or say in one sentence why not."""
    app = App()
    try:
        laptop = read_laptop(
            *(app.node.try_get_context(key) for key in ("local", "site_address", "admin_email", "emulator_address"))
        )
        settings = read_settings(app.node.try_get_context("hearthline"))
        # `make start` builds the site itself, to show its time; elsewhere a deployment must not forget to.
        site = Path(os.environ["HEARTHLINE_SITE"]) if "HEARTHLINE_SITE" in os.environ else build_site(settings)
        target = THIS_MACHINE if laptop else LAMBDA
        HearthlineStack(
            app,
            "Hearthline",
            # Tables under a customer key cannot be described without knowing the region.
            env=Environment(
                account=os.environ.get("CDK_DEFAULT_ACCOUNT"), region=os.environ.get("CDK_DEFAULT_REGION", "us-east-1")
            ),
            settings=settings,
            laptop=laptop,
            code=_asset(target, PACKAGE),
            layer=_asset(target, LAYER),
            site=site,
        )
    except (WrongSetting, SiteNotBuilt, BundleFailed) as error:
        sys.exit(str(error))
    Validations.of(app).add_plugins(AwsSolutionsChecks(), HIPAASecurityChecks())
    app.synth()


def _asset(target: Target, recipe: Recipe) -> lambda_.Code:
    package = build(target, recipe)
    return lambda_.Code.from_asset(
        str(package.directory), asset_hash=package.digest, asset_hash_type=AssetHashType.CUSTOM
    )


main()
