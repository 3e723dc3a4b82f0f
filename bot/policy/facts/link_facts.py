"""Facts about addresses and mark-up in a reply."""

from __future__ import annotations

from bot.detect import links, markup
from bot.model import Span
from bot.policy.facts.fact_cache import Item, items_of
from bot.policy.facts.text_facts import ReplySeen, part_at, text


def links_in(see: ReplySeen) -> tuple[Item, ...]:
    """Every address, with the host that it leads to and whose it is."""
    subject = see.subject
    around = subject.reply.envelope
    of_sources = {source.url for source in around.sources}

    def item(span: Span) -> Item:
        host = links.host(span.words)
        fields = {
            "kind": span.kind,
            "host": host,
            "part": part_at(see, span.start),
            "own": _among(host, subject.brand.hosts),
            "published": _among(host, subject.published.hosts),
            "source": span.words in of_sources,
            "secure": not span.words.lower().startswith(("http:", "ftp:", "ws:")),
        }
        return Item(span.words, span.start, span.end, fields)

    return items_of(links.find(see.once(text)), links.MOST, item)


def markup_in(see: ReplySeen) -> tuple[Item, ...]:
    """Whatever a browser, a chat program or a template would act on, and what nobody sees."""

    def item(span: Span) -> Item:
        fields = {"kind": span.kind, "part": part_at(see, span.start)}
        return Item(span.words, span.start, span.end, fields)

    return items_of(markup.find(see.once(text)), markup.MOST, item)


def sources_missing(see: ReplySeen) -> tuple[str, ...]:
    """Addresses of cited facts that the envelope doesn't show."""
    shown = {source.url for source in see.subject.reply.envelope.sources}
    cited = (see.subject.published.get(id) for id in see.subject.reply.facts)
    return tuple(sorted({fact.url for fact in cited if fact and fact.url not in shown}))


def _among(host: str, hosts: frozenset[str]) -> bool:
    """Whether a host is one of these; a subdomain is not its parent."""
    return bool(host) and (host in hosts or f"www.{host}" in hosts)
