"""Django's own messages that may reach a page of ours. Their Chinese is Django's; other languages need ours."""

DJANGO_WORDS = (
    "This field is required.",
    "Null characters are not allowed.",
    "Select a valid choice. %(value)s is not one of the available choices.",
    "Please enter a correct %(username)s and password. Note that both fields may be case-sensitive.",
    "This account is inactive.",
    "The submitted file is empty.",
    "No file was submitted. Check the encoding type on the form.",
)
