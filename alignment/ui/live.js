// The bell in one browser tab. It outlives the reruns of the script, so its state hangs on the window.
// The server rings with a revision number; the page is asked to look again once nobody is in the middle of a move.

const bell = (window.accordBell ??= {
  socket: null, ticket: null, url: null, shown: null, asked: null, pending: null, timer: null, retry: 300,
  isDown: false, keyAt: -1e9, typedAt: -1e9, moves: null, held: null, here: [], isWired: false, failures: 0, look: 0,
});

const LOOK_EVERY_MS = 4000;
const SIDES = { marketing: "●", sales: "■", observer: "○" };
const RANGE = 'input[type="range"]';
const FIELD = '[class*="st-key-field_"]';

const hookOf = (node) => /st-key-(field_[0-9a-f]{12})/.exec(node?.closest?.(FIELD)?.className ?? "")?.[1] ?? null;
const isBusy = () =>
  bell.isDown || document.hidden || performance.now() - bell.keyAt < 700 || performance.now() - bell.typedAt < 3000;

function askAgain() {
  bell.timer = null;
  if (bell.pending === null) return;
  if (isBusy()) {
    if (!bell.isDown && !document.hidden) bell.timer = setTimeout(askAgain, 120);
    return;
  }
  bell.asked = bell.pending;
  bell.pending = null;
  bell.ask?.("ring", bell.asked);
}

function soon(delay) {
  if (bell.timer === null) bell.timer = setTimeout(askAgain, delay);
}

function news(revision) {
  bell.pending = revision;
  soon(0);
}

function say(message) {
  if (bell.socket?.readyState === WebSocket.OPEN) bell.socket.send(JSON.stringify(message));
}

function moving(hook) {
  if (bell.moves === hook) return;
  bell.moves = hook;
  say({ moves: hook });
}

function connect() {
  const socket = (bell.socket = new WebSocket(bell.url));
  socket.onopen = () => socket.send(JSON.stringify({ ticket: bell.ticket }));
  socket.onmessage = (event) => {
    const message = JSON.parse(event.data);
    const isFirst = bell.failures !== null;
    bell.failures = null;
    bell.retry = 300;
    bell.here = message.here;
    paint();
    const isUnseen = message.revision !== bell.shown && message.revision !== bell.asked;
    if (message.ring || (isFirst && isUnseen)) news(message.revision);
  };
  socket.onclose = (event) => {
    if (bell.socket !== socket) return;
    bell.failures = (bell.failures ?? 0) + 1;
    bell.here = []; // who is here is not known while the line is down
    paint();
    if (event.code === 1008) return; // this ticket doesn't hold; the next run of the script brings another
    bell.retry = Math.min(15000, bell.retry * 2);
    setTimeout(() => bell.socket === socket && connect(), bell.retry * (0.5 + Math.random()));
  };
}

function chip(person) {
  const item = document.createElement("li");
  item.className = person.side;
  const field = person.moves && document.querySelector(`.st-key-${person.moves} [data-testid="stWidgetLabel"]`);
  const who = `${SIDES[person.side] ?? ""} ${person.name}${person.you ? " (you)" : ""}`;
  item.textContent = person.moves && !person.you ? `${who} ✎ ${field?.textContent ?? ""}` : who;
  return item;
}

function markMoved() {
  for (const field of document.querySelectorAll("[data-moved-by]")) delete field.dataset.movedBy;
  for (const person of bell.here) {
    const field = person.moves && !person.you && document.querySelector(`.st-key-${person.moves}`);
    if (field) field.dataset.movedBy = `${SIDES[person.side] ?? ""} ${person.name} is on it`;
  }
}

function paint() {
  markMoved();
  const isOff = (bell.failures ?? 0) > 1;
  bell.list?.replaceChildren(...bell.here.map(chip));
  if (bell.note) {
    bell.note.textContent = isOff
      ? `No live connection: changes of others show within ${LOOK_EVERY_MS / 1000} seconds.`
      : "";
  }
}

function released() {
  if (!bell.isDown) return;
  bell.isDown = false;
  moving(null);
  if (bell.pending !== null) soon(80); // the slider's own change leaves first
}

function keepFocus() {
  if (!bell.held || document.activeElement !== document.body) return;
  document.querySelector(`.st-key-${bell.held.hook} ${bell.held.kind}`)?.focus({ preventScroll: true });
}

function wire() {
  bell.isWired = true;
  addEventListener("pointerdown", (event) => {
    const slider = event.target.closest?.('[data-testid="stSlider"]');
    bell.held = null;
    if (slider && hookOf(slider)) {
      bell.isDown = true;
      moving(hookOf(slider));
    }
  }, true);
  for (const end of ["pointerup", "pointercancel", "blur"]) addEventListener(end, released, true);
  addEventListener("keydown", (event) => {
    const hook = hookOf(event.target);
    if (!hook || !event.target.matches("input, textarea")) return;
    const kind = event.target.matches(RANGE) ? RANGE : null;
    if (kind) {
      bell.keyAt = performance.now();
      bell.held = { hook, kind };
    }
    moving(hook);
  }, true);
  addEventListener("input", (event) => {
    if (hookOf(event.target) && !event.target.matches(RANGE)) bell.typedAt = performance.now();
  }, true);
  addEventListener("focusout", (event) => {
    if (!event.target.isConnected) return;
    bell.typedAt = -1e9;
    if (event.relatedTarget) bell.held = null;
    if (!bell.isDown && hookOf(event.target)) moving(null);
  }, true);
  document.addEventListener("visibilitychange", () => !document.hidden && bell.pending !== null && soon(0));
  new MutationObserver(keepFocus).observe(document.body, { childList: true, subtree: true });
  setInterval(() => {
    if ((bell.failures ?? 0) > 1 && !isBusy()) bell.ask?.("look", ++bell.look);
  }, LOOK_EVERY_MS);
}

export default function ({ data, parentElement, setTriggerValue }) {
  bell.ask = setTriggerValue;
  bell.list = parentElement.querySelector("ul");
  bell.note = parentElement.querySelector("p");
  bell.shown = data.shown;
  const url = new URL(data.path, document.baseURI);
  url.protocol = url.protocol.replace("http", "ws");
  if (!bell.isWired) wire();
  if (bell.ticket !== data.ticket || bell.url !== url.href || bell.socket === null) {
    const old = bell.socket;
    Object.assign(bell, { ticket: data.ticket, url: url.href });
    connect();
    old?.close();
  }
  if (data.revision !== data.shown && data.revision !== bell.pending) news(data.revision);
  paint();
}
