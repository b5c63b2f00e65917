"""The back office in Chinese: halls for their editors, accounts and the audit log for administrators."""

from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, ChoiceField, ModelForm, MultipleChoiceField, SelectMultiple
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy

from bundles.loading import catalogue
from guide.cases.bundles import all_bundles
from guide.halls.rights import regions_of
from guide.models import DayOff, Deed, Hall, Hours, LaterRule, Post, Region, Window
from guide.models.halls import LANGUAGES, without_overlaps
from guide.staff.auditing import log_deed
from guide.staff.guards import to_log_in
from guide.staff.lockouts import unlock
from guide.staff.second_factor import has_second_factor, turn_off


class Office(admin.AdminSite):
    """Django's admin for whoever may edit halls or accounts; one logs in where all staff do."""

    site_header = site_title = "一次告知 · 后台"
    index_title = "大厅和账号"
    site_url = reverse_lazy("staff")  # type: ignore[assignment]  # which Django takes as well

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return user.is_active and (user.has_perm("guide.edit_halls") or user.has_perm("guide.administer"))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Django's; who hasn't logged in is sent where all staff log in, and comes back to this very page."""
        inside = super().admin_view(view, cacheable)

        @wraps(inside)
        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_log_in(request, request.get_full_path())
            response: HttpResponse = inside(request, *args, **kwargs)
            return response

        return entered

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Sends on to the staff's log-in; whoever has logged in already lacks the role, and is told so."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        if request.user.is_authenticated:
            return HttpResponseRedirect(reverse("admin:index"))
        return to_log_in(request, reverse("admin:index"))


office = Office(name="admin")


class _Logged(admin.ModelAdmin):
    """Writes each change down. Which halls an editor may touch depends on where they work."""

    region_path = "region"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        mine = regions_of(request.user)
        rows = super().get_queryset(request)
        return rows if mine is None else rows.filter(**{f"{self.region_path}__in": mine})

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        mine = regions_of(request.user)
        if db_field.name == "region" and mine is not None:
            kwargs["queryset"] = Region.objects.filter(code__in=mine)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        log_deed(request, "edit-hall", str(obj))
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        log_deed(request, "edit-hall", str(obj))
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        for row in queryset:
            log_deed(request, "edit-hall", str(row))
        return super().log_deletions(request, queryset)


class WindowForm(ModelForm):
    """A window with its bundles and languages to choose from instead of codes to type."""

    bundles = MultipleChoiceField(
        label="办哪几件事", required=False, widget=SelectMultiple({"size": 6}), help_text="一件也不选，就是都办。"
    )
    languages = MultipleChoiceField(
        label="说哪些话", required=False, choices=LANGUAGES, widget=SelectMultiple({"size": len(LANGUAGES)})
    )

    class Meta:
        model = Window
        fields = ("name", "bundles", "languages")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(bundle.id, bundle.title) for bundle in all_bundles()]
        self.fields["bundles"].choices = found  # type: ignore[attr-defined]  # a MultipleChoiceField, see above


class WindowInline(admin.StackedInline):
    model = Window
    form = WindowForm
    extra = 0


class HoursFormSet(BaseInlineFormSet):
    """A hall's hours together: no two of them overlap."""

    def clean(self) -> None:
        super().clean()
        if not any(self.errors):
            kept = (form for form in self.forms if form.cleaned_data and form not in self.deleted_forms)
            without_overlaps(form.instance for form in kept)


class HoursInline(admin.TabularInline):
    model = Hours
    formset = HoursFormSet
    extra = 0


class DayOffInline(admin.TabularInline):
    model = DayOff
    extra = 0


@admin.register(Hall, site=office)
class HallAdmin(_Logged):
    list_display = ("name", "region", "phone", "sample")
    list_filter = ("region", "step_free", "low_counter", "sample")
    search_fields = ("name", "address")
    inlines = (WindowInline, HoursInline, DayOffInline)


class LaterInline(admin.TabularInline):
    model = LaterRule
    extra = 0


@admin.register(Region, site=office)
class RegionAdmin(_Logged):
    region_path = "code"
    fields = ("code", "hotline", "summer_from_month", "summer_to_month")
    list_display = ("code", "name", "hotline", "summer_from_month", "summer_to_month")
    inlines = (LaterInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Region | None = None) -> tuple[str, ...]:
        return () if obj is None else ("code",)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name != "code":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        mine, regions = regions_of(request.user), catalogue().regions
        found = [(code, f"{code} {regions[code].name}") for code in (regions if mine is None else mine)]
        return ChoiceField(label=db_field.verbose_name, choices=found)


class PasswordForm(AdminPasswordChangeForm):
    """A new password for whoever tried the old one too often: they may come in with it at once."""

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit)
        unlock(user)
        return user


class PostInline(admin.StackedInline):
    model = Post
    extra = 0
    can_delete = True


@admin.register(User, site=office)
class Accounts(UserAdmin):
    """Accounts by role. Nobody becomes a superuser here, and nobody's rights go beyond the roles."""

    list_display = ("username", "first_name", "is_active", "with_second_factor", "last_login")
    list_filter = ("groups", "is_active")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("这个人", {"fields": ("first_name", "is_active")}),
        ("角色", {"fields": ("groups",)}),
    )
    add_fieldsets = ((None, {"fields": ("username", "usable_password", "password1", "password2")}),)
    filter_horizontal = ()
    inlines = (PostInline,)
    change_password_form = PasswordForm
    actions = ("take_second_factor_away",)

    @admin.display(description="第二步验证", boolean=True)
    def with_second_factor(self, user: User) -> bool:
        return has_second_factor(user)

    @admin.action(description="去掉第二步验证（手机丢了；下次登录时重新设）", permissions=["change"])
    def take_second_factor_away(self, request: HttpRequest, users: QuerySet[User]) -> None:
        for user in users:
            turn_off(user)
            log_deed(request, "no-second-factor", user.get_username())
        self.message_user(request, f"去掉了 {len(users)} 个账号的第二步验证。")

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Accounts are put out of use; what they did stays."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).filter(is_superuser=False)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        log_deed(request, "edit-account", obj.get_username())
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        log_deed(request, "edit-account", obj.get_username())
        return super().log_change(request, obj, message)


@admin.register(Deed, site=office)
class DeedAdmin(admin.ModelAdmin):
    """The audit log: to read, never to change, not even for a superuser."""

    list_display = ("at", "name", "deed", "what")
    actions = None
    list_filter = ("deed", "by")
    date_hierarchy = "at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Deed | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Deed | None = None) -> bool:
        return False
