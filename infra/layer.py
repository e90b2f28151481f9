"""What only some functions need beside the package: heavy things that would slow down whatever answers a person."""

from aws_cdk import aws_lambda as lambda_
from constructs import Construct


class Layer(lambda_.LayerVersion):
    """The packages of `functions/layer.txt`, for workers that nobody waits for."""

    def __init__(self, scope: Construct, id_: str, *, code: lambda_.Code) -> None:
        super().__init__(
            scope,
            id_,
            code=code,
            description="Cryptography and calendars, for the functions that need them",
            compatible_runtimes=[lambda_.Runtime.PYTHON_3_13],
            compatible_architectures=[lambda_.Architecture.ARM_64],
        )
