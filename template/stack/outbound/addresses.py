"""Which addresses may be called: those of the public internet, and what the settings allow beside them."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings

GLOBAL_UNICAST = ip_network("2000::/3")
"""What IPv6 has given out. NAT64, IPv4 in IPv6, unique-local and link-local addresses are outside of it."""

REFUSED = [
    ip_network(network)
    for network in (
        "168.63.129.16/32",  # Azure's, of a machine's own metadata, in a public network
        "192.0.0.0/24",  # protocols', and Oracle's metadata
        "192.88.99.0/24",  # relays of 6to4
        "2001::/23",  # protocols': Teredo, ORCHID
        "2002::/16",  # 6to4: an IPv4 address inside
        "3fff::/20",  # of documents
    )
]
"""What Python takes for global, in this version or another, and what no call should go to."""


def is_allowed(address: str) -> bool:
    """Tell whether an address may be called.

    Args:
        address: Of IPv4 or IPv6, as the system resolved it.
    """
    ip = ip_address(address)
    if any(ip in network for network in settings.OUTBOUND_ALLOWED_NETWORKS):
        return True
    if isinstance(ip, IPv6Address) and ip not in GLOBAL_UNICAST:
        return False
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in REFUSED)
