"""The questions a ledger answers about a trust, one module each; `TrustState` holds the answers of all."""

from ._things import Thing as Thing
from ._things import Things as Things
from ._trust import *
