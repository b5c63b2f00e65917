"""Views: an address -> a page. The first line opens what the address names, the last renders it."""
