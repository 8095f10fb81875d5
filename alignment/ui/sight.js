// Pictures within sight are drawn at once. Those further down wait until the page stands: then they are drawn
// one after another, each when the browser has nothing else to do, so that nobody ever scrolls to a gap for long.
//
// Streamlit draws a picture when its frame has a width. One that waits keeps its height and has none.
const PICTURE = '[class*="st-key-chart_"]';
const NEAR = "15%";
const PAUSE_MS = 300;
const AT_THE_LATEST_MS = 2000;
const RULE = `${PICTURE}:not([data-accord-drawn]) [data-testid="stFullScreenFrame"] { display: none; }`;

const whenIdle = window.requestIdleCallback ?? ((then) => setTimeout(then, PAUSE_MS));

function draw(picture) {
  picture.dataset.accordDrawn = "";
}

function stands() {
  return document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning";
}

export default function () {
  if (window.accordSight) return;
  window.accordSight = true;
  const sheet = document.createElement("style");
  sheet.textContent = RULE;
  document.head.append(sheet);

  const waiting = new Set();
  let near = null;
  let isLookedFor = false;
  let timer = null;

  function found(entries) {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting) leave(target);
    }
  }

  function leave(picture) {
    draw(picture);
    waiting.delete(picture);
    near.unobserve(picture);
  }

  function look() {
    isLookedFor = false;
    const root = document.querySelector('[data-testid="stMain"]');
    if (!near || near.root !== root) {
      near?.disconnect();
      near = new IntersectionObserver(found, { root, rootMargin: `${NEAR} 0px` });
      for (const picture of waiting) near.observe(picture);
    }
    for (const picture of document.querySelectorAll(`${PICTURE}:not([data-accord-drawn])`)) {
      if (waiting.has(picture)) continue;
      waiting.add(picture);
      near.observe(picture);
    }
    if (waiting.size) later();
  }

  function later() {
    timer ??= setTimeout(() => whenIdle(next, { timeout: AT_THE_LATEST_MS }), PAUSE_MS);
  }

  function next() {
    timer = null;
    for (const picture of waiting) if (!picture.isConnected) leave(picture);
    const first = [...waiting].sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)[0];
    if (first && stands()) leave(first);
    if (waiting.size) later();
  }

  new MutationObserver(() => {
    if (isLookedFor) return;
    isLookedFor = true;
    requestAnimationFrame(look);
  }).observe(document.body, { childList: true, subtree: true });
  window.addEventListener("beforeprint", () => document.querySelectorAll(PICTURE).forEach(draw));
  look();
}
