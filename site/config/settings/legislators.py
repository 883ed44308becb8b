"""Who represents whom: where addresses are looked up, who may ask, and what is kept up to date."""

from config.env import env

#: Tried in this order. Nobody outside learns a visitor's address unless the society names who may (docs/settings.md).
GEOCODERS = env.list("GEOCODERS", default=["sample", "street_ranges"])
GEOCODER_CENSUS_URL = env.str("GEOCODER_CENSUS_URL", default="https://geocoding.geo.census.gov/geocoder")
GEOCODER_CENSUS_KEY = env.str("GEOCODER_CENSUS_KEY", default="")
GEOCODER_GEOCODIO_URL = env.str("GEOCODER_GEOCODIO_URL", default="https://api.geocod.io/v1.11")
GEOCODER_GEOCODIO_KEY = env.str("GEOCODER_GEOCODIO_KEY", default="")
#: Its own view of the districts, to compare with ours, is billed as two look-ups more.
GEOCODER_GEOCODIO_DISTRICTS = env.bool("GEOCODER_GEOCODIO_DISTRICTS", default=False)
#: No default: the public server's policy does not let a site look its visitors up there.
GEOCODER_NOMINATIM_URL = env.str("GEOCODER_NOMINATIM_URL", default="")
GEOCODER_TIMEOUT_SECONDS = env.float("GEOCODER_TIMEOUT_SECONDS", default=6.0)
#: How long it is remembered in which districts an address lies, and that nobody knew it; 0 remembers nothing.
GEOCODER_REMEMBER_DAYS = env.int("GEOCODER_REMEMBER_DAYS", default=30)
GEOCODER_REMEMBER_NOT_FOUND_MINUTES = env.int("GEOCODER_REMEMBER_NOT_FOUND_MINUTES", default=60)
#: Each process keeps the districts in memory, and looks so often whether a loader has run since.
ATLAS_CHECK_SECONDS = 2.0

#: Sites that may ask for legislators from their visitors' browsers, such as https://www.society.org.
LEGISLATORS_EMBED_ORIGINS = env.list("LEGISLATORS_EMBED_ORIGINS", default=[])
LEGISLATORS_EMBED_REQUESTS_PER_MINUTE = env.int("LEGISLATORS_EMBED_REQUESTS_PER_MINUTE", default=30)
#: Before a visitor's address is looked up outside: `(request: HttpRequest) -> bool`, in a room above.
LEGISLATORS_LOOKUP_CHECK = "campaigns.content.lookup_limits.may_ask"
#: What the clock keeps in line with its published sources; empty is nothing (docs/settings.md).
LEGISLATORS_SYNC = env.list("LEGISLATORS_SYNC", default=[])
LEGISLATORS_SYNC_HOURS = env.float("LEGISLATORS_SYNC_HOURS", default=24.0)
