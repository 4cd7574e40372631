"""Plain HTML pages where staff sign in. Start at `staff.routes`."""
