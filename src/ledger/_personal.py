"""What looks like personal data in a text: e-mail addresses, telephone numbers, NHS numbers, and names that follow a title.

A net with holes: it is made to seldom raise a false alarm, so that an alarm is looked at. A name without a title is not found.
Each pattern is tried only where a fast one has found a start, and repeats itself a bounded number of times, so that the time is in
proportion to the text. None goes on beyond the end of a line.
"""

import re
from collections.abc import Iterator

import attrs

__all__ = ["ADVICE", "Finding", "bears_title", "personal"]

ADVICE = "name the role or the body instead"
"""What to do about a finding."""

TITLES = ("mr", "mrs", "miss", "mx", "dr", "drs", "prof", "professor", "rev", "reverend")
"""Titles that stand before a person's name and nowhere else; “Ms” is added with its case, as “MS” is an illness."""
TITLED = re.compile(rf"\b(?:(?i:{'|'.join(TITLES)}|doctor)|Ms)\b(?!['\u2019])")

HONOURS = ("sir", "dame", "lord", "lady", "baroness")
"""Titles that streets, wards and hospitals are named after."""
BEFORE_NAMES = (*TITLES, *HONOURS, "ms", "revd", "cllr")
TITLE = re.compile("|".join(BEFORE_NAMES), re.IGNORECASE)
TITLE_STARTS = re.compile(rf"[BCDLMPRS](?i:{'|'.join(title[1:] for title in BEFORE_NAMES)})[. \xa0]")
CAPITALS = "".join(letter for letter in map(chr, range(0x250)) if letter.isupper())
WORD = rf"[{CAPITALS}](?:[^\W\d_]|['\u2019-](?=[^\W\d_])){{0,40}}+['\u2019]?"
SPACE = "[ \xa0]{1,2}"
NAME = re.compile(
    rf"(?<![\w'\u2019-])(?<!\b(?i:near) )(?<!\b(?i:our) )((?i:{TITLE.pattern}))(?:{SPACE}|\.{SPACE}|\.)"
    rf"({WORD}(?:(?:{SPACE}|(?<=\b[{CAPITALS}])\.(?:{SPACE})?){WORD}){{0,5}})"
)
"""A title, and the words with capital letters that follow it; “a Near Miss” is no person, and “Our Lady” a church."""
THING = re.compile(
    "(?:academy|act|avenue|block|building|care|centre|chapel|charity|church|clinic|close|college|court|crescent|department|drive|"
    "foundation|gardens|grove|hall|health|homes?|hospice|hospital|house|infirmary|inquiry|institute|investigation|lane|library|lodge|"
    "medical|memorial|museum|park|partnership|place|practice|prize|programme|project|report|review|road|room|school|services?|society|"
    "square|street|suite|surgery|team|theatre|trust|unit|university|ward|way|wing)(?:['\u2019]s?)?",
    re.IGNORECASE,
)
"""What is named after somebody; a person whose surname is one of these is let through too, unless the surname stands alone."""
OFFICE = re.compile(
    "and|chair|chair(?:man|woman)|chancellor|chief|in|lieutenant|mayor|mayoress|minister|of|or|president|speaker|teams|the",
    re.IGNORECASE,
)
"""Words that follow a title in the name of an office, and “of” and the like in headlines."""

DOMAIN = re.compile(r"@(?:[^\W_](?:[^\W_]|-){0,62}+\.){1,8}[^\W\d_]{2,24}")
LONGEST_MAILBOX = 64
MAILBOX = re.compile(r"[\w.%+'-]+")
SHARED = re.compile(
    "admin|comms|communications|complaints?|contact|contactus|customerservices?|dpo|enquir(?:y|ies)|feedback|foi|freedomofinformation|"
    "governance|help|helpdesk|info|information|mail|media|membership|news|noreply|office|pals|postmaster|press|pressoffice|reception|"
    "recruitment|safeguarding|secretariat|support|webmaster",
    re.IGNORECASE,
)
"""Words in the names of mailboxes that bodies publish, which are nobody's."""

