// The bell in one browser tab. It outlives the reruns of the script, so its state hangs on the window.
// The server rings with a revision number; the page is asked to look again once nobody is in the middle of a move.
// Where the page's controls and slots hear what is new by the line itself, the rest waits until the hands rest.

const bell = (window.accordBell ??= {
  socket: null, ticket: null, url: null, shown: null, asked: null, pending: null, timer: null, retry: 300,
  isDown: false, keyAt: -1e9, typedAt: -1e9, moves: null, here: [], isWired: false, failures: 0, look: 0,
  locale: null, looks: null, newsAt: null, epoch: null, pointer: null, handAt: -1e9, isWhole: false,
});

const news = (window.accordNews ??= { hears: new Set(), asks: new Map(), line: null, number: 0 });

const LOOK_EVERY_MS = 4000;
const REST_MS = 450;
const LONGEST_WAIT_MS = 3000;
const APART_MS = 60;
const AFTER_MS = 300;
const HANDS_REST_MS = 150;
const HANDS = ["pointerdown", "pointerup", "click", "keydown", "keyup", "input", "change"];
const SIDES = { marketing: "●", sales: "■", observer: "○" };
const RANGE = 'input[type="range"]';
const FIELD = '[class*="st-key-field_"]';

const hookOf = (node) => /st-key-(field_[0-9a-f]{12})/.exec(node?.closest?.(FIELD)?.className ?? "")?.[1] ?? null;
const isBusy = () =>
  bell.isDown || document.hidden || performance.now() - bell.handAt < HANDS_REST_MS ||
  performance.now() - bell.keyAt < 700 || performance.now() - bell.typedAt < 3000;
const isWaiting = () => bell.pending !== null || bell.isWhole;

// Streamlit sends what a hand and the bell say in one moment as one message, for the part of the page of one of
// them: the other's wish is lost. So the bell asks while the hands rest, and where one was quicker, for the whole page.
function askApart(say) {
  return (name, value) => {
    const since = performance.now() - HANDS_REST_MS;
    say(name, value);
    setTimeout(() => {
      if (bell.handAt < since) return;
      bell.isWhole = true;
      soon(HANDS_REST_MS);
    });
  };
}

function askAgain() {
  bell.timer = null;
  if (!isWaiting()) return;
  if (isBusy()) {
    if (!bell.isDown && !document.hidden) bell.timer = setTimeout(askAgain, 120);
    return;
  }
  const { isWhole } = bell;
  const isHeard = bell.newsAt !== null;
  bell.asked = bell.pending ?? bell.asked;
  bell.pending = bell.newsAt = null;
  bell.isWhole = false;
  bell.ask?.("ring", { revision: bell.asked, isHeard, isWhole });
}

function soon(delay) {
  if (bell.timer === null) bell.timer = setTimeout(askAgain, delay);
}

function fresh(revision) {
  bell.pending = revision;
  bell.newsAt = null;
  soon(0);
}

// What matters is on the screen already. The more screens there are, the further apart they ask for the rest.
function later(revision) {
  const now = performance.now();
  bell.pending = revision;
  bell.newsAt ??= now;
  clearTimeout(bell.timer);
  const wait = REST_MS + Math.random() * APART_MS * bell.here.length;
  bell.timer = setTimeout(askAgain, Math.min(wait, Math.max(0, bell.newsAt + LONGEST_WAIT_MS - now)));
}

function tell(told) {
  news.latest = told;
  for (const hear of news.hears) hear.news(told);
}

// A page that shows what the line can tell wants to hear it, in the reader's locale; any other only the bell.
function look() {
  const looks = news.hears.size ? bell.locale : null;
  if (bell.looks === looks) return;
  bell.looks = looks;
  if (!looks) news.latest = null;
  say({ looks });
}

