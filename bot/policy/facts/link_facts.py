"""Facts about addresses and mark-up in a reply."""

from __future__ import annotations

from bot.detect import links, markup
from bot.model import Span
from bot.policy.facts.fact_cache import Item, make_items
from bot.policy.facts.text_facts import ReplyFactCache, find_part_at, reply_text


def find_link_items(cache: ReplyFactCache) -> tuple[Item, ...]:
    """Every address, with the host that it leads to and whose it is."""
    subject = cache.subject
    around = subject.reply.envelope
    of_sources = {source.url for source in around.sources}

    def item(span: Span) -> Item:
        host = links.host_of_url(span.words)
        fields = {
            "kind": span.kind,
            "host": host,
            "part": find_part_at(cache, span.start),
            "own": _is_one_of_hosts(host, subject.brand.hosts),
            "published": _is_one_of_hosts(host, subject.published.hosts),
            "source": span.words in of_sources,
            "secure": not span.words.lower().startswith(("http:", "ftp:", "ws:")),
        }
        return Item(span.words, span.start, span.end, fields)

    return make_items(links.find_links(cache.compute_once(reply_text)), links.MOST, item)


def find_markup_items(cache: ReplyFactCache) -> tuple[Item, ...]:
    """Whatever a browser, a chat program or a template would act on, and what nobody sees."""

    def item(span: Span) -> Item:
        fields = {"kind": span.kind, "part": find_part_at(cache, span.start)}
        return Item(span.words, span.start, span.end, fields)

    return make_items(markup.find_markup(cache.compute_once(reply_text)), markup.MOST, item)


def missing_source_urls(cache: ReplyFactCache) -> tuple[str, ...]:
    """Addresses of cited facts that the envelope doesn't show."""
    shown = {source.url for source in cache.subject.reply.envelope.sources}
    cited = (cache.subject.published.get_fact(id) for id in cache.subject.reply.facts)
    return tuple(sorted({fact.url for fact in cited if fact and fact.url not in shown}))


def _is_one_of_hosts(host: str, hosts: frozenset[str]) -> bool:
    """Whether a host is one of these; a subdomain is not its parent."""
    return bool(host) and (host in hosts or f"www.{host}" in hosts)
