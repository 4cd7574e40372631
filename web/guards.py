"""What every request passes before a page answers it. Start at `GUARDS`."""

from starlette.middleware import Middleware

from web.caps import Caps
from web.gate import Gate
from web.limits import RateLimit

GUARDS = [Middleware(Caps), Middleware(RateLimit), Middleware(Gate)]
