"""The vocabulary of rules: every name an author may use, in one table.

From it come the declarations that a rule's names and types are checked against, the reference page
(policies/vocabulary.md), the JSON Schema for editors, and what is computed: only the facts that the
loaded rules mention. To add a fact, add a row here and the function that computes it beside it.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.policy.facts import (
    cited_facts,
    culture_facts,
    link_facts,
    message_facts,
    privacy_facts,
    promise_facts,
    speaker_facts,
    text_facts,
    tone_facts,
)
from bot.policy.facts.fact_types import Fact, Field, Vocabulary

KIND = Field("kind", "string", "What it is; the kinds stand beside the fact.")
PART = Field(
    "part", "string", "Where it stands: `label`, `greeting`, `body`, `source`, `speaker` or `link`."
)

BEHIND = (
    Field("backed", "bool", "A published fact says the same, and it is current."),
    Field("expired", "bool", "A published fact says the same, but it has expired."),
    Field("id", "string", "The id of the fact that backs it; empty if none does."),
    Field("nearest", "string", "The id of the nearest fact, whether it says the same or not."),
    Field("cited", "bool", "The reply cites that fact."),
    Field("why", "string", "In plain words, why it isn't backed."),
    Field("no_claim", "bool", "Its sentence seems to claim nothing: courtesy, request, own case."),
)

ITEMS: Mapping[str, tuple[Field, ...]] = {
    "found": (KIND, PART),
    "personal": (
        KIND,
        PART,
        Field("customers", "bool", "The customer wrote it, or it is from their private context."),
    ),
    "commitment": (
        Field("kind", "string", "`money`, `percent`, `period`, `date`, `count` or `promise`."),
        Field("value", "string", "The amount as digits, the date, or the verb of a promise."),
        Field(
            "unit",
            "string",
            "`EUR`, `percent`, `day`, `business day`, `week`, …; what is counted, of a count.",
        ),
        Field("number", "double", "The amount as a number; 0 for dates and promises."),
        Field("minor", "int", "Of money: the amount in cents (or the currency's smallest unit)."),
        Field("comparator", "string", "`exactly`, `at most`, `at least` or `about`."),
        Field("direction", "string", "Which way it goes: `off`, `back`, `fee`, `extra` …"),
        Field("condition", "string", "The “if”, “over”, “unless” beside it; empty if none."),
        Field("negated", "bool", "It is denied: “no refund”."),
        Field("offer", "bool", "It gives something away."),
        *BEHIND,
    ),
    "figure": (Field("kind", "string", "`figure`, `time` or `unread`."), *BEHIND),
    "conflict": (
        Field("kind", "string", "`published`: a published text says otherwise; `record`: we did."),
        Field("of", "string", "What kind of figure says it: `money`, `period`, `date`, `time` …"),
        Field("topic", "string", "What both are about."),
        Field("now", "string", "What the reply says."),
        Field("then", "string", "What was said before."),
        Field("text", "string", "The whole of what was said before."),
        Field("said_on", "string", "When we said it, like `2026-10-01`; empty if published."),
        Field("entry", "string", "The address of that on the record; empty if published."),
        Field("no_claim", "bool", "The sentence of the reply seems to claim nothing."),
        Field("restates", "bool", "That sentence has nearly all words of the published fact."),
    ),
    "link": (
        KIND,
        PART,
        Field("host", "string", "The host that it leads to, in lower case, without `www.`."),
        Field("own", "bool", "The host is the brand's own."),
        Field("published", "bool", "The host is one that published facts have their sources on."),
        Field("source", "bool", "It is the address of a source that the reply shows."),
        Field("secure", "bool", "It isn't an address that is read in the open (`http:`)."),
    ),
    "cited": (
        Field("id", "string", "The id of the published fact, like `returns.window`."),
        Field("topic", "string", "The fact's topic, like `returns`."),
        Field("published", "bool", "The fact is published. The reply may cite one that was."),
        Field("expired", "bool", "The fact is past its end, or past the day of its review."),
        Field("days_left", "int", "Days until its end or its review; below 0 when that is past."),
        Field("as_of", "string", "The day it was last found to be true, like `2026-10-01`."),
        Field("until", "string", "The day until which it may be cited."),
        Field("offer", "bool", "It is an offer: a discount, a gift, a guarantee."),
        Field("source", "string", "The address of its source."),
        Field("shown", "bool", "The reply shows that source."),
    ),
    "signal": (KIND,),
}

CHANNEL = (
    Fact(
        "channel.name",
        "string",
        "The channel, by its name in config.yaml.",
        text_facts.channel_name,
    ),
    Fact(
        "channel.mode",
        "string",
        "How the channel is used: `one-way`, `dialogic` …",
        text_facts.channel_mode,
    ),
    Fact(
        "channel.audience",
        "string",
        "Who can read what is said there: `public`, `members` or `private`.",
        text_facts.channel_audience,
    ),
    Fact(
        "channel.private", "bool", "Only the customer can read it.", text_facts.is_channel_private
    ),
)

REPLY = (
    *CHANNEL,
    Fact(
        "conversation.addressed", "bool", "The brand was spoken to.", text_facts.is_brand_addressed
    ),
    Fact(
        "conversation.chosen",
        "bool",
        "A person chose to enter what was overheard.",
        text_facts.is_chosen_by_person,
    ),
    Fact(
        "conversation.first_contact",
        "bool",
        "Nothing was said to this customer here before.",
        text_facts.is_first_contact,
    ),
    Fact(
        "person.messages_sent",
        "int",
        "How many texts of ours went to this customer lately, within the period of `limits:`.",
        text_facts.count_messages_sent,
    ),
    Fact(
        "person.budget_left",
        "int",
        "How many more may, before their attention budget is used up; never below 0.",
        text_facts.messages_left_in_budget,
    ),
    Fact("asked.text", "string", "The customer's words.", text_facts.question_text),
    Fact(
        "asked.language",
        "string",
        "The language they wrote in, like `de`.",
        text_facts.question_language,
    ),
    Fact("asked.question", "bool", "They ask a question.", text_facts.customer_asks_question),
    Fact(
        "asked.whether_software",
        "bool",
        "They ask whether software or a person is answering.",
        text_facts.customer_asks_whether_software,
    ),
    Fact(
        "asked.buying",
        "bool",
        "They show that they want to buy something.",
        text_facts.customer_asks_to_buy,
    ),
    Fact(
        "reply.text",
        "string",
        "All that is sent, envelope and all, as it is read.",
        text_facts.reply_text,
    ),
    Fact("reply.body", "string", "What the drafter or a person wrote.", text_facts.reply_body),
    Fact("reply.length", "int", "The number of characters of the body.", text_facts.reply_length),
    Fact(
        "reply.locale", "string", "The language of the reply, like `en`.", text_facts.reply_locale
    ),
    Fact(
        "reply.in_their_language",
        "bool",
        "It is in the language they wrote in, or in the one that config.yaml says instead.",
        text_facts.is_in_customer_language,
    ),
    Fact(
        "reply.intent",
        "string",
        "The intent that it answers; empty if none.",
        text_facts.reply_intent,
    ),
    Fact(
        "reply.purpose",
        "string",
        "What that intent is for, as its file says: `service` or `marketing`.",
        text_facts.reply_purpose,
    ),
    Fact(
        "reply.labelled",
        "bool",
        "It begins by saying that it is advertising, in the exact words.",
        speaker_facts.is_labelled_advertising,
    ),
    Fact(
        "reply.origin",
        "string",
        "Who made the words: `software`, `edited`, `person` or `notice`.",
        text_facts.reply_origin,
    ),
    Fact(
        "reply.by_software",
        "bool",
        "No person wrote or changed the words.",
        text_facts.is_drafted_by_software,
    ),
    Fact(
        "reply.corrects",
        "bool",
        "It puts right what we told this customer before.",
        text_facts.is_correction,
    ),
    Fact(
        "reply.facts",
        "list(string)",
        "The ids of the published facts it cites.",
        text_facts.list_cited_fact_ids,
    ),
    Fact(
        "reply.cited",
        "list(cited)",
        "The published facts it cites, one by one.",
        cited_facts.list_cited_items,
    ),
    Fact(
        "reply.sources_missing",
        "list(string)",
        "Addresses of cited facts that the reply doesn't show.",
        link_facts.missing_source_urls,
    ),
    Fact("reply.speaker_said", "bool", "A line says who speaks.", speaker_facts.has_speaker_line),
    Fact(
        "reply.speaker_true",
        "bool",
        "That line is the exact label of who made the words, in the reply's language.",
        speaker_facts.is_speaker_line_true,
    ),
    Fact("reply.names_brand", "bool", "That line names the brand.", speaker_facts.names_brand),
    Fact(
        "reply.says_software",
        "bool",
        "That line says that software had a part.",
        speaker_facts.says_software,
    ),
    Fact(
        "reply.opens_with_software",
        "bool",
        "The body begins by saying that software speaks.",
        speaker_facts.opens_with_software,
    ),
    Fact(
        "reply.human_claims",
        "list(words)",
        "Places where words drafted by software say that a person is speaking.",
        speaker_facts.find_human_claims,
    ),
    Fact(
        "reply.advocates_undisclosed",
        "list(words)",
        "Names of advocates (`advocates:` in config.yaml), where nothing says that they are that.",
        speaker_facts.find_undisclosed_advocates,
    ),
    Fact(
        "reply.links",
        "list(link)",
        "Addresses: `URL`, or `link-trick` for one that leads elsewhere than it seems.",
        link_facts.find_link_items,
    ),
    Fact(
        "reply.markup",
        "list(found)",
        "Mark-up and hidden text: `html`, `script`, `slack`, `template`, `markdown`, `control`, "
        "`bidi`, `invisible`.",
        link_facts.find_markup_items,
    ),
    Fact(
        "reply.personal",
        "list(personal)",
        "Personal data that has a form: `EMAIL_ADDRESS`, `PHONE_NUMBER`, `CREDIT_CARD`, "
        "`IBAN_CODE`, `US_SSN`, `IP_ADDRESS`, `REFERENCE`, `STREET_ADDRESS` …",
        privacy_facts.find_personal_data_items,
    ),
    Fact(
        "reply.tainted",
        "list(found)",
        "Values from the customer's private context that surface, however they are written.",
        privacy_facts.find_tainted_items,
    ),
    Fact(
        "reply.secrets",
        "list(found)",
        "What belongs inside: `credential`, `internal-word`, `internal-host`, `ticket`, `staff`.",
        privacy_facts.find_secret_items,
    ),
    Fact(
        "reply.commitments",
        "list(commitment)",
        "Promises with substance: amounts, percentages, periods, dates, counts, actions.",
        promise_facts.find_commitment_items,
    ),
    Fact(
        "reply.offers",
        "list(commitment)",
        "Those of them that give something away: a discount, a gift, a waived fee.",
        promise_facts.find_offer_items,
    ),
    Fact(
        "reply.figures",
        "list(figure)",
        "Every other number, and what published text it stands in.",
        promise_facts.find_figure_items,
    ),
    Fact(
        "reply.conflicts",
        "list(conflict)",
        "What contradicts a published text, or what we told somebody before.",
        promise_facts.find_conflict_items,
    ),
    Fact(
        "reply.tone",
        "list(signal)",
        "Hints at how it treats people: `pressure`, `blame`, `disparagement`, `feigned-feeling`, "
        "`selling`, `superlative`, `empty-courtesy`.",
        tone_facts.find_tone_items,
    ),
    Fact(
        "reply.emoji",
        "list(words)",
        "Emoji in the body, also those of punctuation.",
        culture_facts.find_emoji_in_body,
    ),
    Fact(
        "reply.address",
        "list(signal)",
        "Words of the body that address people, in languages with two ways: `formal` (Sie) or "
        "`informal` (du).",
        culture_facts.find_address_forms_in_body,
    ),
    Fact(
        "reply.address_mixed",
        "bool",
        "The body does it in both ways.",
        culture_facts.is_address_form_mixed,
    ),
    Fact(
        "culture.known",
        "bool",
        "There is a profile of how we speak there.",
        culture_facts.has_profile,
    ),
    Fact(
        "culture.expired",
        "bool",
        "The profile is past the day of its review.",
        culture_facts.is_profile_expired,
    ),
    Fact(
        "culture.until",
        "string",
        "That day, like `2027-04-01`; empty if none.",
        culture_facts.profile_review_by,
    ),
    Fact(
        "culture.longest",
        "int",
        "Characters that people read there; 0: any.",
        culture_facts.profile_longest_body,
    ),
    Fact("culture.emoji", "bool", "Emoji are used there.", culture_facts.are_emoji_welcome),
    Fact(
        "culture.address",
        "string",
        "How people are addressed there in the reply's language: `formal`, `informal`, or empty.",
        culture_facts.profile_address_form,
    ),
    Fact(
        "published.ids",
        "list(string)",
        "The ids of all published facts.",
        cited_facts.current_fact_ids,
    ),
    Fact(
        "published.offers",
        "list(string)",
        "The ids of the published offers that are current.",
        cited_facts.current_offer_ids,
    ),
)

MESSAGE = (
    *CHANNEL,
    Fact(
        "conversation.addressed", "bool", "The brand was spoken to.", text_facts.is_brand_addressed
    ),
    Fact("message.text", "string", "The customer's words.", message_facts.message_text),
    Fact("message.length", "int", "The number of characters.", message_facts.message_length),
    Fact(
        "message.language",
        "string",
        "The language it is written in, like `de`.",
        message_facts.message_language,
    ),
    Fact("message.question", "bool", "It asks a question.", message_facts.message_asks_question),
    Fact(
        "message.whether_software",
        "bool",
        "It asks whether software or a person is answering.",
        message_facts.message_asks_whether_software,
    ),
    Fact(
        "message.intent",
        "string",
        "The intent; empty if it is unclear.",
        message_facts.message_intent,
    ),
    Fact(
        "message.score",
        "double",
        "How sure that is, from 0 to 1.",
        message_facts.message_intent_score,
    ),
    Fact(
        "message.unclear",
        "string",
        "Why it is unclear; empty if it isn't.",
        message_facts.message_unclear_reason,
    ),
    Fact(
        "message.explicit",
        "bool",
        "The customer says what they want.",
        message_facts.is_message_explicit,
    ),
    Fact(
        "message.unanswered",
        "int",
        "How many times in a row the customer wrote without an answer, this one included; lines "
        "that follow one another within two minutes count once.",
        message_facts.count_unanswered_messages,
    ),
    Fact(
        "message.repeated",
        "int",
        "How often the customer asked for the same in the last days, and was answered.",
        message_facts.count_repeated_messages,
    ),
    Fact(
        "message.echoes",
        "int",
        "How many of their messages came within seconds of something we sent, in the last hour.",
        message_facts.count_echoes,
    ),
    Fact(
        "message.returning",
        "bool",
        "Their first words after long silence, or their first ever in a space of members.",
        message_facts.is_returning_customer,
    ),
    Fact(
        "message.signals",
        "list(signal)",
        "Flags that the words raise: `wants-person`, `legal`, `data-request`, `press`, `safety`, "
        "`self-harm`, `anger`, `abuse`, "
        "`tone-complaint`, `complaint`, `buying`, `thanks`, `injection`.",
        message_facts.find_message_signals,
    ),
    Fact(
        "message.personal",
        "list(signal)",
        "Personal data that the customer wrote, by kind as in `reply.personal`.",
        privacy_facts.find_personal_data_of_customer,
    ),
)


def _build_vocabulary(on: str, facts: tuple[Fact, ...]) -> Vocabulary:
    return Vocabulary(on, {fact.name: fact for fact in facts}, {"words": (), **ITEMS})


VOCABULARIES: Mapping[str, Vocabulary] = {
    "reply": _build_vocabulary("reply", REPLY),
    "message": _build_vocabulary("message", MESSAGE),
}
