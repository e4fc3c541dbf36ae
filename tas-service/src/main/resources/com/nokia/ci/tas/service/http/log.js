// Shows the output of a test on its page: what is there, and what comes while it runs. It is read
// from where it was left; a page that nobody sees reads nothing.
"use strict";
(() => {
  const SOON = 1000;
  const LATER = 5000;
  /** So many lines are on the page; the rest is in what is saved. */
  const MOST_LINES = 5000;
  /** So much is read; whoever wants more of it asks the node's owner. */
  const MOST_READ = 16000000;
  const section = document.getElementById("log");
  const lines = document.getElementById("lines");
  const state = document.getElementById("log-state");
  const show = document.getElementById("show");
  const part = document.getElementById("part");
  let texts = [];
  let from = 0;
  let isOver = false;
  let attempts = "";
  let hidden = 0;

  const test = () => document.getElementById("test").dataset;
  const say = (text) => {
    if (state.textContent !== text) {
      state.textContent = text;
    }
  };
  const clear = () => {
    texts = [];
    from = 0;
    hidden = 0;
    isOver = false;
    lines.replaceChildren();
    lines.hidden = true;
  };
  const append = (more) => {
    const isAtEnd = lines.scrollTop + lines.clientHeight >= lines.scrollHeight - 4;
    const fresh = document.createDocumentFragment();
    for (const { level, text } of more) {
      texts.push(text);
      const line = document.createElement("div");
      line.className = level;
      line.textContent = text;
      fresh.append(line);
    }
    lines.append(fresh);
    while (lines.childElementCount > MOST_LINES) {
      lines.firstElementChild.remove();
      hidden += 1;
    }
    lines.hidden = false;
    if (isAtEnd) {
      lines.scrollTop = lines.scrollHeight;
    }
  };
  const lineCount = (count) => count + (count === 1 ? " line" : " lines");
  const counted = (count) => lineCount(count) + (count === 1 ? " is" : " are");
  const words = () => {
    const first = hidden ? "The first " + counted(hidden) + " not shown; Save has them. " : "";
    if (from >= MOST_READ) {
      return first + "The log is longer than a page shows.";
    }
    return first + lineCount(texts.length) + (isOver ? " in all." : " so far.");
  };
  /** Parts come as sub-tests begin. */
  const offerParts = () => {
    const known = [...part.options].map((one) => one.value);
    for (const id of test().parts.split(" ").filter((one) => one && !known.includes(one))) {
      part.append(new Option(id, id));
    }
    document.getElementById("parts").hidden = part.options.length === 0;
  };

  /** Reads what is new; returns after how long there may be more. */
  const read = async () => {
    offerParts();
    if (attempts !== test().attempts && !part.value) {
      attempts = test().attempts;
      clear();
    }
    if (test().attempts === "0") {
      say(test().ended === "true" ? "There is none." : "There is none yet.");
      return LATER;
    }
    if (isOver || from >= MOST_READ) {
      return LATER;
    }
    const query = new URLSearchParams({ from });
    if (part.value) {
      query.set("part", part.value);
    }
    const asked = part.value;
    const answer = await fetch(section.dataset.log + "?" + query, { cache: "no-store", signal: AbortSignal.timeout(15000) });
    const told = await answer.json();
    if (asked !== part.value) {
      return 0;
    }
    if (!answer.ok) {
      say(told.detail || "The output cannot be read.");
      return LATER;
    }
    if (told.lines.length) {
      append(told.lines);
    }
    const isMore = told.next > from;
    from = told.next;
    isOver = told.ended;
    say(words());
    return isMore ? SOON / 4 : SOON;
  };
  const readOn = async () => {
    let pause = SOON;
    try {
      pause = document.hidden ? SOON : await read();
    } catch (error) {
      say("The output cannot be read now; trying again.");
      pause = LATER;
    }
    setTimeout(readOn, pause);
  };

  show.addEventListener("change", () => { lines.dataset.show = show.value; });
  part.addEventListener("change", clear);
  document.getElementById("save").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([texts.join("\n") + "\n"], { type: "text/plain" }));
    link.download = section.dataset.name + part.value + ".log";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), LATER);
  });
  readOn();
})();
