// A place that shows what the server says of it: drawn by the script first, then by news as they come.
// News of an older revision than what is shown are late, and revisions compare within one epoch alone: one
// ledger, load and life of the server. A trial is shown until the next news or its end.

const news = (window.accordNews ??= { hears: new Set(), asks: new Map(), line: null, number: 0 });

const SETTLES_MS = 5_000;
const TAGS = new Set(["DIV", "SPAN", "B", "I", "U", "P", "BR", "UL", "LI", "STRONG", "TABLE", "THEAD", "TBODY", "TR", "TH", "TD"]);
const ATTRIBUTES = /^(class|style|scope|role|title|aria-[a-z]+)$/;

// The server escapes all text; this holds even if it once forgot to.
function safe(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const node of [...body.querySelectorAll("*")]) {
    if (!TAGS.has(node.tagName)) node.replaceWith(node.textContent);
    else for (const { name } of [...node.attributes]) if (!ATTRIBUTES.test(name)) node.removeAttribute(name);
  }
  return body;
}

// Changes only what differs, so that the browser lays out and paints no more than that.
function patch(shown, wanted) {
  const before = [...shown.childNodes];
  const nodes = [...wanted.childNodes]; // those that are taken over leave `wanted`
  nodes.forEach((node, place) => {
    const known = before[place];
    if (!known) shown.append(node);
    else if (known.nodeName !== node.nodeName) known.replaceWith(node);
    else if (node.nodeType === Node.TEXT_NODE) known.data === node.data || (known.data = node.data);
    else {
      for (const { name } of [...known.attributes]) if (!node.hasAttribute(name)) known.removeAttribute(name);
      for (const { name, value } of node.attributes) {
        if (known.getAttribute(name) !== value) known.setAttribute(name, value);
      }
      patch(known, node);
    }
  });
  for (const node of before.slice(nodes.length)) node.remove();
}

function paint(slot, html) {
  if (slot.painted === html) return;
  slot.painted = html;
  patch(slot.root, safe(html));
}

function take(slot, html, { epoch, revision }) {
  if (html === undefined || (epoch === slot.epoch && revision < slot.revision)) return;
  Object.assign(slot, { html, epoch, revision });
  paint(slot, html);
}

// Brings a slot into sight, and keeps it there while the page above finds its height, until a hand moves.
function seek(slot) {
  const page = slot.outer.closest('[data-testid="stMainBlockContainer"]') ?? document.body;
  const watch = new ResizeObserver(() => slot.outer.scrollIntoView({ block: "center" }));
  const end = () => watch.disconnect();
  watch.observe(page); // which calls it a first time
  setTimeout(end, SETTLES_MS);
  for (const hand of ["pointerdown", "wheel", "keydown", "touchstart"]) {
    addEventListener(hand, end, { once: true, passive: true, capture: true });
  }
}

function made(parentElement, { name, isOpener }) {
  const outer = parentElement.appendChild(document.createElement(isOpener ? "button" : "div"));
  const root = isOpener ? outer.appendChild(document.createElement("span")) : outer;
  const slot = { name, outer, root, epoch: null, revision: -1, html: "", painted: null };
  if (isOpener) {
    Object.assign(outer, { type: "button", className: "accord-opener" });
    outer.addEventListener("click", () => slot.open());
  }
  slot.hear = {
    news: (told) => told.epoch === slot.epoch && take(slot, told.slots[slot.name], told),
    trial: (slots) => slots[slot.name] !== undefined && paint(slot, slots[slot.name]),
    trialEnds: () => paint(slot, slot.html),
  };
  return slot;
}

export default function ({ data, parentElement, setStateValue }) {
  const slot = (parentElement.accordSlot ??= made(parentElement, data));
  slot.name = data.name;
  if (data.isOpener) {
    slot.outer.setAttribute("aria-expanded", data.isOpen);
    slot.open = () => setStateValue("open", !data.isOpen);
  }
  if (data.isStatus) slot.root.setAttribute("role", "status");
  if (data.sought && news.sought !== data.sought) {
    news.sought = data.sought;
    seek(slot);
  }
  news.hears.add(slot.hear);
  news.changed?.();
  take(slot, data.html, data);
  if (news.latest) slot.hear.news(news.latest);
  return () => {
    news.hears.delete(slot.hear);
    news.changed?.();
  };
}
