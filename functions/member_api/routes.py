"""Everything a client can ask for. Infrastructure and the OpenAPI document are made from this table."""

from functions.routing import Route

ROUTES: tuple[Route, ...] = (
    Route("GET", "/api/registration-challenge", "registration.challenge", signed_in=False),
    Route("POST", "/api/register", "registration.register", signed_in=False),
    Route("POST", "/api/auth/sign-in", "sign_in.sign_in", signed_in=False),
    Route("POST", "/api/auth/refresh", "sign_in.refresh", signed_in=False),
    Route("POST", "/api/auth/sign-out", "sign_in.sign_out", signed_in=False),
    Route("POST", "/api/auth/recover", "recovery.recover", signed_in=False),
    Route("POST", "/api/auth/sign-out-everywhere", "sign_in.sign_out_everywhere"),
    Route("POST", "/api/auth/password", "account.change_password"),
    Route("POST", "/api/auth/recovery-codes", "recovery.new_codes"),
    Route("GET", "/api/me", "account.me"),
    Route("PATCH", "/api/me", "account.update_me"),
    Route("POST", "/api/live/tickets", "live_tickets.issue"),
    Route("GET", "/api/counselors", "counselors.find"),
    Route("GET", "/api/counselors/{counselor_id}", "counselors.show"),
    Route("GET", "/api/counselors/{counselor_id}/slots", "counselors.slots"),
    Route("POST", "/api/appointments", "appointments.book"),
    Route("GET", "/api/appointments", "appointments.mine"),
    Route("GET", "/api/appointments/{appointment_id}", "appointments.show"),
    Route("GET", "/api/appointments/{appointment_id}/calendar", "appointments.calendar"),
    Route("POST", "/api/appointments/{appointment_id}/reschedule", "appointments.reschedule"),
    Route("POST", "/api/appointments/{appointment_id}/cancel", "appointments.cancel"),
)
