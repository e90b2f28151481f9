"""Where Amazon Chime carries calls, and where it is asked to: not in every Region, and not in the same ones.

A control Region has the API; it can make a meeting in any media Region of its partition.
https://docs.aws.amazon.com/chime-sdk/latest/dg/chime-sdk-meetings-regions.html
"""

# CreateMeeting, parameter MediaRegion:
# https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_CreateMeeting.html
MEDIA_REGIONS = (
    "af-south-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-south-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "us-gov-east-1",
    "us-gov-west-1",
)

# https://docs.aws.amazon.com/chime-sdk/latest/dg/sdk-available-regions.html, and botocore's own list of endpoints.
CONTROL_REGIONS = (
    "af-south-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-west-2",
    "il-central-1",
    "us-east-1",
    "us-west-2",
    "us-gov-east-1",
    "us-gov-west-1",
)

# For a Region without the API: one that every account has, under the same law where there is one.
_INSTEAD = {"us-west-1": "us-west-2", "eu": "eu-central-1", "ap": "ap-southeast-1", "ca": "ca-central-1"}
_OTHERWISE = "us-east-1"


def control_region(region: str) -> str:
    """Where a stack in `region` asks Chime for calls: there, or near by. It is told only ids."""
    if region in CONTROL_REGIONS:
        return region
    return _INSTEAD.get(region) or _INSTEAD.get(region.split("-")[0]) or _OTHERWISE
