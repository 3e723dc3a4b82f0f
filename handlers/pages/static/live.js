// A live connection to the server: it resumes by itself, and says in words when it is lost.
// The browser's EventSource repeats the id of the last event it saw, so nothing is missed.
"use strict";

class Live {
  constructor(address, handlers, line) {
    this.address = address;
    this.handlers = handlers;
    this.line = line; // {show(words), lost, back}
    this.lost = false;
    this.delay = 1000;
    this.connect();
    addEventListener("online", () => this.again(0));
    addEventListener("pagehide", () => this.source.close());
    addEventListener("pageshow", (event) => event.persisted && this.again(0));
  }

  connect() {
    this.source = new EventSource(this.address);
    this.source.onopen = () => {
      this.delay = 1000;
      if (this.lost) this.line.show(this.line.back);
      this.lost = false;
      if (this.handlers.open) this.handlers.open();
    };
    this.source.onerror = () => {
      this.lost = true;
      this.line.show(this.line.lost);
      // a refused connection is not retried by the browser: we do, ever more slowly
      if (this.source.readyState === EventSource.CLOSED) this.again(this.delay);
    };
    for (const [name, handle] of Object.entries(this.handlers)) {
      if (name !== "open") this.source.addEventListener(name, (event) => handle(event.data, event));
    }
  }

  again(after) {
    clearTimeout(this.timer);
    this.delay = Math.min(this.delay * 2, 30000);
    this.timer = setTimeout(() => {
      this.source.close();
      this.connect();
    }, after);
  }
}
