"""What staff type to come in: name and password, a code, a new password."""

import re
import unicodedata
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django_otp.models import Device

from guide.staff.second_factor import device_that_takes, seconds_to_wait, step_of

_APART = re.compile(r"[\s\-·]+")


class _Drawn(forms.BaseForm):
    """Drawn by the template pack; the page has the form's frame."""

    def drawn(self) -> None:
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*map(Field, self.fields))
        for field in self.fields.values():
            field.error_messages["required"] = _("这一栏要填。")

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What is wrong, each with the box to mend it in."""
        first = next(iter(self.fields))
        return [(self[first if name == "__all__" else name].id_for_label, str(text))
                for name, texts in self.errors.items() for text in texts]  # fmt: skip


class LogInForm(_Drawn, AuthenticationForm):
    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(request, data)
        wrong = _("用户名和密码对不上。请再试一次；连错五次，要等一小时。")
        self.error_messages = {"invalid_login": wrong, "inactive": wrong}
        self.fields["username"].label, self.fields["password"].label = _("用户名"), _("密码")
        self.fields["username"].widget.attrs |= {"spellcheck": "false", "autofocus": False}
        self.drawn()


class CodeForm(_Drawn, forms.Form):
    """The code of the second factor. `device` is the one that took it."""

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        self.user = user
        self.device: Device | None = None
        self.fields["code"] = _code_field(_("验证码"), _("手机上验证器显示的六位数字。手机不在身边，就填一个备用码。"))
        self.drawn()

    def clean_code(self) -> str:
        code = _tidy(self.cleaned_data["code"])
        if wait := seconds_to_wait(self.user, code):
            raise ValidationError(_("错得太多了，等 {seconds} 秒再试。").format(seconds=wait))
        self.device = device_that_takes(self.user, code)
        if self.device is None:
            raise ValidationError(_("这个码不对，或者已经用过了。等手机上出来下一个，再填一次。"))
        return code


class SetUpForm(_Drawn, forms.Form):
    """The first code of a new phone; whoever is in already shows by the password that it is they. `step` is the code's.

    The phone has `key`.
    """

    def __init__(self, request: HttpRequest, key: str, ask_password: bool, data: Any = None) -> None:
        super().__init__(data)
        self.request, self.key, self.step = request, key, 0
        if ask_password:
            self.fields["password"] = _password_field(_("您现在的密码"))
        self.fields["code"] = _code_field(_("验证码"), _("加好以后，手机上显示的六位数字。"))
        self.drawn()

    def clean_password(self) -> str:
        return _right(self.request, self.cleaned_data["password"])

    def clean_code(self) -> str:
        code = _tidy(self.cleaned_data["code"])
        step = step_of(self.key, code)
        if step is None:
            raise ValidationError(_("这个码不对。请看手机的时间准不准，等下一个六位数字出来，再填一次。"))
        self.step = step
        return code


class PasswordForm(_Drawn, PasswordChangeForm):
    def __init__(self, request: HttpRequest, user: User, data: Any = None) -> None:
        super().__init__(user, data)
        self.request = request
        self.error_messages = {"password_mismatch": _("两次填的新密码不一样。")}
        self.fields["old_password"] = _password_field(_("您现在的密码"))
        self.fields["new_password1"].label, self.fields["new_password2"].label = _("新密码"), _("再填一次新密码")
        self.fields["new_password1"].help_text = _("至少十位；不要太常见的，也不要像您的用户名和姓名。")
        self.fields["new_password2"].help_text = ""
        self.drawn()

    def validate_password_for_user(self, user: User, password_field_name: str = "new_password2") -> None:  # noqa: S107 - a field
        """In our own words, which there are in every language."""
        try:
            validate_password(self.cleaned_data.get(password_field_name) or "", user)
        except ValidationError:
            self.add_error("new_password1", _("这个密码太容易猜，换一个长些、少见些的。"))

    def clean_old_password(self) -> str:
        return _right(self.request, self.cleaned_data["old_password"])


def _right(request: HttpRequest, password: str) -> str:
    """The password, if it is that of whoever is in; a wrong one counts as one at the log-in does."""
    if authenticate(request, username=request.user.get_username(), password=password) is None:
        raise ValidationError(_("密码不对。连错五次，要等一小时。"))
    return password


def _password_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=label, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


def _code_field(label: str, hint: str) -> forms.CharField:
    told = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
    return forms.CharField(label=label, help_text=hint, widget=forms.TextInput(told))


def _tidy(code: str) -> str:
    """`１２３ 456` and `ABCD-EFGH` as they are kept: `123456`, `abcdefgh`."""
    return _APART.sub("", unicodedata.normalize("NFKC", code)).lower()
