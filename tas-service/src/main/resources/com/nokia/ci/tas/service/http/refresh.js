// Keeps a page current: counts times on, is told by the stream of events that something has changed,
// asks for the page then, and replaces the parts that differ. What somebody has selected, opened or
// is typing in stays. A page that nobody sees asks for nothing.
"use strict";
(() => {
  /** So long at least between two requests for the page, however much happens. */
  const PACE = 300;
  /** What no event tells of, such as when a node was last heard of, is looked for this often. */
  const SLOWLY = 5000;
  /** A stream that has not begun by then is held up by something on the way. */
  const BEGINS = 10000;
  const LONGEST_WAIT = 30000;
  const content = document.getElementById("content");
  const stale = document.getElementById("stale");
  const made = () => document.querySelector("#made time").getAttribute("datetime");
  let ahead = Date.now() - Date.parse(made());
  let mark = document.body.dataset.mark;
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
    for (const one of content.querySelectorAll("[data-likely]")) {
      const left = Number(one.dataset.likely) - now;
      write(one, left < 1000 ? "longer than usual" : "about " + words(left) + " more");
    }
    for (const one of content.querySelectorAll("[data-start]")) {
      const left = Number(one.dataset.start) - now;
      write(one, left < 1000 ? "soon" : words(left));
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
    for (const one of copy.querySelectorAll("[data-since],[data-until],[data-likely],[data-start]")) {
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
  /** Without a mark the page is sent again: what could not be replaced now is next time. */
  const update = (fresh) => {
    const ours = [...content.children];
    const theirs = [...fresh.children];
    const isSame = ours.length === theirs.length
      && ours.every((part, i) => part.id === theirs[i].id && part.tagName === theirs[i].tagName);
    if (!isSame) {
      if (isInUse(content)) {
        mark = "";
      } else {
        replace(content, fresh);
        remember();
      }
      return;
    }
    ours.forEach((part, i) => {
      const key = part.id || i;
      const text = said(theirs[i]);
      if (told.get(key) === text) {
        return;
      }
      if (isInUse(part)) {
        mark = "";
        return;
      }
      told.set(key, text);
      replace(part, theirs[i]);
    });
  };

  // ---- asking

  const ask = async () => {
    const answer = await fetch(location.pathname + location.search, {
      cache: "no-store",
      headers: mark ? { "accept": "text/html", "if-none-match": mark } : { "accept": "text/html" },
      signal: AbortSignal.timeout(10000),
    });
    if (answer.redirected) {
      location.assign(answer.url);
      return;
    }
    if (answer.status >= 500) {
      throw new Error(answer.statusText);
    }
    lastGood = new Date();
    if (answer.status === 304) {
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("content");
    if (fresh) {
      mark = answer.headers.get("etag") || "";
      update(fresh);
      document.title = page.title;
      document.getElementById("made").replaceWith(page.getElementById("made"));
      ahead = Date.now() - Date.parse(made());
      tick();
    }
  };
  const pause = (millis) => new Promise((over) => { setTimeout(over, millis); });
  let isLooking = false;
  let isChanged = false;

  /** Asks now; whatever happens meanwhile is asked for once, behind that. */
  const look = async () => {
    isChanged = true;
    if (isLooking) {
      return;
    }
    isLooking = true;
    while (isChanged && !document.hidden) {
      isChanged = false;
      const begun = performance.now();
      try {
        await ask();
        write(stale, failures > 1 ? "Changes are looked for every few seconds." : "");
      } catch (error) {
        write(stale, "The service has not answered since " + lastGood.toLocaleTimeString() + "; trying again.");
      }
      // Whoever has a slow machine or a slow line is not asked for more than half of it.
      await pause(Math.max(PACE, performance.now() - begun));
    }
    isLooking = false;
  };

  // ---- being told

  let events = null;
  let failures = 0;
  let timer = 0;
  const leave = () => {
    clearTimeout(timer);
    if (events) {
      events.close();
      events = null;
    }
  };
  const lose = () => {
    leave();
    failures += 1;
    look();
    timer = setTimeout(listen, Math.min(LONGEST_WAIT, 500 * 2 ** failures) * (0.5 + Math.random() / 2));
  };
  /** Whoever comes again need not know what was missed: the page itself is asked for then. */
  const listen = () => {
    leave();
    if (document.hidden) {
      return;
    }
    events = new EventSource(document.body.dataset.events);
    timer = setTimeout(lose, BEGINS);
    const begin = () => {
      clearTimeout(timer);
      failures = 0;
      look();
    };
    events.addEventListener("hello", begin);
    events.addEventListener("gap", begin);
    for (const topic of ["test", "product", "node", "detail", "settings"]) {
      events.addEventListener(topic, look);
    }
    events.addEventListener("error", lose);
  };

  remember();
  setInterval(tick, 1000);
  setInterval(look, SLOWLY);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      leave();
    } else {
      look();
      listen();
    }
  });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (shown) => { if (shown.persisted) { listen(); } });
  listen();
})();
