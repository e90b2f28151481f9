"""From nothing to a running Hearthline; the second time, from what is already there."""

import contextlib
from pathlib import Path

from botocore.exceptions import ClientError

from infra.front_end import DIST, SiteNotBuilt, build_site, site_environment
from local import aws, choices, deploy, fingerprint, preflight, site_files
from local.emulator import Emulator
from local.fingerprint import Made
from local.gateway import gateway
from local.places import ROOT, Places
from local.progress import Failed, Progress
from local.seed import seed
from local.serve import Server


def start(places: Places) -> None:
    """Bring everything up and serve until asked to stop, then put everything away in order.

    Raises Failed when something a person has to put right is in the way.
    """
    progress = Progress()
    emulator = Emulator(places)
    emulator.stop_leftover()
    preflight.check_python()
    preflight.check_node()
    preflight.check_ports(places)
    print(f"Starting Hearthline at {places.site_address}", flush=True)
    try:
        outputs = _bring_up(places, emulator, progress)
        server = Server(gateway(places, outputs), places.port, lambda: _welcome(places, outputs, progress))
        with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C, or a stop: how serving is meant to end
            server.run()
    finally:
        places.ready.unlink(missing_ok=True)
        print("\nStopping: the emulator writes down what it holds.", flush=True)
        emulator.stop()


def _bring_up(places: Places, emulator: Emulator, progress: Progress) -> dict[str, str]:
    made = Made(places.state / "made.json")
    site = _site(progress)
    wanted = deploy.wanted(places, site)
    current = made.is_current("stack", wanted)
    with progress.step("Start the emulator"):
        emulator.start(enforcing=current)
    if current and not _exists(places, deploy.STACK):
        # It ended without writing down its state, or somebody cleared it: begin again.
        current = False
        with progress.step("Start the emulator anew, without its state"):
            emulator.stop()
            emulator.start(enforcing=False)
    if current:
        progress.unchanged("Deploy the stack")
    else:
        if not _exists(places, deploy.BOOTSTRAP_STACK):
            with progress.step("cdk bootstrap"):
                deploy.bootstrap(places)
        with progress.step("cdk deploy"):
            deploy.deploy(places, site)
        with progress.step("Restart the emulator with IAM enforced"):
            emulator.stop()
            emulator.start(enforcing=True)
        made.remember("stack", wanted)
    outputs = deploy.outputs(places)
    with progress.step("Copy the site"):
        site_files.upload(places, site, outputs)
    return outputs


def _site(progress: Progress) -> Path:
    # Kept beside what it describes, since two states on one machine share the one built site.
    made = Made(ROOT / "build" / "made.json")
    settings = choices.settings()
    sources = fingerprint.of("web", "package-lock.json", extra=site_environment(settings).values())
    if made.is_current("site", sources) and DIST.is_dir():
        progress.unchanged("Build the site")
        return DIST
    with progress.step("Build the site"):
        try:
            build_site(settings)
        except SiteNotBuilt as error:
            raise Failed(str(error)) from error
    made.remember("site", sources)
    return DIST


def _exists(places: Places, stack: str) -> bool:
    try:
        aws.client(places, "cloudformation").describe_stacks(StackName=stack)
    except ClientError:
        return False
    return True


def _welcome(places: Places, outputs: dict[str, str], progress: Progress) -> None:
    with progress.step("Demo people"):
        sign_ins = _demo_people(places, outputs)
    print(f"\nReady after {progress.elapsed:.0f} s: {places.site_address}\n\n{sign_ins}\n", flush=True)
    print("Ctrl-C stops everything, and so does `make stop`.", flush=True)
    places.ready.touch()


def _demo_people(places: Places, outputs: dict[str, str]) -> str:
    try:
        return seed(places, outputs)
    except Failed as failure:
        # The site itself is up: whoever works on it should see it all the more now.
        return f"The demo people are not all there: {failure}"
