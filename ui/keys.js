// Single letters must not run anything (they are typed by speech, gaze and switches),
// and a new page must be told to people who do not see it change.
(() => {
  const guarded = new Set(["r", "c"]);

  function isTyping(target) {
    return target instanceof HTMLElement &&
      (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
  }

  window.addEventListener("keydown", (event) => {
    const isBare = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isBare && guarded.has(event.key.toLowerCase()) && !isTyping(event.target)) {
      event.stopImmediatePropagation();
    }
  }, true);

  function announce(text) {
    let region = document.getElementById("rt-announcer");
    if (!region) {
      region = document.createElement("div");
      region.id = "rt-announcer";
      region.setAttribute("role", "status");
      region.setAttribute("aria-live", "polite");
      document.body.append(region);
    }
    region.textContent = text;
  }

  function isFree() {
    const active = document.activeElement;
    return !active || active === document.body || /^(A|BUTTON)$/.test(active.tagName);
  }

  function focusHeading(path, tries) {
    if (location.pathname !== path) return;
    const isDrawn = document.querySelector(
      '[data-testid="stApp"][data-test-script-state="notRunning"]');
    const heading = document.querySelector("main h1");
    if (isDrawn && heading) {
      announce(heading.textContent);
      if (!isFree()) return;
      heading.setAttribute("tabindex", "-1");
      heading.focus({ preventScroll: true });
    } else if (tries > 0) {
      setTimeout(() => focusHeading(path, tries - 1), 150);
    }
  }

  let here = location.pathname;
  function watchAddress() {
    if (location.pathname === here) return;
    here = location.pathname;
    setTimeout(() => focusHeading(here, 40), 150);
  }

  for (const name of ["pushState", "replaceState"]) {
    const original = history[name];
    history[name] = function (...given) {
      const result = original.apply(this, given);
      watchAddress();
      return result;
    };
  }
  window.addEventListener("popstate", watchAddress);
  document.addEventListener("DOMContentLoaded", () => announce(""));
})();

// Whoever was signed out meanwhile is led to the sign-in, and no words stay on the screen.
{
  const isRefused = (entry) => entry.responseStatus === 401 && entry.name.includes("/_stcore/");
  const watcher = new PerformanceObserver((list) => {
    if (list.getEntries().some(isRefused)) location.reload();
  });
  watcher.observe({ type: "resource" });
}

// A button that moves with what it moves is drawn anew: the keyboard stays with it.
{
  let pressed = null;
  const nameOf = (node) => [...(node?.closest('[class*="st-key-stays_"]')?.classList ?? [])]
    .find((name) => name.startsWith("st-key-stays_"));
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const name = nameOf(button);
    pressed = name ? { name, button, until: Date.now() + 10000 } : null;
  }, true);
  new MutationObserver(() => {
    if (!pressed || pressed.button.isConnected) return;
    const again = document.querySelector(`.${CSS.escape(pressed.name)} button`);
    const isFree = !document.activeElement || document.activeElement === document.body;
    if (again && isFree && Date.now() < pressed.until) {
      again.focus({ preventScroll: true });
      pressed.button = again;
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
}