URL = re.compile(r"\bhttps?://\S+")
NUMBER_STARTS = re.compile(r"[+(0-9](?<![\w/=$£€].)(?<![0-9][-.,].)(?=[^A-Za-z_\n]{9})")
GAP = "[ \xa0\u2009\u202f\u2010\u2011\u2013-]?"
REST = {
    2: f"[0-9]{{4}}{GAP}[0-9]{{4}}",
    3: f"[0-9]{{3}}{GAP}[0-9]{{4}}",
    4: f"(?:[0-9]{{3}}{GAP}[0-9]{{3}}|(?:[0-9]{{2}}{GAP}){{2}}[0-9]{{2}})",
}
"""What follows an area code, by the length of the code without its 0."""
DIALLED = "|".join(rf"[1257][0-9]{{{length - 1}}}\)?{GAP}{rest}" for length, rest in REST.items())
NUMBER = re.compile(
    rf"(?:(?P<phone>(?:(?:\+|00)44{GAP}(?:\(0\){GAP})?|\(?0)(?:{DIALLED}))|(?P<nhs>[0-9]{{3}}({GAP})[0-9]{{3}}\3[0-9]{{4}}))"
    r"(?![\w%])(?![-.,][0-9])"
)
"""A telephone number that can be a person's in Ofcom's numbering plan (01, 02, 05, 07), or ten digits as NHS numbers are written."""
BOOK = re.compile(r"ISBN[-: 10]*\Z")
"""What stands before the number of a book, whose last digit checks the others as that of an NHS number does."""


@attrs.frozen
class Finding:
    """What looks like personal data: its kind, and the passage masked, so that telling of it repeats no more than a hint."""

    kind: str
    masked: str

    def __str__(self) -> str:
        """Say what it looks like."""
        return f"{self.kind} ({self.masked})"


def personal(text: str) -> tuple[Finding, ...]:
    """Find what looks like personal data in a text, each once.

    Let through are the mailboxes of bodies (`enquiries@`), numbers that only bodies have (03, 08, 09), digits within a web address,
    and what is named after somebody (“Sir Robert Peel Hospital”).
    """
    prose = URL.sub(" ", text) if "://" in text else text
    return tuple(dict.fromkeys((*_addresses(text), *_numbers(prose), *_names(prose))))


def bears_title(name: str) -> bool:
    """Whether a personal title stands in a name as a word of its own; “Doctor's” is nobody's, and hospitals bear the names of Sirs.

    It is for names that a register gives of practices and the like, which may be a person's without a word more: there a title in
    any case and place counts, and a hospice named after a doctor too.
    """
    return TITLED.search(name) is not None


def _addresses(text: str) -> Iterator[Finding]:
    for domain in DOMAIN.finditer(text):
        backwards = MAILBOX.match(text[max(0, domain.start() - LONGEST_MAILBOX) : domain.start()][::-1])
        mailbox = backwards[0][::-1] if backwards else ""
        if mailbox and not any(SHARED.fullmatch(word) for word in re.split(r"[\d.%+'_-]+", mailbox)):
            yield Finding("an e-mail address", f"{mailbox[0]}…{domain[0]}")


def _numbers(text: str) -> Iterator[Finding]:
    for found in _matches(NUMBER_STARTS, NUMBER, text):
        if found["phone"]:
            yield Finding("a telephone number", f"{found[0][:3]}…")
        elif _is_nhs_number(found["nhs"]) and not BOOK.search(text, max(0, found.start() - 10), found.start()):
            yield Finding("an NHS number", f"{found[0][:3]}…")


def _is_nhs_number(written: str) -> bool:
    """Whether the tenth digit checks the other nine, modulus 11 (NHS Data Model and Dictionary, NHS NUMBER)."""
    digits = [int(letter) for letter in written if letter.isdigit()]
    return sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0


def _names(text: str) -> Iterator[Finding]:
    for found in _matches(TITLE_STARTS, NAME, text):
        title, named = found[1], re.split(r"[ \xa0.]+", found[2])
        words = [word for word in named if not TITLE.fullmatch(word)]
        name = next((word for word in words if len(word) > 1), "")
        if name and _is_cased_as_a_title(title, name) and not _is_a_thing(title, words):
            yield Finding("the name of a person", f"{title} {words[0][0]}…")


def _is_cased_as_a_title(title: str, name: str) -> bool:
    """Whether a title is written as one: “Dr Smith” or “DR SMITH”, not “DR Site”; of “MS” there is no telling."""
    return title.istitle() or (title.isupper() and name.isupper() and title != "MS")


def _is_a_thing(title: str, words: list[str]) -> bool:
    """Whether the words after a title name an office, or what is named after somebody."""
    is_surname = len(words) == 1 and title.casefold() not in HONOURS
    return OFFICE.fullmatch(words[0]) is not None or (not is_surname and any(THING.fullmatch(word) for word in words))


def _matches(starts: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern, each begun where a faster one finds a start; none lies within another."""
    end = 0
    for start in starts.finditer(text):
        found = pattern.match(text, start.start()) if start.start() >= end else None
        if found:
            end = found.end()
            yield found
