"""Everything counselors, facilitators and admins can ask for."""

from functions.routing import Route

ROUTES: tuple[Route, ...] = (
    Route("POST", "/api/staff/auth/sign-in", "sign_in.sign_in", signed_in=False),
    Route("POST", "/api/staff/auth/answer", "sign_in.answer", signed_in=False),
    Route("POST", "/api/staff/auth/refresh", "sign_in.refresh", signed_in=False),
    Route("POST", "/api/staff/auth/sign-out", "sign_in.sign_out", signed_in=False),
    Route("POST", "/api/staff/auth/sign-out-everywhere", "sign_in.sign_out_everywhere"),
    Route("POST", "/api/staff/auth/password", "account.change_password"),
    Route("POST", "/api/staff/auth/totp", "account.begin_totp"),
    Route("PUT", "/api/staff/auth/totp", "account.confirm_totp"),
    Route("GET", "/api/staff/me", "account.me"),
    Route("PATCH", "/api/staff/me", "account.update_me"),
    Route("POST", "/api/staff/live/tickets", "live_tickets.issue"),
    Route("GET", "/api/staff/profile", "practice.profile"),
    Route("PUT", "/api/staff/profile", "practice.write_profile"),
    Route("GET", "/api/staff/availability", "practice.availability"),
    Route("PUT", "/api/staff/availability", "practice.set_availability"),
    Route("GET", "/api/staff/agenda", "agenda.show"),
    Route("POST", "/api/staff/blocks", "agenda.block"),
    Route("DELETE", "/api/staff/blocks/{block_id}", "agenda.unblock"),
    Route("GET", "/api/staff/appointments/{appointment_id}", "agenda.appointment"),
    Route("POST", "/api/staff/appointments/{appointment_id}/cancel", "agenda.cancel"),
    Route("POST", "/api/staff/appointments/{appointment_id}/noshow", "agenda.noshow"),
    Route("GET", "/api/staff/people", "people.everyone"),
    Route("POST", "/api/staff/people", "people.invite"),
    Route("POST", "/api/staff/people/{person_id}/invitation", "people.invite_again"),
    Route("PATCH", "/api/staff/people/{person_id}", "people.change"),
)
