"""Since which Chrome, Firefox and Safari what is known, of all that is younger than the browsers we promise.

Where a number is in doubt MDN's compatibility data decide.
Patterns are looked for in a script, a selector, a declaration (`name: value`). `NEVER`: not yet, or not in these words.
"""

NEVER = 999.0
Since = tuple[float, float, float]
PROMISED = (80.0, 78.0, 13.1)  # Chrome (and WeChat's browser on Android), Firefox, Safari

SCRIPTS: dict[str, Since] = {
    r"\(\?<[=!]": (62, 78, 16.4),  # looking behind in a regular expression ends the whole script
    r"\.replaceChildren\(": (86, 78, 14),
    r"\.requestSubmit\(": (76, 75, 16),
    r"\.submitter\b": (81, 75, 15.4),
    r"\.showModal\(|\.close\(\)": (37, 98, 15.4),
    r"\bnew FormData\([^()]*,": (112, 111, 16.4),
    r"\bspeechSynthesis(\?\.|\.)addEventListener\(": (33, 49, 16),
    r"\bnew BroadcastChannel\b": (54, 38, 15.4),
    r"\bAbortSignal\.(timeout|any)\b": (103, 100, 16),
    r"\baddEventListener\(.*\bsignal\b": (90, 86, 15),
    r"\.replaceAll\(": (85, 77, 13.1),
    r"\.at\(": (92, 90, 15.4),
    r"\.findLast(Index)?\(": (97, 104, 15.4),
    r"\.to(Sorted|Reversed|Spliced)\(|\.with\(": (110, 115, 16),
    r"\bgroupBy\(": (117, 119, 17.4),
    r"\bObject\.hasOwn\b": (93, 92, 15.4),
    r"\bstructuredClone\b": (98, 94, 15.4),
    r"\bPromise\.(any|try|withResolvers)\b|\bAggregateError\b": (85, 79, 14),
    r"\bWeakRef\b|\bFinalizationRegistry\b": (84, 79, 14.1),
    r"\bscrollend\b|\.checkVisibility\(|\.inert\b|\.showPopover\(": (105, 106, 17.4),
    r"\bIntl\.(Segmenter|DurationFormat)\b|\brandomUUID\b": (92, 125, 15.4),
    r"\b(De)?[Cc]ompressionStream\b": (80, 113, 16.4),
    # A selector that isn't known throws
    r"[\"'`].*(:is|:where|:has)\(.*[\"'`]": (105, 121, 15.4),
    r"[\"'`].*:not\([^()]*,.*[\"'`]": (88, 84, 9),
    r"[\"'`].*:focus-visible": (86, 85, 15.4),
}

SELECTORS: dict[str, Since] = {
    r":is\(|:where\(": (88, 78, 14),
    r":not\([^()]*(\([^()]*\)[^()]*)*[, ]": (88, 84, 9),
    r":has\(": (105, 121, 15.4),
    r":focus-visible": (86, 85, 15.4),
    r"::backdrop": (37, 47, 15.4),
    r"::details-content": (131, 143, 18.4),
    r":user-valid|:user-invalid": (119, 88, 16.5),
    r"&": (120, 117, 17.2),
}

DECLARATIONS: dict[str, Since] = {
    r"content: [^;]*[\"')] / ": (77, 128, 17.4),
    r"inset(-\w+)*:": (87, 66, 14.1),
    r"(padding|margin)-(inline|block):": (87, 66, 14.1),
    r"border-(inline|block)(-width|-style|-color)?:": (87, 66, 14.1),
    r"(translate|rotate|scale):": (104, 72, 14.1),
    r"appearance:": (84, 80, 15.4),
    r"aspect-ratio:": (88, 89, 15),
    r"overflow-wrap: anywhere": (80, 65, 15.4),
    r"overflow(-x|-y)?: clip": (90, 81, 16),
    r"(width|height|(max|min)-\w+): fit-content": (46, 94, 11),
    r"[\w-]+: .*\d[dsl]v[hwib]\b": (108, 101, 15.4),
    r"[\w-]+: .*(color-mix|oklch|oklab|light-dark)\(": (111, 113, 16.2),
    r"text-decoration: .*(wavy|dotted|dashed|double|px)": (57, 36, NEVER),
    r"text-decoration-thickness:": (89, 70, 12.1),
    r"text-underline-offset:": (87, 70, 12.1),
    r"text-size-adjust:": (54, NEVER, NEVER),
    r"text-wrap(-\w+)?:": (114, 121, 17.4),
    r"accent-color:": (93, 92, 15.4),
    r"color-scheme:": (81, 96, 13),
    r"content-visibility:": (85, 125, 18),
    r"forced-color-adjust:": (89, 113, NEVER),
    r"hyphens:": (55, 43, 17),
}
AT_RULES: dict[str, Since] = {r"@(layer|container|property|scope|starting-style|view-transition)": (99, 97, 15.4)}

# What may be unknown, and what happens then
HARMLESS = {
    r":focus-visible": "the browser's own ring stays",
    r":has\(": "a box isn't coloured, a choice that isn't chosen stays; never the only sign",
    r"::backdrop": "the page around a dialog isn't darkened",
    r"::details-content": "guide.js opens what is closed before it prints",
    r"text-decoration-thickness:": "a line as thick as the browser likes",
    r"text-underline-offset:": "a line as low as the browser likes",
    r"text-size-adjust:": "letters as large as the browser likes",
    r"text-wrap(-\w+)?:": "lines break as they always did",
    r"accent-color:": "ticks in the browser's own colour",
    r"color-scheme:": "ticks and scroll bars stay light",
    r"content-visibility:": "guide.js opens what is closed before it prints",
    r"forced-color-adjust:": "who doesn't know it forces no colours",
    r"hyphens:": "nothing is hyphenated without it either",
}
# What a script may use once it has asked for it, or has put something in its place
GUARDS = {
    r"\.requestSubmit\(": r"if \(!HTMLFormElement\.prototype\.requestSubmit\)",
    r"\.submitter\b": r'"submitter" in event',
    r"\.showModal\(|\.close\(\)": r"if \(dialog\.showModal\)",
    r"\bnew BroadcastChannel\b": r'"BroadcastChannel" in window',
}
