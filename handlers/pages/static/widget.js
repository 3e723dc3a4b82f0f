// The chat in a page of the brand's: <script src="https://…/widget.js" data-label="Write to us"
// data-lang="en" async></script>. It adds a button; the chat itself is a frame of ours, so the
// page around it can read nothing of it, and it nothing of the page.
"use strict";

(() => {
  const script = document.currentScript;
  const origin = new URL(script.src).origin;
  const label = script.dataset.label || "Write to us";
  const language = script.dataset.lang ? `&lang=${encodeURIComponent(script.dataset.lang)}` : "";

  const style = (element, rules) => Object.assign(element.style, rules);
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.setAttribute("aria-expanded", "false");
  style(button, {
    position: "fixed", right: "16px", bottom: "16px", zIndex: "2147483646", minHeight: "48px",
    padding: "8px 20px", font: "600 16px/1.5 system-ui, sans-serif", color: "#ffffff",
    background: "#0b5c53", border: "1px solid #0b5c53", borderRadius: "8px", cursor: "pointer",
  });

  let frame = null;
  const open = () => {
    frame = document.createElement("iframe");
    frame.src = `${origin}/chat?embed=1${language}`;
    frame.title = label;
    style(frame, {
      position: "fixed", right: "16px", bottom: "80px", zIndex: "2147483646",
      width: "min(420px, calc(100vw - 32px))", height: "min(680px, calc(100vh - 112px))",
      border: "1px solid #8a918d", borderRadius: "8px", background: "#ffffff",
    });
    document.body.append(frame);
  };
  button.addEventListener("click", () => {
    if (!frame) open();
    else frame.hidden = !frame.hidden;
    if (frame) frame.style.display = frame.hidden ? "none" : "block";
    button.setAttribute("aria-expanded", String(!frame.hidden));
    if (!frame.hidden) frame.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && frame && !frame.hidden) button.click();
  });
  document.body.append(button);
})();
