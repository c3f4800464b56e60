"""Each service names the version of its image.

`latest`, which is also what no tag and `alpine` mean, is another image from one day to the next: a `docker
compose pull` may bring a new major version that cannot read the data of the old one. What the project builds
itself, and what a variable without a default decides, passes. An image is told once of a file.

Standard: docker-compose.yml, essential services: each has a version.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.project.images import Image
from stackyard.rule import Finding, rule


@rule("compose-images-pinned", entry="docker-compose")
def check(project: Project) -> Iterator[Finding]:
    built = {service.image.repository for service in project.services if service.build and service.image}
    seen: set[tuple[str, Image]] = set()
    for service in project.services:
        image, where = service.image, service.place("image")
        if image and image.is_known and not image.is_pinned and image.repository not in built:
            if (where.path, image) in seen:
                continue
            seen.add((where.path, image))
            yield Finding(
                where,
                f"the service {service.name} takes the image {image.text} without a version",
                f"name the one that you run, such as `{image.pinned}`",
            )
