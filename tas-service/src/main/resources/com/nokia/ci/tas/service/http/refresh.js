// Keeps a page current: counts times on, asks whether the farm has changed, and replaces the parts
// that did. What somebody has selected, opened or is typing in stays.
"use strict";
(() => {
  const PERIOD = 700;
  const content = document.getElementById("content");
  const stale = document.getElementById("stale");
  const made = () => document.querySelector("#made time").getAttribute("datetime");
  let ahead = Date.now() - Date.parse(made());
  let mark = "";
  let lastGood = new Date();
  let told = new Map();

  // ---- times that go on

  const UNITS = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];
  const words = (millis) => {
    let rest = Math.max(0, Math.floor(millis / 1000));
    const parts = [];
    for (const [unit, size] of UNITS) {
      const count = Math.floor(rest / size);
      rest -= count * size;
      if (count > 0 && parts.length < 2) {
        parts.push(count + " " + unit);
      }
    }
    return parts.length ? parts.join(" ") : "0 s";
  };
  const write = (element, text) => {
    if (element.textContent !== text) {
      element.textContent = text;
    }
  };
  const tick = () => {
    if (document.hidden) {
      return;
    }
    const now = Date.now() - ahead;
    for (const one of content.querySelectorAll("[data-since]")) {
      write(one, words(now - Number(one.dataset.since)));
    }
    for (const one of content.querySelectorAll("[data-until]")) {
      write(one, words(Number(one.dataset.until) - now));
    }
    for (const one of content.querySelectorAll("progress[data-from]")) {
      const from = Number(one.dataset.from);
      one.value = Math.max(0, Math.min(99, (now - from) * 100 / (Number(one.dataset.to) - from)));
    }
  };

  // ---- what has changed

  /** What a part says, whatever the time is. */
  const said = (part) => {
    const copy = part.cloneNode(true);
    for (const one of copy.querySelectorAll("[data-since],[data-until]")) {
      one.textContent = "";
    }
    for (const one of copy.querySelectorAll("progress")) {
      one.removeAttribute("value");
    }
    return copy.innerHTML;
  };
  const remember = () => {
    told = new Map([...content.children].map((part, i) => [part.id || i, said(part)]));
  };
  const isInUse = (part) => {
    const selection = document.getSelection();
    const focused = part.contains(document.activeElement) ? document.activeElement : null;
    return (selection && !selection.isCollapsed && part.contains(selection.anchorNode))
      || (focused && focused.matches("input, select, textarea"));
  };
  const replace = (part, fresh) => {
    const open = [...part.querySelectorAll("details")].map((details) => details.open);
    const places = [...part.querySelectorAll(".scroll")].map((one) => one.scrollLeft);
    const focused = part.contains(document.activeElement) && document.activeElement.getAttribute("href");
    part.replaceChildren(...fresh.childNodes);
    part.querySelectorAll("details").forEach((details, i) => { details.open = Boolean(open[i]); });
    part.querySelectorAll(".scroll").forEach((one, i) => { one.scrollLeft = places[i] || 0; });
    if (focused) {
      const again = part.querySelector(`a[href="${CSS.escape(focused)}"]`);
      if (again) {
        again.focus({ preventScroll: true });
      }
    }
  };
  const update = (fresh) => {
    const ours = [...content.children];
    const theirs = [...fresh.children];
    const isSame = ours.length === theirs.length
      && ours.every((part, i) => part.id === theirs[i].id && part.tagName === theirs[i].tagName);
    if (!isSame) {
      if (!isInUse(content)) {
        replace(content, fresh);
        remember();
      }
      return;
    }
    ours.forEach((part, i) => {
      const key = part.id || i;
      const text = said(theirs[i]);
      if (told.get(key) !== text && !isInUse(part)) {
        told.set(key, text);
        replace(part, theirs[i]);
      }
    });
  };

  // ---- asking

  const ask = async () => {
    const answer = await fetch(location.pathname + location.search, {
      cache: "no-store",
      headers: mark ? { "if-none-match": mark } : {},
      signal: AbortSignal.timeout(10000),
    });
    lastGood = new Date();
    stale.textContent = "";
    if (answer.status === 304) {
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("content");
    if (fresh) {
      mark = answer.headers.get("etag") || "";
      update(fresh);
      document.getElementById("made").replaceWith(page.getElementById("made"));
      ahead = Date.now() - Date.parse(made());
      tick();
    }
  };
  const refresh = async () => {
    const begun = performance.now();
    if (!document.hidden) {
      try {
        await ask();
      } catch (error) {
        stale.textContent = "The service has not answered since " + lastGood.toLocaleTimeString() + ".";
      }
    }
    // Whoever has a slow machine or a slow line is not asked for more than half of it.
    setTimeout(refresh, Math.max(PERIOD, performance.now() - begun));
  };

  remember();
  setInterval(tick, 1000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { ask().catch(() => {}); } });
  setTimeout(refresh, PERIOD);
})();
