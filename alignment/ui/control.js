// A number of the draft under the hand. What the hand does goes out by the bell's line and comes back to every
// screen as news; what somebody else sets meanwhile never moves the thumb under a finger, it waits beside it.

const news = (window.accordNews ??= { hears: new Set(), asks: new Map(), line: null, number: 0 });

const SAID_MS = 12000;
const ANSWER_WITHIN_MS = 8000;
let ids = 0;

function element(tag, name, into, attributes = {}) {
  const made = into.appendChild(document.createElement(tag));
  made.className = name;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function made(parentElement) {
  const id = `accord-control-${++ids}`;
  const root = element("div", "accord-control", parentElement);
  const control = {
    root,
    label: element("label", "accord-name", root, { for: id }),
    slide: element("div", "accord-slide", root),
    exact: null, face: null, seq: -1, epoch: null, revision: -1, pending: null, isHeld: false, pointer: null,
    isAsking: false, isByScript: false, queued: null,
    isTrying: false, wanted: null,
  };
  const over = element("div", "accord-over", control.slide);
  control.thumb = element("output", "accord-thumb", over, { for: id, "aria-live": "off" });
  control.range = element("input", "accord-range", control.slide, { type: "range", id });
  control.rail = element("div", "accord-rail", control.slide);
  control.ways = element("div", "accord-ways", root);
  control.note = element("p", "accord-note", root, { role: "status" });
  control.hear = {
    news: (told) => {
      const face = told.epoch === control.epoch && told.fields[control.field];
      if (face) take(control, { ...face, suggested: control.face?.suggested }, told);
    },
    trial: () => {},
    trialEnds: () => {},
  };
  wire(control);
  return control;
}

// The slider counts stops; what is written down is their value.
const valueAt = (control, position) => (control.face.stops ? control.face.stops[position] : Number(position));
const positionOf = (control, value) => (control.face.stops ? control.face.stops.indexOf(value) : value);
const wordsOf = (control, value) => {
  const { stops, words } = control.face;
  return stops ? (words[stops.indexOf(value)] ?? String(value)) : String(value);
};
const isTyping = (control) => document.activeElement === control.exact && control.exact.dataset.dirty === "1";
const isBusy = (control) => control.isHeld || control.isAsking || isTyping(control);

function take(control, face, { epoch, revision, seq }) {
  if (epoch === control.epoch && revision < control.revision) return;
  Object.assign(control, { epoch, revision, pending: { face, seq } });
  if (isBusy(control)) drawBeside(control, face);
  else settle(control);
}

function settle(control) {
  if (isBusy(control)) return;
  if (control.pending) {
    control.face = control.pending.face;
    control.seq = control.pending.seq;
    control.pending = null;
  }
  draw(control);
}

function draw(control) {
  const { face } = control;
  const drawn = JSON.stringify([face, control.mayEdit]);
  const isAsDrawn = drawn === control.drawn && Number(control.range.value) === positionOf(control, face.value);
  if (isAsDrawn && control.exact.value === String(positionOf(control, face.value))) return;
  control.label.textContent = face.label;
  Object.assign(control.range, { min: 0, max: face.stops ? face.stops.length - 1 : face.high, step: 1 });
  if (!face.stops) control.range.min = face.low;
  drawExact(control);
  control.range.disabled = control.exact.disabled = !control.mayEdit;
  point(control, face.value);
  control.range.value = positionOf(control, face.value);
  drawBeside(control, face);
  control.drawn = drawn;
}

function drawExact(control) {
  const { face } = control;
  const isList = Boolean(face.stops);
  if (control.exact?.matches("select") !== isList) {
    control.exact?.remove();
    control.exact = document.createElement(isList ? "select" : "input");
    control.exact.className = "accord-exact";
    if (!isList) Object.assign(control.exact, { type: "number", step: 1, inputMode: "numeric" });
    control.slide.after(control.exact);
  }
  control.exact.setAttribute("aria-label", `${face.label}, exactly`);
  if (isList) {
    const options = face.words.map((words, place) => new Option(words, place));
    if (options.map((option) => option.text).join() !== [...control.exact.options].map((o) => o.text).join()) {
      control.exact.replaceChildren(...options);
    }
  } else Object.assign(control.exact, { min: face.low, max: face.high });
  control.exact.value = positionOf(control, face.value);
}

// The thumb's number and the filled part of the track, wherever the thumb is.
function point(control, value) {
  const { range } = control;
  const share = (positionOf(control, value) - range.min) / Math.max(range.max - range.min, 1);
  control.slide.style.setProperty("--share", share);
  const words = wordsOf(control, value);
  control.thumb.textContent = words;
  range.setAttribute("aria-valuetext", words);
  if (!isTyping(control)) control.exact.value = positionOf(control, value);
}

function drawBeside(control, face) {
  control.drawn = null;
  const marks = face.suggested && face.suggested.value !== face.value ? [...face.marks, face.suggested] : face.marks;
  control.rail.replaceChildren();
  const signs = element("div", "accord-signs", control.rail);
  for (const mark of marks) {
    const sign = element("i", `accord-${mark.who}`, signs, { "aria-hidden": "true" });
    sign.textContent = mark.sign;
    sign.style.left = `${mark.place}%`;
  }
  const middle = marks.reduce((sum, mark) => sum + mark.place, 0) / Math.max(marks.length, 1);
  const line = element("div", "accord-words", control.rail);
  line.style.left = `${middle}%`;
  line.style.transform = `translateX(-${middle}%)`;
  for (const mark of marks) {
    const said = element("span", "", line);
    element("i", `accord-${mark.who}`, said, { "aria-hidden": "true" }).textContent = mark.sign;
    said.append(` ${mark.words}`);
  }
  drawWays(control, face.ways);
}

function drawWays(control, ways) {
  const drawn = JSON.stringify(ways);
  if (control.ways.dataset.drawn === drawn) return;
  control.ways.dataset.drawn = drawn;
  const shown = control.mayEdit ? ways : [];
  control.ways.replaceChildren(
    ...shown.map((way) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", textContent: way.label, className: `accord-way-${way.name}` });
      button.addEventListener("click", () => send(control, way.value, true));
      return button;
    }),
  );
}

