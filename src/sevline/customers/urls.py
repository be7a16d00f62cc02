from django.urls import path

from sevline.customers.views import accounts, profile
from sevline.customers.views import api as api_views

app_name = "customers"
urlpatterns = [
    path("", accounts.customers, name="customers"),
    path("new", accounts.add, name="add"),
    path("<slug:key>", accounts.customer, name="customer"),
    path("<slug:key>/environments/new", accounts.add_environment, name="add_environment"),
    path("<slug:key>/environments/<int:number>", accounts.environment, name="environment"),
    path("<slug:key>/environments/<int:number>/<slug:verb>", accounts.switch_environment, name="switch_environment"),
    path("<slug:key>/profile", profile.profile, name="profile"),
    path("<slug:key>/profile.csv", profile.export, {"kind": "csv"}, name="profile_csv"),
    path("<slug:key>/profile.json", profile.export, {"kind": "json"}, name="profile_json"),
    path("<slug:key>/profile/<int:number>/verify", profile.verify, name="verify"),
    path("<slug:key>/profile/<int:number>/end", profile.end, name="end"),
    path("<slug:key>/authority", profile.authority, name="authority"),
    path("<slug:key>/authority/<int:number>/check", profile.check_authority, name="check_authority"),
    path("<slug:key>/switch/<slug:verb>", accounts.switch, name="switch"),
]

# For programs with an access token; a session is of no use here.
api = [path("customers/<slug:key>", api_views.customer, name="api_customer")]
