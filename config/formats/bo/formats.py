"""Dates and numbers in Tibetan where Django itself writes them; PRC practice: the Gregorian calendar, ASCII digits."""

DATE_FORMAT = "Yལོའི་ཟླ་nཚེས་jཉིན།"
DATETIME_FORMAT = "Yལོའི་ཟླ་nཚེས་jཉིན། H:i"
YEAR_MONTH_FORMAT = "Yལོའི་ཟླ་n"
MONTH_DAY_FORMAT = "ཟླ་nཚེས་j"
SHORT_DATE_FORMAT = "Y-n-j"
FIRST_DAY_OF_WEEK = 1
DECIMAL_SEPARATOR = "."
NUMBER_GROUPING = 0
