"""The parts of an assessment in the order in which people read them, and the words of its rows."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.vocabulary import register


class Basis(StrEnum):
    """What a statement rests on (DP-6)."""

    FACT = "fact"
    OPINION = "opinion"
    REPORTED = "reported"


class SourceKind(StrEnum):
    """Who can know something about the child (ASM-3)."""

    POLICE = "police"
    SOCIAL_CARE = "social_care"
    EDUCATION = "education"
    HEALTH = "health"
    FAMILY = "family"
    EARLIER = "earlier"
    OTHER = "other"


class Answer(StrEnum):
    """What became of asking a source."""

    WAITING = "waiting"
    RECEIVED = "received"
    NOTHING_KNOWN = "nothing_known"
    REFUSED = "refused"
    NOT_RECEIVED = "not_received"
    NOT_ASKED = "not_asked"


class Screen(StrEnum):
    """The three screens."""

    ALCOHOL = "alcohol"
    SPEECH = "speech"
    EXPLOITATION = "exploitation"


class PlanKind(StrEnum):
    """Other plans that a child may have."""

    IN_NEED = "child_in_need"
    PROTECTION = "child_protection"
    CARE = "care"
    EDUCATION = "education"
    OTHER = "other"


class Part(StrEnum):
    """Whose part of the plan a step is (ASM-2)."""

    CHILD = "child"
    PROFESSIONALS = "professionals"


# Asked in every case, or said why not (inspection 3.1.1d).
AGENCIES = (SourceKind.POLICE, SourceKind.SOCIAL_CARE, SourceKind.EDUCATION, SourceKind.HEALTH)
ANSWERED = (Answer.RECEIVED, Answer.NOTHING_KNOWN)
NEEDS_REASON = (Answer.REFUSED, Answer.NOT_RECEIVED, Answer.NOT_ASKED)
CLOSE_TO_THE_CHILD = (SourceKind.FAMILY,)


@dataclass(frozen=True)
class Section:
    """One page of writing: `prompt` says in plain words what belongs here."""

    key: str
    title: str
    group: str
    prompt: str
    screen: Screen | None = None
    own_words: bool = False


HEARD, HAPPENED, LIFE, SIGNS = (
    "Who was heard",
    "What happened and why",
    "The child's life",
    "Worries, strengths and what comes next",
)
SECTIONS: tuple[Section, ...] = (
    Section(
        "child_words",
        "What the child says, in their own words",
        HEARD,
        "Quote the child: what happened, what matters to them, what would help. Say when you spoke, and who "
        "was there.",
        own_words=True,
    ),
    Section(
        "parent_words",
        "What the parent or carer says, in their own words",
        HEARD,
        "Quote them: what they think led to it, what they worry about, what works at home. Say when you "
        "spoke.",
        own_words=True,
    ),
    Section(
        "offence_analysis",
        "Why the offence happened",
        HAPPENED,
        "What led up to it, what the child wanted from it, who else was there, and what each of them did.",
    ),
    Section(
        "responsibility",
        "Responsibility and attitude",
        HAPPENED,
        "What the child accepts, what they do not accept, and how they talk about it now.",
    ),
    Section(
        "pattern",
        "Earlier behaviour and pattern",
        HAPPENED,
        "Earlier offences and warnings, behaviour that was never reported, and what is the same or different "
        "this time. If there is none, say so and where you looked.",
    ),
    Section(
        "victim_awareness",
        "What the child understands of the harm done",
        HAPPENED,
        "How the child thinks others were affected, and what they would do about it. Do not name the victim.",
    ),
    Section(
        "diversity",
        "Who the child is",
        LIFE,
        "Culture, faith, language, disability, identity, and how the child sees themselves. What does this "
        "change in how you work with them?",
    ),
    Section(
        "family",
        "Family and social setting",
        LIFE,
        "Who the child lives with and trusts, home, money, the neighbourhood, friends.",
    ),
    Section(
        "barriers",
        "Barriers that are not of the child's making",
        LIFE,
        "Being treated unfairly, poverty, poor housing, exclusion from school, waiting lists. What stands in "
        "the child's way, and who can move it?",
    ),
    Section(
        "education",
        "School, college or work",
        LIFE,
        "Attendance, exclusions, support and plans, what the child likes and can do there.",
    ),
    Section(
        "health",
        "Health and feelings",
        LIFE,
        "Physical and mental health, sleep, loss and trauma, self-harm, and who helps already.",
    ),
    Section(
        "substance",
        "Alcohol and drugs",
        LIFE,
        "What, how often, with whom, and how it is connected to what happened.",
        screen=Screen.ALCOHOL,
    ),
    Section(
        "speech",
        "Speech, language and understanding",
        LIFE,
        "How well the child understands, finds words and follows a conversation, and what helps.",
        screen=Screen.SPEECH,
    ),
    Section(
        "exploitation",
        "Exploitation",
        LIFE,
        "Could somebody be using this child? People, places, gifts, debts, going missing.",
        screen=Screen.EXPLOITATION,
    ),
    Section(
        "maturity",
        "Maturity, ability and motivation",
        LIFE,
        "How the child thinks ahead, copes, and asks for help. What do they want to change?",
    ),
    Section(
        "worries",
        "What are we worried about?",
        SIGNS,
        "What could go wrong, for the child and for others, how likely it is and what would make it worse.",
    ),
    Section(
        "strengths",
        "What is working well?",
        SIGNS,
        "Who and what protects the child, what they are good at, times when it could have gone wrong and did "
        "not.",
    ),
    Section(
        "needs",
        "What needs to happen?",
        SIGNS,
        "What has to be different for the worries to be small, and who sees it first.",
    ),
)
BY_KEY = {section.key: section for section in SECTIONS}
# The words of people are asked for softly: somebody may refuse to speak.
WRITTEN_BY_US = tuple(section.key for section in SECTIONS if not section.own_words)
GROUPS = tuple(dict.fromkeys(section.group for section in SECTIONS))
JUDGED = {
    "reoffending": "Offending again",
    "safety": "The child's safety and wellbeing",
    "harm": "Serious harm to others",
}

register(
    (
        (Basis.FACT, "Fact"),
        (Basis.OPINION, "Opinion"),
        (Basis.REPORTED, "Reported: somebody said so"),
        (SourceKind.POLICE, "Police intelligence"),
        (SourceKind.SOCIAL_CARE, "Children's social care"),
        (SourceKind.EDUCATION, "School, college or education service"),
        (SourceKind.HEALTH, "Health"),
        (SourceKind.FAMILY, "Family"),
        (SourceKind.EARLIER, "Our own earlier contacts"),
        (SourceKind.OTHER, "Somebody else"),
        (Answer.WAITING, "Waiting for an answer"),
        (Answer.RECEIVED, "Answer received"),
        (Answer.NOTHING_KNOWN, "They know nothing of the child"),
        (Answer.REFUSED, "They refused to answer"),
        (Answer.NOT_RECEIVED, "No answer came"),
        (Answer.NOT_ASKED, "Not asked, with a reason"),
        (Screen.ALCOHOL, "Questions on alcohol (AUDIT)"),
        (Screen.SPEECH, "Questions on speech and language"),
        (Screen.EXPLOITATION, "Questions on exploitation"),
        (PlanKind.IN_NEED, "Child-in-need plan"),
        (PlanKind.PROTECTION, "Child protection plan"),
        (PlanKind.CARE, "Care plan of a looked-after child"),
        (PlanKind.EDUCATION, "Education, health and care plan"),
        (PlanKind.OTHER, "Another plan"),
        (Part.CHILD, "The child's part"),
        (Part.PROFESSIONALS, "The professionals' part"),
    )
)