function ask(message, answered) {
  if (news.line?.readyState !== WebSocket.OPEN) return false;
  const number = ++news.number;
  news.asks.set(number, answered);
  news.line.send(JSON.stringify({ asks: message, number }));
  setTimeout(() => {
    if (news.asks.delete(number)) answered({});
  }, ANSWER_WITHIN_MS);
  return true;
}

// For want of a line, or of an answer: the next run of the script brings what came of it.
function sendByScript(control, value) {
  control.isAsking = control.isByScript = true;
  control.sent = value;
  control.setTriggerValue("edit", { value, seen_seq: control.seq, epoch: control.epoch, number: ++news.number });
  clearTimeout(control.waiting);
  control.waiting = setTimeout(() => {
    if (!control.isByScript) return;
    control.isAsking = control.isByScript = false;
    control.queued = null;
    say(control, "This change could not be sent. Please move it again once the connection is back.");
    settle(control);
  }, ANSWER_WITHIN_MS);
}

// The script has run: what it shows is the answer.
function answeredByScript(control) {
  if (!control.isByScript) return;
  const { queued, pending, sent } = control;
  Object.assign(control, { isAsking: false, isByScript: false, queued: null });
  if (queued !== null && pending?.face.value === sent) {
    Object.assign(control, { face: pending.face, seq: pending.seq, pending: null });
    send(control, queued); // the hand has gone on, and the thumb with it
  } else settle(control);
}

// One edit is under way at a time; while it is, only the newest of the next ones is kept.
function send(control, value, isWay = false) {
  control.wanted = null;
  if (!isWay && !control.isAsking && value === control.face.value) {
    endTrial();
    settle(control);
    return;
  }
  if (control.isAsking) {
    control.queued = value;
    return;
  }
  const edit = { field: control.field, value, seen_seq: control.seq, epoch: control.epoch };
  control.isAsking = ask({ edit }, (answer) => answered(control, value, answer));
  if (!control.isAsking) sendByScript(control, value);
}

