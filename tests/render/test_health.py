"""The home folder in what `tdkt doctor` found."""

import pytest

from tdkt_cli.core.health import Line, Section
from tdkt_cli.core.messages import msg
from tdkt_cli.render.health import health_record
from tdkt_cli.render.language import language


@pytest.mark.parametrize(
    ("home", "value", "shown"),
    [
        ("/home/an", "/home/an/plans, /home/an", "~/plans, ~"),
        ("/home/an", "/home/anh/plans", "/home/anh/plans"),
        ("/", "/ in /srv", "/ in /srv"),
        ("", "/srv", "/srv"),
    ],
)
def test_the_home_folder_is_not_told(home, value, shown):
    section = Section("tdkt", msg("Settings"), (Line("folder", "folder", value),))
    assert health_record([section], language("en"), home)["checks"][0]["value"] == shown