function hangUp() {
  news.line = null;
  const waiting = [...news.asks.values()];
  news.asks.clear();
  for (const answered of waiting) answered({});
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
  hangUp();
  bell.failures ??= 0; // what was rung between two lines is found by the first word on the new one
  const socket = (bell.socket = new WebSocket(bell.url));
  socket.onopen = () => {
    socket.send(JSON.stringify({ ticket: bell.ticket }));
    socket.send(JSON.stringify({ looks: bell.looks }));
  };
  socket.onmessage = (event) => {
    if (bell.socket !== socket) return;
    const message = JSON.parse(event.data);
    if (message.answers !== undefined) {
      news.asks.get(message.answers)?.(message);
      news.asks.delete(message.answers);
      return;
    }
    news.line = socket;
    const isFirst = bell.failures !== null;
    bell.failures = null;
    bell.retry = 300;
    bell.here = message.here;
    paint();
    const isUnseen = message.revision !== bell.shown && message.revision !== bell.asked;
    if (message.news?.slots && message.news.epoch === bell.epoch) {
      tell(message.news);
      later(message.revision);
    } else if (message.ring || (isFirst && isUnseen)) fresh(message.revision);
  };
  socket.onclose = (event) => {
    if (bell.socket !== socket) return;
    hangUp();
    bell.failures = (bell.failures ?? 0) + 1;
    bell.here = []; // who is here is not known while the line is down
    paint();
    if (event.code === 1008) { // this ticket doesn't hold; the next run of the script brings another
      bell.failures = Math.max(bell.failures, 2);
      paint();
      return;
    }
    bell.retry = Math.min(15000, bell.retry * 2);
    setTimeout(() => bell.socket === socket && connect(), bell.retry * (0.5 + Math.random()));
  };
}

function chip(person) {
  const item = document.createElement("li");
  item.className = person.side;
  const field = person.moves && document.querySelector(`.st-key-${person.moves} :is(label, [data-testid="stWidgetLabel"])`);
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

function released(event) {
  if (!bell.isDown || (event.type === "blur" ? event.target !== window : event.pointerId !== bell.pointer)) return;
  bell.isDown = false;
  setTimeout(() => bell.isDown || moving(null), AFTER_MS); // what was moved goes out first
  if (isWaiting()) soon(80); // the slider's own change leaves first
}

// The bar finds what is new by itself: another revision, another theme.
function lookAgain() {
  bell.ask?.("look", ++bell.look);
}

function wire() {
  bell.isWired = true;
  for (const hand of HANDS) addEventListener(hand, () => (bell.handAt = performance.now()), true);
  addEventListener("pointerdown", (event) => {
    if (event.target.matches?.(RANGE) && hookOf(event.target)) {
      bell.isDown = true;
      bell.pointer = event.pointerId;
      moving(hookOf(event.target));
    }
  }, true);
  for (const end of ["pointerup", "pointercancel", "blur"]) addEventListener(end, released, true);
  addEventListener("keydown", (event) => {
    const hook = hookOf(event.target);
    if (!hook || !event.target.matches("input, textarea")) return;
    if (event.target.matches(RANGE)) bell.keyAt = performance.now();
    moving(hook);
  }, true);
  addEventListener("input", (event) => {
    if (hookOf(event.target) && !event.target.matches(RANGE)) bell.typedAt = performance.now();
  }, true);
  addEventListener("focusout", (event) => {
    if (!event.target.isConnected) return;
    bell.typedAt = -1e9;
    if (!bell.isDown && hookOf(event.target)) moving(null);
  }, true);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(lookAgain, AFTER_MS));
  document.addEventListener("visibilitychange", () => !document.hidden && isWaiting() && soon(0));
  setInterval(() => {
    if ((bell.failures ?? 0) > 1 && !isBusy()) lookAgain();
  }, LOOK_EVERY_MS);
}

export default function ({ data, parentElement, setTriggerValue }) {
  bell.ask = askApart(setTriggerValue);
  bell.list = parentElement.querySelector("ul");
  bell.note = parentElement.querySelector("p");
  bell.shown = data.shown;
  const url = new URL(data.path, document.baseURI);
  url.protocol = url.protocol.replace("http", "ws");
  if (!bell.isWired) wire();
  if (bell.epoch !== data.epoch) news.latest = null; // other data, or another ledger
  bell.epoch = data.epoch;
  bell.locale = data.locale;
  news.changed = look;
  news.lookAgain = lookAgain;
  look();
  if (bell.ticket !== data.ticket || bell.url !== url.href || bell.socket === null) {
    const old = bell.socket;
    Object.assign(bell, { ticket: data.ticket, url: url.href });
    connect();
    old?.close();
  }
  if (data.revision !== data.shown && data.revision !== bell.pending) fresh(data.revision);
  paint();
}
