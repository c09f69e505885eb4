"""Every problem that ``sdc check`` knows: its numbers in CLAN's CHECK and what to do about it.

The numbers are those of CHECK (Windows-CLAN ``SRC/clan/check.cpp``; ``depfile.cut`` lists what
it accepts); none where CHECK has no such rule. The codes are ours; the reader's warnings share them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]
"""An error makes a file invalid CHAT; a warning is read all the same and worth a look."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What one code stands for.

    Attributes
    ----------
    clan : tuple[int, ...]
        The numbers of CLAN's CHECK.
    hint : str
        What to do, one sentence.
    severity : {"error", "warning"}
    """

    clan: tuple[int, ...]
    hint: str
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of a transcript, with the line on which it stands (from 1; 0: the file as a whole)."""

    line: int
    code: str
    message: str

    @property
    def kind(self) -> Kind:
        """What the code stands for."""
        return CATALOGUE.get(self.code, _UNKNOWN)

    @property
    def is_error(self) -> bool:
        """Whether it makes the file invalid."""
        return self.kind.severity == "error"


_UNKNOWN = Kind((), "Look at this line.")
_EXPORT = "Export the transcript again as CHAT."
_SPACE = "Put a space there."
_PAIR = "Add the missing partner or take the mark out."

CATALOGUE: dict[str, Kind] = {
    # The file as a whole
    "chat.empty": Kind((), _EXPORT),
    "chat.binary": Kind((), "Check that this is the transcript and not a recording."),
    "chat.line-too-long": Kind((10,), "Write one utterance a line."),
    "chat.truncated": Kind((7,), "Export it again, or complete the last line and add a line @End."),
    "chat.utf16": Kind((), "Save the file as UTF-8."),
    "chat.invalid-utf8": Kind((86,), "Open the file in its old encoding and save it as UTF-8."),
    "chat.no-utf8": Kind((69,), "Make @UTF8 the first line."),
    "chat.no-begin": Kind((6, 43), "Put @Begin after @UTF8 and before all other lines."),
    "chat.begin-not-first": Kind((43,), "Put @Begin after @UTF8 and before all other lines."),
    "chat.before-begin": Kind((43,), "Put @Begin before the first line of the transcript."),
    "chat.two-begins": Kind((53,), "Keep one @Begin; of two joined files make two."),
    "chat.no-end": Kind((7,), "Make @End the last line, if nothing is missing before it."),
    "chat.two-ends": Kind((54,), "Keep one @End, as the last line."),
    "chat.after-end": Kind((44,), "Move @End to the end of the file."),
    "chat.stray-line": Kind((1, 8), "Begin the line with @, * or %, or with a tab where it goes on."),
    "chat.indented-line": Kind((14,), "Take out the spaces before the line."),
    "chat.space-at-start": Kind((4,), "Begin a continued line with a tab, not with spaces."),
    "chat.no-tab": Kind((3, 4), "Put one tab after the colon."),
    "chat.space-after-tab": Kind((123,), "Put one tab after the colon and no space."),
    "chat.tab-inside": Kind(
        (132,), "Use spaces between words; a tab stands only at the beginning and after the colon."
    ),
    "chat.blank-line": Kind((91,), "Take the empty line out."),
    # Headers
    "chat.no-languages": Kind((77,), "Put @Languages right after @Begin, for example @Languages: eng."),
    "chat.no-participants": Kind((61,), "Put @Participants right after @Languages."),
    "chat.options-place": Kind((125,), "Put @Options right after @Participants."),
    "chat.id-place": Kind((126,), "Put the @ID lines right after @Participants or @Options."),
    "chat.birth-place": Kind((127,), "Put it right after the @ID lines."),
    "chat.unknown-header": Kind((17,), "Use a header of the CHAT manual, or @Comment."),
    "chat.header-colon": Kind((2, 5, 30), "Headers with text need a colon and a tab, those without text need none."),
    "chat.unknown-value": Kind((11,), "Use one of the values that the CHAT manual lists for this header."),
    "chat.bad-participant": Kind((16,), "Give each speaker a code such as CHI, then a name if you like, then a role."),
    "chat.no-role": Kind((12,), "Give each speaker a code such as CHI, then a name if you like, then a role."),
    "chat.comma-at-end": Kind((100,), "Take the last comma of @Participants out."),
    "chat.duplicate-participant": Kind((13,), "Name each speaker once; give two people two codes."),
    "chat.unknown-role": Kind((15,), "Use a role of the CHAT manual, such as Target_Child, Mother or Investigator."),
    "chat.undeclared-speaker": Kind((18,), "Add the speaker to @Participants, or correct the code."),
    "chat.no-id": Kind((60,), "Add a line @ID for this speaker."),
    "chat.bad-id": Kind((143,), "Write language|corpus|code|age|sex|group|SES|role|education|custom|."),
    "chat.duplicate-id": Kind((13,), "Keep one @ID for each speaker."),
    "chat.no-language": Kind((62,), "Write the language's three-letter code."),
    "chat.no-corpus": Kind((63,), "Write the corpus's name in the second field of @ID."),
    "chat.role-differs": Kind((142,), "Give the speaker the same role in @Participants and in @ID."),
    "chat.bad-sex": Kind((64,), "Write male or female, or leave the field empty."),
    "chat.bad-ses": Kind((144,), "Use a value of the CHAT manual, such as WC or MC, or leave the field empty."),
    "chat.bad-age": Kind((33, 34), "Write years;months.days, for example 2;04.15 or 2;04."),
    "chat.age-zero": Kind((153,), "Write months and days with two digits, for example 2;04.05."),
    "chat.bad-date": Kind((33, 34), "Write the date as 05-NOV-2020."),
    "chat.bad-clock": Kind((33, 35), "Write times as hh:mm:ss, for example 00:00:00-00:12:30."),
    "chat.short-language": Kind((120,), "Use the three-letter code of ISO 639-3, for example eng for en."),
    "chat.unknown-language": Kind((121,), "Use the three-letter code of ISO 639-3."),
    "chat.language-not-listed": Kind((122, 152), "Add the language to @Languages, or correct it here."),
    "chat.bad-media": Kind((114,), "Write @Media: name, audio or @Media: name, video."),
    "chat.media-keyword": Kind((113,), "After the name write audio or video, then missing, unlinked or notrans if so."),
    "chat.media-comma": Kind((148,), "Take out the space before the comma."),
    "chat.media-name": Kind((157,), "Give the transcript and its recording the same name."),
    "chat.no-media": Kind((112,), "Add @Media with the recording's name."),
    "chat.unlinked": Kind((124,), "Take unlinked out of @Media."),
    "chat.gem-open": Kind((45,), "Close the passage with @Eg and the same label."),
    "chat.gem-not-open": Kind((46,), "Open the passage with @Bg and the same label."),
    # Main lines
    "chat.no-speaker": Kind((1,), "Write the speaker's code between * and the colon."),
    "chat.no-colon": Kind((2,), "Put a colon and a tab after the speaker's code."),
    "chat.no-text": Kind((70,), "Write what was said, or 0 where the speaker acts without words."),
    "chat.no-terminator": Kind((21,), "End the line with a terminator such as . ? or !"),
    "chat.two-terminators": Kind((50,), "Keep one terminator."),
    "chat.terminator-inside": Kind((36,), "Begin a new main line after the terminator."),
    "chat.after-terminator": Kind((72,), "Put it before the terminator."),
    "chat.postcode-place": Kind((75,), "Put [+ …] after the terminator."),
    "chat.postcode-after-bullet": Kind((108,), "Put [+ …] before the time bullet."),
    "chat.unbalanced-bracket": Kind((22, 23, 24, 25, 128, 129, 130, 131), _PAIR),
    "chat.unbalanced-quote": Kind((136, 137), _PAIR),
    "chat.unbalanced-parenthesis": Kind((55, 56), _PAIR),
    "chat.group-without-code": Kind((51,), "Put a code in square brackets after >, or take < and > out."),
    "chat.space-in-group": Kind((160,), "Take out the space after < or before >."),
    "chat.space-before-code": Kind((93, 161), "Put a space before [."),
    "chat.space-after-item": Kind((19,), _SPACE),
    "chat.code-first": Kind((52, 73), "Put the code after the words that it is about."),
    "chat.unknown-code": Kind((11,), "Use a code of the CHAT manual; [% text] holds any remark."),
    "chat.code-folded": Kind((106,), "Write the code on one line."),
    "chat.retracing-without-words": Kind((119,), "Write the words that follow, or end the line with +..."),
    "chat.pause-before-retracing": Kind((159,), "Put the pause after the retracing code."),
    "chat.replacement-scope": Kind((141,), "Put [: …] after one word."),
    "chat.replacement-unclear": Kind((158,), "Write a real word into [: …], or take the code out."),
    "chat.linker-inside": Kind((78,), "Put it at the beginning of the line."),
    "chat.comma-first": Kind((48,), "Take the comma out; it must follow a word."),
    "chat.comma-space": Kind((92,), "Put a space after the comma."),
    "chat.two-commas": Kind((107, 156), "Write one comma, or „ for a tag."),
    "chat.omitted-word": Kind((155,), "Write 0word for a word left out; parentheses hold sounds that are left out."),
    "chat.pause-glued": Kind((57,), "Put a space between the word and the pause."),
    "chat.bad-pause": Kind((111,), "Write (.), (..), (...) or seconds with a point, for example (1.5)."),
    "chat.bad-character": Kind((48, 86), "Take the character out, or correct the word."),
    "chat.bad-word": Kind((65, 66, 67), "Correct the word."),
    "chat.unknown-symbol": Kind((11,), "Correct the beginning of the word."),
    "chat.old-fragment": Kind((11,), "Write &+ for a fragment, &- for a filler, &~ for a nonword, &= for an event."),
    "chat.empty-event": Kind((146,), "Write what happened after &=, for example &=laughs."),
    "chat.fragment-parenthesis": Kind((42,), "Use & or parentheses, not both."),
    "chat.curly-quote": Kind((138, 139), "Write a straight apostrophe (')."),
    "chat.two-letter-unclear": Kind((135,), "Write xxx for speech not understood, yyy for speech coded on %pho."),
    "chat.digits": Kind((38, 47), "Write numbers as words."),
    "chat.one-letter": Kind((76,), "Use @l for one letter, @k for several."),
    "chat.unknown-form": Kind((147,), "Use a special form marker of the CHAT manual."),
    "chat.only-repetition": Kind((151,), "Write the word after the repeated sounds between ↫ and ↫."),
    "chat.unpaired-mark": Kind((117,), _PAIR),
    "chat.bad-time": Kind((82,), "Correct the times; the start must be before the end."),
    "chat.broken-bullet": Kind((59, 89, 90), "Write the bullet again: start and end in milliseconds."),
    "chat.old-bullet": Kind((115,), "Take the recording's name out of the bullets; @Media has it."),
    "chat.bullet-without-text": Kind((73,), "Put the bullet after the words that it times."),
    "chat.time-order": Kind((83,), "Put the lines in the order of their times, or correct the times."),
    "chat.self-overlap": Kind((133,), "Correct the times: the speaker's utterance before ends later."),
    # Dependent tiers
    "chat.bad-tier": Kind((2,), "Write the tier as %name, a colon, a tab and its text."),
    "chat.empty-line": Kind((31,), "Write the text or take the line out."),
    "chat.orphan-tier": Kind((39,), "Put the tier under the main line that it belongs to."),
    "chat.duplicate-tier": Kind((40,), "Keep one tier of each name under a main line."),
    "chat.unknown-tier": Kind((17,), "Use a tier of the CHAT manual; a tier of your own begins with %x."),
    "chat.postcode-on-tier": Kind((109,), "Put [+ …] on the main line."),
    "chat.mor-length": Kind((140,), "Run MOR again on this line, or correct %mor by hand."),
    "chat.mor-terminator": Kind((94,), "Give %mor the terminator of its main line."),
    "chat.mor-item": Kind((79, 80), "Write each item as part-of-speech|stem."),
    "chat.mor-unclear": Kind((134,), "Take it out: %mor has no items for xxx, yyy and www."),
}
"""Code → what it stands for."""