function answered(control, value, answer) {
  control.isAsking = false;
  const { queued } = control;
  control.queued = null;
  if (answer.refused !== undefined) {
    endTrial();
    say(control, answer.refused);
    news.lookAgain?.(); // it may have been refused because this page is of another load
  } else if (answer.seq === undefined) {
    sendByScript(control, queued ?? value);
    return;
  } else {
    control.face = { ...control.face, value };
    control.seq = Math.max(control.seq, answer.seq);
    if (queued !== null && !control.isHeld) {
      send(control, queued);
      return;
    }
  }
  if (control.pending && control.pending.seq < control.seq) control.pending = null;
  settle(control);
}

function say(control, sentence) {
  control.note.textContent = sentence;
  clearTimeout(control.saying);
  control.saying = setTimeout(() => (control.note.textContent = ""), SAID_MS);
}

// While the thumb moves, this screen sees what letting go here would do; the next trial waits for the answer.
function trial(control, value) {
  control.wanted = value;
  if (control.isTrying) return;
  control.isTrying = ask({ try: { field: control.field, value } }, (answer) => {
    control.isTrying = false;
    if (control.isHeld && answer.slots) for (const hear of news.hears) hear.trial(answer.slots);
    if (control.isHeld && control.wanted !== null && control.wanted !== value) trial(control, control.wanted);
  });
}

function endTrial() {
  for (const hear of news.hears) hear.trialEnds();
}

function letGo(event) {
  const control = news.held;
  if (!control?.isHeld) return;
  if (event.type === "blur" ? event.target !== window : event.pointerId !== control.pointer) return;
  control.isHeld = false;
  control.wanted = null;
  news.held = null;
  if (event.type === "pointerup" && valueAt(control, control.range.value) !== control.face.value) return; // a change comes
  endTrial();
  settle(control);
}

if (!news.isWired) {
  news.isWired = true;
  for (const end of ["pointerup", "pointercancel", "blur"]) addEventListener(end, letGo, true);
}

function wire(control) {
  const { range, root } = control;
  range.addEventListener("pointerdown", (event) => {
    control.isHeld = true;
    control.pointer = event.pointerId;
    control.note.textContent = "";
    news.held = control;
  });
  range.addEventListener("input", () => {
    const value = valueAt(control, range.value);
    control.drawn = null;
    point(control, value);
    if (control.isHeld) trial(control, value);
  });
  range.addEventListener("change", () => {
    control.isHeld = false;
    send(control, valueAt(control, range.value));
  });
  root.addEventListener("input", (event) => {
    if (event.target === control.exact) control.exact.dataset.dirty = "1";
  });
  root.addEventListener("change", (event) => {
    if (event.target !== control.exact) return;
    control.exact.dataset.dirty = "";
    const typed = Number(control.exact.value);
    const { stops, low, high } = control.face;
    if (stops) send(control, stops[typed]);
    else if (control.exact.value !== "" && Number.isInteger(typed) && typed >= low && typed <= high) send(control, typed);
    else {
      say(control, `Please type a whole number from ${low} to ${high}.`);
      settle(control);
    }
  });
  root.addEventListener("focusout", (event) => {
    if (event.target !== control.exact) return;
    control.exact.dataset.dirty = "";
    settle(control);
  });
}

export default function ({ data, parentElement, setTriggerValue }) {
  const control = (parentElement.accordControl ??= made(parentElement));
  control.field = data.field;
  control.mayEdit = data.mayEdit;
  control.setTriggerValue = setTriggerValue;
  news.hears.add(control.hear);
  news.changed?.();
  take(control, data, data);
  if (news.latest) control.hear.news(news.latest);
  answeredByScript(control);
  return () => {
    news.hears.delete(control.hear);
    news.changed?.();
  };
}
