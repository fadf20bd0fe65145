"use strict";
/* The reading view's keys. Answers travel as the forms they are, by htmx when it is there: what comes
   back takes the place of one sentence and its statements, and nothing else moves. */
(() => {
  const desk = document.querySelector(".desk");
  const said = document.getElementById("said");
  const keys = document.getElementById("keys");
  if (!desk) return;

  let current = null; // id of the statement that the keys are about
  const answered = []; // ids of those answered here, the last behind
  let busy = false; // an answer is on its way
  const typedAhead = [];

  const all = () => [...desk.querySelectorAll(".statement")];
  const waits = (s) => s.classList.contains("proposed") || s.classList.contains("disputed");
  const here = () => current && document.getElementById(current);

  function mark(statement) {
    for (const s of desk.querySelectorAll(".statement[aria-current]")) {
      s.removeAttribute("aria-current");
      s.tabIndex = -1;
    }
    current = statement ? statement.id : null;
    if (!statement) return;
    statement.setAttribute("aria-current", "true");
    statement.tabIndex = 0;
  }

  function go(statement) {
    if (!statement) return;
    mark(statement);
    statement.focus({ preventScroll: true });
    statement.scrollIntoView({ block: "nearest" });
  }

  /* the next in the order of the page, from where the keys are */
  function beside(step, fits) {
    const list = all();
    const start = list.findIndex((s) => s.id === current);
    for (let i = start < 0 && step < 0 ? list.length - 1 : start + step; i >= 0 && i < list.length; i += step)
      if (fits(list[i])) return list[i];
    return null;
  }

  function press(statement, verdict) {
    const button = statement?.querySelector(`button[name="verdict"][value="${verdict}"]`);
    if (!button) return;
    button.form.requestSubmit(button);
  }

  function pressForAll(verdict) {
    const button = here()?.closest(".passage").querySelector(`.for-all button[value="${verdict}"]`);
    if (button) button.form.requestSubmit(button);
    else press(here(), verdict);
  }

  const decided = (s) => s?.querySelector('button[value="retract"]');

  function undo() {
    let statement = here();
    while (!decided(statement) && answered.length) statement = document.getElementById(answered.pop());
    press(statement, "retract");
  }

  function toggle(details) {
    if (!details) return;
    details.open = !details.open;
    if (details.open) details.querySelector("summary").focus();
    else go(here());
  }

  const any = () => true;
  const ways = {
    j: () => {
      const next = desk.contains(document.activeElement) || !here() ? beside(1, waits) : here();
      if (next) go(next);
      else document.getElementById("onwards").focus();
    },
    k: () => go(beside(-1, waits)),
    n: () => go(beside(1, any)),
    p: () => go(beside(-1, any)),
    "?": () => toggle(keys),
  };
  /* only while the focus is in the text, or nowhere: no letter decides what is out of sight */
  const deeds = {
    a: () => press(here(), "accept"),
    r: () => press(here(), "reject"),
    A: () => pressForAll("accept"),
    R: () => pressForAll("reject"),
    e: () => here()?.querySelector(".edit-link")?.click(),
    u: undo,
    w: () => toggle(here()?.querySelector(".reasons")),
  };

  /* the letter of the key's place where the layout writes another script */
  function letterOf(event) {
    const place = /^Key([A-Z])$/.exec(event.code);
    if (!place || /^[\x21-\x7e]$/.test(event.key)) return event.key;
    return event.shiftKey ? place[1] : place[1].toLowerCase();
  }

  function does(letter) {
    const focus = document.activeElement;
    const deed = ways[letter] || ((focus === document.body || desk.contains(focus)) && deeds[letter]);
    if (!deed) return false;
    if (busy) typedAhead.push(letter);
    else deed();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const inside = event.target.closest("input, select, textarea");
    if (event.key === "Escape") {
      if (event.target.closest(".edit")) event.target.closest(".edit").querySelector("a[aria-keyshortcuts=Escape]").click();
      else if (keys && keys.open) toggle(keys);
    }
    if (!inside && does(letterOf(event))) event.preventDefault();
  });

  desk.addEventListener("focusin", (event) => {
    const statement = event.target.closest(".statement");
    if (statement && statement.id !== current) mark(statement);
  });

  desk.addEventListener("click", (event) => {
    const statement = event.target.closest(".statement");
    if (statement && statement.id !== current) mark(statement);
  });

  /* ---- around an answer ---- */

  const partOf = (event) => event.detail.ctx;
  let asked = null; // the form or link that asked, and the statement it stands in

  document.addEventListener("htmx:before:request", (event) => {
    const source = partOf(event).sourceElement;
    busy = true;
    const passage = source.closest(".passage");
    const statement = source.closest(".statement") || here();
    asked = {
      passage: passage.id,
      statement: statement.id,
      about: source.matches(".for-all")
        ? [...passage.querySelectorAll(".statement")].filter(waits).map((s) => s.id)
        : [statement.id],
    };
  });

  /* a refusal is a page of its own: it is said, and the sentence stays; a form refused comes back */
  document.addEventListener("htmx:before:swap", (event) => {
    const text = partOf(event).text;
    if (text.includes('class="passage')) return;
    event.preventDefault();
    const refusal = new DOMParser().parseFromString(text, "text/html").querySelector(".refusal p");
    announce(refusal ? refusal.textContent : "");
    said.classList.remove("unseen");
  });

  function announce(text) {
    said.classList.add("unseen");
    said.textContent = "";
    said.textContent = text;
  }

  document.addEventListener("htmx:after:swap", () => {
    const passage = document.getElementById(asked.passage);
    const done = passage.dataset.said;
    const statement = document.getElementById(passage.dataset.answered || asked.statement);
    announce(done || "");
    if (done)
      for (const id of [...new Set([...asked.about, passage.dataset.answered])])
        if (decided(document.getElementById(id))) answered.push(id);
    current = statement.id;
    const typed = passage.querySelector(".edit :is(input:not([type=hidden]), select)");
    if (typed) {
      mark(statement);
      typed.focus();
    } else {
      go((done && !waits(statement) && (beside(1, waits) || beside(-1, waits))) || statement);
    }
  });

  /* htmx takes no new request before it has left this one, right behind this event */
  document.addEventListener("htmx:finally:request", () => {
    queueMicrotask(() => {
      busy = false;
      if (typedAhead.length) does(typedAhead.shift());
    });
  });

  document.addEventListener("htmx:error", () => announce(desk.dataset.unanswered));

  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (target && target.matches(".statement")) go(target);
  else mark(all().find(waits) || null);
})();
