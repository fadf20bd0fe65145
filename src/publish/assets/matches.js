"use strict";
/* The keys of a pair of people: s and d ask for the reason, and Enter in it keeps the decision. The
   forms are those that work without a script. */
(() => {
  const form = document.querySelector("form.settle");
  const reason = document.getElementById("why");
  const asked = document.getElementById("asked");
  const keys = document.getElementById("keys");
  const undo = document.querySelector('button[value="retract"][aria-keyshortcuts]');
  let chosen = null; // the button whose reason is being written
  let sent = false;

  /* the form again when the browser comes back to it */
  window.addEventListener("pageshow", () => { sent = false; });
  document.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });

  function choose(button) {
    chosen = button;
    for (const other of form.querySelectorAll("button[data-asks]")) other.classList.toggle("chosen", other === button);
    asked.textContent = button ? button.dataset.asks : "";
  }

  function press(verdict) {
    const button = form?.querySelector(`button[value="${verdict}"]`);
    if (!button) return;
    if (reason.value.trim()) {
      form.requestSubmit(button);
      return;
    }
    choose(button);
    reason.focus();
  }

  const deeds = {
    s: () => press("same"),
    d: () => press("different"),
    l: () => document.getElementById("later")?.click(),
    u: () => undo?.form.requestSubmit(undo),
    "?": () => { if (keys) keys.open = !keys.open; },
  };

  /* the letter of the key's place where the layout writes another script */
  function letterOf(event) {
    const place = /^Key([A-Z])$/.exec(event.code);
    if (!place || /^[\x21-\x7e]$/.test(event.key)) return event.key;
    return event.shiftKey ? place[1] : place[1].toLowerCase();
  }

  function inReason(event) {
    if (event.key === "Escape") {
      choose(null);
      reason.blur();
    } else if (event.key === "Enter" && !event.shiftKey && chosen && reason.value.trim()) {
      event.preventDefault();
      form.requestSubmit(chosen);
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
    if (event.target === reason) {
      inReason(event);
      return;
    }
    if (event.target.closest("input, select, textarea")) return;
    const deed = deeds[letterOf(event)];
    if (!deed) return;
    event.preventDefault();
    deed();
  });
})();
