"""Lists what is locked, in CycloneDX's format: what production runs, or what development wants.

python -m tests.supply_chain.sbom main|dev
"""

import sys
from collections.abc import Iterable

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from tests.supply_chain.licences import licences_of, metadata_of
from tests.supply_chain.lock import LOCK, Package, read

PROJECT = "myproject"


def sbom(packages: Iterable[Package]) -> str:
    """Write the document, with every licence that those of the packages name that are installed here."""
    bom = Bom(components=[_component(package) for package in packages])
    bom.metadata.component = Component(name=PROJECT, type=ComponentType.APPLICATION, bom_ref="project")
    bom.register_dependency(bom.metadata.component, bom.components)
    return make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2)


def _component(package: Package) -> Component:
    url = PackageURL("pypi", name=package.name, version=package.version)
    metadata = metadata_of(package.name)
    names = sorted(licences_of(metadata)) if metadata else []
    return Component(
        name=package.name,
        version=package.version,
        type=ComponentType.LIBRARY,
        purl=url,
        bom_ref=str(url),
        licenses=[LicenseFactory().make_from_string(name) for name in names],
    )


if __name__ == "__main__":
    wanted = sys.argv[1]
    print(sbom(package for package in read(LOCK) if wanted in package.groups))
