"""Staff come and go."""

from django.contrib.auth.views import LoginView, LogoutView

log_in = LoginView.as_view(template_name="staff/login.html", redirect_authenticated_user=True)
log_out = LogoutView.as_view(next_page="home")
