"""The profile of calendar feeds: how events are written, by options and tdkt.toml."""

from tdkt_cli.commands.shared.values import read_number, split
from tdkt_cli.core.feeds.events import ADDRESS_EXPECTED, DOMAIN_EXPECTED, MOST_LEAD_DAYS, is_address, is_domain
from tdkt_cli.core.messages import msg
from tdkt_cli.errors import UsageError
from tdkt_cli.files.config import Config
from tdkt_cli.render.icalendar import PAGE, DoneChoice, Profile


def read_profile(
    config: Config,
    *,
    url: str = "",
    domain: str = "",
    span: bool = False,
    done: DoneChoice | None = None,
    lead_days: str = "",
) -> Profile:
    """Return the profile by the options typed, else by tdkt.toml. Raises UsageError."""
    publish = config.settings.publish
    if domain and not is_domain(domain):
        raise UsageError(msg("{option}: {problem}", option="--domain", problem=DOMAIN_EXPECTED))
    address = read_address(config, url)
    leads = tuple(read_number(days, "--lead-days", MOST_LEAD_DAYS) for days in split([lead_days])) or publish.lead_days
    return Profile(
        domain=domain or publish.domain,
        zone=config.settings.timezone,
        page=f"{address}{PAGE}" if address else "",
        span=span or publish.span,
        done=done or publish.done,
        lead_days=tuple(sorted(set(leads), reverse=True)),
    )


def read_address(config: Config, url: str) -> str:
    """Return the address of the published site, ending in a slash, empty where it is not known. Raises UsageError."""
    if url and not is_address(url):
        raise UsageError(msg("{option}: {problem}", option="--url", problem=ADDRESS_EXPECTED))
    address = url or config.settings.publish.url
    return f"{address.rstrip('/')}/" if address else ""
