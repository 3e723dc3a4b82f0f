// The customer's page: sends without leaving it, and shows what is new. Without this script the
// same forms work as plain pages.
"use strict";

(() => {
  const main = document.getElementById("main");
  const turns = document.getElementById("turns");
  const form = document.getElementById("write");
  const text = document.getElementById("text");
  const line = document.getElementById("line");
  const problem = document.getElementById("problem");
  const standing = document.getElementById("standing");

  const show = (words) => {
    line.textContent = words;
    line.hidden = !words;
  };

  // A turn is known by its key: shown once, however often it comes.
  const shown = (key) => turns.querySelector(`[data-key="${CSS.escape(key)}"]`);
  const add = (html) => {
    const parsed = document.createElement("template");
    parsed.innerHTML = html; // made by the same template as the page: strangers' words are text
    const turn = parsed.content.firstElementChild;
    if (shown(turn.dataset.key)) return;
    const later = [...turns.children].find((other) => other.dataset.at > turn.dataset.at);
    turns.insertBefore(turn, later || null);
    turn.scrollIntoView({ block: "nearest" });
    const label = form.querySelector("label");
    label.textContent = label.dataset.more;
    document.querySelector("[data-leave]").hidden = false;
  };

  const live = new Live(
    main.dataset.events,
    { turn: add, standing: (html) => (standing.innerHTML = html) },
    { show, lost: main.dataset.lost, back: main.dataset.back },
  );

  const post = async (target, button = target.querySelector("button")) => {
    const fields = new URLSearchParams(new FormData(target));
    if (button.name) fields.set(button.name, button.value);
    button.disabled = true;
    problem.textContent = "";
    show(main.dataset.sending);
    try {
      const answer = await fetch(target.action, {
        method: "POST",
        body: fields,
        headers: { Accept: "application/json" },
      });
      const said = await answer.json();
      show("");
      if (answer.ok) return true;
      problem.textContent = said.error.words;
    } catch {
      show("");
      problem.textContent = main.dataset.failed; // the id stays: sent again, it is one message
    } finally {
      button.disabled = false;
    }
    return false;
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!(await post(form))) return text.focus();
    text.value = "";
    form.elements.id.value = newId();
    text.focus();
  });

  for (const person of document.querySelectorAll("[data-person]")) {
    person.addEventListener("submit", (event) => {
      event.preventDefault();
      post(person);
    });
  }

  // “did this help?”: said without leaving the page, and what is being written stays
  turns.addEventListener("submit", async (event) => {
    if (!event.target.matches("[data-helped]") || !event.submitter) return;
    event.preventDefault();
    if (!(await post(event.target, event.submitter))) return;
    for (const button of event.target.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", button === event.submitter);
    }
  });

  // “a person, please” under an answer leads to a page with this very form
  turns.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || !link.pathname.endsWith("/person")) return;
    event.preventDefault();
    post(document.querySelector("[data-person]"));
  });

  // Ctrl+Enter or ⌘+Enter sends; Enter is a new line, as in any text.
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });

  // randomUUID exists only on https and localhost; the widget may be tried elsewhere
  function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  if (turns.lastElementChild) turns.lastElementChild.scrollIntoView({ block: "nearest" });
  addEventListener("pagehide", () => live.source.close());
})();
