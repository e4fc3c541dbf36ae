// Fetches the page again while somebody looks at it and replaces the parts that changed.
"use strict";
(() => {
  const seconds = Number(document.body.dataset.refresh) || 5;
  const stale = document.getElementById("stale");
  let lastGood = new Date();

  const inUse = (part) => {
    const selection = document.getSelection();
    return selection && !selection.isCollapsed && part.contains(selection.anchorNode);
  };

  const replace = (part, fresh) => {
    if (part.innerHTML === fresh.innerHTML || inUse(part)) {
      return;
    }
    const open = [...part.querySelectorAll("details")].map((details) => details.open);
    const focused = part.contains(document.activeElement) && document.activeElement.getAttribute("href");
    part.innerHTML = fresh.innerHTML;
    part.querySelectorAll("details").forEach((details, i) => { details.open = Boolean(open[i]); });
    if (focused) {
      const again = part.querySelector(`a[href="${CSS.escape(focused)}"]`);
      if (again) {
        again.focus({ preventScroll: true });
      }
    }
  };

  const withoutOpen = (part) => {
    part.querySelectorAll("details[open]").forEach((details) => details.removeAttribute("open"));
    return part.innerHTML;
  };

  const refresh = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(location.pathname, { cache: "no-store" });
        const text = await answer.text();
        const fresh = new DOMParser().parseFromString(text, "text/html");
        const ours = document.getElementById("content");
        const theirs = fresh.getElementById("content");
        if (theirs) {
          update(ours, theirs);
          document.getElementById("made").replaceWith(fresh.getElementById("made"));
          lastGood = new Date();
          stale.textContent = "";
        }
      } catch (error) {
        stale.textContent = "The service has not answered since " + lastGood.toLocaleTimeString() + ".";
      }
    }
    setTimeout(refresh, seconds * 1000);
  };

  const update = (ours, theirs) => {
    const sameParts = ours.children.length === theirs.children.length
      && [...ours.children].every((part, i) => part.id === theirs.children[i].id && part.tagName === theirs.children[i].tagName);
    if (!sameParts) {
      replace(ours, theirs);
      return;
    }
    [...ours.children].forEach((part, i) => {
      const fresh = theirs.children[i];
      if (withoutOpen(part.cloneNode(true)) !== fresh.innerHTML) {
        replace(part, fresh);
      }
    });
  };

  setTimeout(refresh, seconds * 1000);
})();
