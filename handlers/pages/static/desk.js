// The desk's keys, its live updates and its countdown. Without this script every card, form and
// decision works as a plain page; nothing is decided here.
"use strict";

(() => {
  const line = document.getElementById("line");
  const said = document.getElementById("said");
  const help = document.getElementById("help");
  const keysOn = document.getElementById("keys-on");
  const card = () => document.getElementById("card");
  const queue = () => document.getElementById("queue");

  // live: what changed is asked for again, never guessed

  let refreshing = 0;
  const refreshQueue = () => {
    clearTimeout(refreshing);
    refreshing = setTimeout(() => {
      const query = queue().dataset.query;
      const at = `at=${encodeURIComponent(card().dataset.engagement)}`;
      htmx.ajax("GET", `/desk/queue?${query ? `${query}&` : ""}${at}`, { target: "#queue", swap: "outerMorph" });
    }, 100);
  };

  const refreshCard = () => {
    const shown = card();
    if (shown.dataset.mode) {
      shown.querySelector(".moved").hidden = false; // somebody is writing here: their words stay
      return;
    }
    if (!shown.dataset.engagement) return;
    const address = new URL(shown.dataset.address, location.href);
    address.searchParams.set("step", shown.dataset.step);
    htmx.ajax("GET", address.pathname + address.search, { target: "#card", swap: "outerMorph" });
  };

  // While a card is on its way, events about it say nothing yet, and no key decides.
  const newest = new Map();
  const onTheirWay = new Set();
  const catchUp = () => {
    const shown = card().dataset;
    const old = (newest.get(shown.engagement) || 0) > Number(shown.version);
    if (old && !onTheirWay.size) refreshCard();
  };
  const changed = (data) => {
    const [engagement, version] = data.split(" ");
    newest.set(engagement, Number(version));
    refreshQueue();
    catchUp();
  };

  let opened = false;
  const live = new Live(
    "/desk/events",
    {
      changed,
      // the queue the first time too: somebody may have written between the page and its
      // connection. The card only after a loss: its reader may have begun to write already.
      open: () => {
        refreshQueue();
        if (opened && !card().dataset.mode) refreshCard();
        opened = true;
      },
    },
    {
      show: (words) => (line.textContent = words),
      lost: "The connection is lost. What you see may be old; deciding still works as soon as we are back.",
      back: "",
    },
  );
  addEventListener("pagehide", () => live.source.close());
  setInterval(refreshQueue, 30000); // due times are words: “due in 4 min”

  // after each swap

  let focusNext = false;
  let pointed = ""; // where the keys have moved to, while its card is on its way
  document.addEventListener("htmx:before:request", (event) => {
    const from = event.detail.ctx.sourceElement;
    focusNext = Boolean(from.closest("#card, .cards"));
    if (event.detail.ctx.target?.id === "card") onTheirWay.add(event.detail.ctx);
  });
  document.addEventListener("htmx:finally:request", (event) => {
    onTheirWay.delete(event.detail.ctx);
    if (!onTheirWay.size) pointed = "";
    if (event.detail.ctx.response?.status === 200) catchUp();
  });
  document.addEventListener("htmx:after:swap", () => {
    const at = pointed || card().dataset.engagement;
    for (const item of document.querySelectorAll(".item")) {
      if (item.dataset.engagement === at) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
    }
    readyHelp();
    if (!focusNext) return;
    focusNext = false;
    const words = card().querySelector("[data-said]");
    said.textContent = words ? words.textContent : "";
    const field = card().querySelector("[autofocus]");
    const heading = card().querySelector(card().dataset.step === "reply" ? ".reply h2" : "h2");
    (field || heading).focus();
  });
  document.addEventListener("htmx:after:request", (event) => {
    if (event.detail.ctx.request.method === "POST") refreshQueue();
  });
  document.addEventListener("htmx:error", () => {
    line.textContent = "That did not reach the server. Nothing was decided; please try again.";
  });

  // “Sends in 20 s”: counted here, decided there

  const ends = new WeakMap();
  const count = () => {
    const words = document.querySelector(".countdown");
    if (!words) return;
    if (!ends.has(words)) ends.set(words, performance.now() + 1000 * Number(words.dataset.left));
    const left = Math.ceil((ends.get(words) - performance.now()) / 1000);
    words.textContent = left > 0 ? `Sends in ${left} s` : "Sending …";
  };
  setInterval(count, 250);

  // keys

  const press = (action) => {
    if (onTheirWay.size) return; // nobody decides on a card that they don't see yet
    const target = card().querySelector(`[data-act="${action}"]`);
    if (target) target.click();
  };
  const move = (by) => {
    const items = [...document.querySelectorAll(".item")];
    const at = items.findIndex((item) => item.hasAttribute("aria-current"));
    const next = items[Math.max(0, Math.min(items.length - 1, at + by))];
    if (!next || at === items.indexOf(next)) return;
    items.forEach((item) => item.removeAttribute("aria-current"));
    next.setAttribute("aria-current", "true"); // at once, so that j j j is three cards on
    pointed = next.dataset.engagement; // whatever else is drawn meanwhile
    next.scrollIntoView({ block: "nearest" });
    next.click();
  };
  const KEYS = {
    j: () => move(1),
    k: () => move(-1),
    Enter: () => press("approve"),
    e: () => press("edit"),
    r: () => press("reject"),
    t: () => press("take-over"),
    u: () => press("undo"),
    "/": () => document.getElementById("search").focus(),
    "?": () => help.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !help.open && card().dataset.mode) return press("cancel");
    const writing = event.target.closest("input, textarea, select");
    if (writing) {
      const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey);
      if (sends && writing.form && writing.closest(".deciding")) writing.form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || help.open) return;
    if (!keysOn.checked || !KEYS[event.key]) return;
    // a focused link or button keeps its own Enter
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  keysOn.checked = localStorage.getItem("keys") !== "off";
  keysOn.addEventListener("change", () => localStorage.setItem("keys", keysOn.checked ? "on" : "off"));
  document.addEventListener("click", (event) => {
    if (event.target.closest("#help-open")) help.showModal();
  });
  const readyHelp = () => (document.getElementById("help-open").hidden = false);
  readyHelp();
})();
