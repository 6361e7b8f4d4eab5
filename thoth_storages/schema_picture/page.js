"use strict";
// What is drawn has ids: "table", "table::referred" for a signpost, "table:column:referred" for an arrow.
const picture = document.querySelector(".picture svg");
const drawing = picture.querySelector("g.graph");
const about = document.getElementById("about");
const search = document.getElementById("search");
const found = document.getElementById("found");
const whole = picture.viewBox.baseVal;
const home = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
const nodes = [...drawing.querySelectorAll(".node")].filter((node) => node.id !== "legend");
const tables = nodes.filter((node) => !node.id.includes(":"));
const edges = [...drawing.querySelectorAll(".edge")];
let view = { ...home };
// Sizes of text: of a subject's and of a column's name in the picture, and what can be read on a screen.
const [SUBJECT, COLUMN, LEGIBLE] = [18, 10, 7];
const subjects = [...drawing.querySelectorAll(".cluster")].map((cluster) => {
  const text = cluster.querySelector("text");
  const room = cluster.querySelector("path").getBBox().width / text.getBBox().width;
  return { text, largest: SUBJECT * Math.max(room, 1) };
});

picture.removeAttribute("width");
picture.removeAttribute("height");
// Browsers would show titles of their own over what we show.
drawing.querySelectorAll("title").forEach((title) => title.remove());
drawing.querySelectorAll("a").forEach((link) => {
  const said = link.getAttribute("xlink:title");
  link.closest(".node, .edge, .cluster").dataset.about = said ?? "";
  link.removeAttribute("xlink:title");
});

function show(next) {
  const width = Math.min(Math.max(next.width, 120), home.width * 1.5);
  const height = width * (next.height / next.width);
  const x = Math.min(Math.max(next.x, home.x - width / 2), home.x + home.width - width / 2);
  const y = Math.min(Math.max(next.y, home.y - height / 2), home.y + home.height - height / 2);
  view = { x, y, width, height };
  picture.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
  // From afar the names of the subjects are what can be read.
  const size = Math.max(SUBJECT, 10 * scale());
  subjects.forEach(({ text, largest }) => { text.style.fontSize = `${Math.min(size, largest)}px`; });
}

function scale() {
  const box = picture.getBoundingClientRect();
  return Math.max(view.width / box.width, view.height / box.height);
}

// Where in the picture a point of the screen is.
function placeOf(clientX, clientY) {
  return new DOMPoint(clientX, clientY).matrixTransform(picture.getScreenCTM().inverse());
}

function zoom(factor, clientX, clientY) {
  const box = picture.getBoundingClientRect();
  const at = placeOf(clientX ?? box.x + box.width / 2, clientY ?? box.y + box.height / 2);
  show({
    x: at.x - (at.x - view.x) * factor,
    y: at.y - (at.y - view.y) * factor,
    width: view.width * factor,
    height: view.height * factor,
  });
}

function goTo(node) {
  const box = node.getBoundingClientRect();
  const middle = placeOf(box.x + box.width / 2, box.y + box.height / 2);
  const room = picture.getBoundingClientRect();
  const width = Math.min(home.width, Math.max(Math.min(760, room.width), box.width * scale() * 1.6));
  const height = width * (room.height / room.width);
  show({ x: middle.x - width / 2, y: middle.y - height / 2, width, height });
}

function tableOf(node) {
  return node.id.split("::").pop();
}

function light(node) {
  drawing.querySelectorAll(".near").forEach((each) => each.classList.remove("near"));
  drawing.classList.toggle("looking", Boolean(node));
  about.hidden = !node;
  if (!node) return;
  const table = tableOf(node);
  const near = new Set([table]);
  for (const edge of edges) {
    const [from, , to] = edge.id.split(":");
    if (from === table || to === table) {
      edge.classList.add("near");
      near.add(from).add(to);
    }
  }
  for (const each of nodes) {
    const [from, , to] = each.id.split(":");
    if (to ? from === table || to === table : near.has(from)) each.classList.add("near");
  }
  const target = document.getElementById(table);
  about.replaceChildren(Object.assign(document.createElement("b"), { textContent: table }), target.dataset.about);
}

let kept = null;
for (const node of nodes) {
  node.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") light(node); });
  node.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") light(kept); });
  node.addEventListener("focus", () => light(node));
  node.addEventListener("blur", () => light(kept));
  node.setAttribute("tabindex", "0");
  node.setAttribute("aria-label", node.id.includes("::") ? `go to ${tableOf(node)}` : node.id);
}

function choose(node) {
  kept = node && node !== kept ? document.getElementById(tableOf(node)) : null;
  light(kept);
  if (kept && (node.id.includes("::") || COLUMN / scale() < LEGIBLE)) goTo(kept);
}

// Dragging with one pointer, pinching with two; what hardly moved is a click.
const pointers = new Map();
let moved = 0;
picture.addEventListener("pointerdown", (event) => {
  pointers.set(event.pointerId, event);
  if (pointers.size === 1) moved = 0;
});
window.addEventListener("pointermove", (event) => {
  const before = pointers.get(event.pointerId);
  if (!before) return;
  const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY];
  moved += Math.hypot(dx, dy);
  if (moved > 4) picture.classList.add("dragged");
  if (pointers.size === 1) {
    const factor = scale();
    show({ ...view, x: view.x - dx * factor, y: view.y - dy * factor });
  } else {
    const other = [...pointers].find(([id]) => id !== event.pointerId)[1];
    const distance = (each) => Math.hypot(each.clientX - other.clientX, each.clientY - other.clientY);
    zoom(distance(before) / Math.max(distance(event), 1), other.clientX, other.clientY);
  }
  pointers.set(event.pointerId, event);
});
for (const name of ["pointerup", "pointercancel"]) {
  window.addEventListener(name, (event) => {
    pointers.delete(event.pointerId);
    picture.classList.remove("dragged");
  });
}
picture.addEventListener("click", (event) => {
  if (moved > 4) return;
  const node = event.target.closest(".node");
  choose(nodes.includes(node) ? node : null);
});
picture.addEventListener("wheel", (event) => {
  event.preventDefault();
  zoom(1.0015 ** event.deltaY, event.clientX, event.clientY);
}, { passive: false });
document.getElementById("closer").addEventListener("click", () => zoom(0.7));
document.getElementById("further").addEventListener("click", () => zoom(1 / 0.7));
document.getElementById("whole").addEventListener("click", () => { choose(null); show(home); });

let hits = [];
let current = -1;
function seek() {
  drawing.querySelectorAll(".sought").forEach((each) => each.classList.remove("sought"));
  const wanted = search.value.trim().toLowerCase();
  hits = [];
  current = -1;
  found.textContent = "";
  if (!wanted) return;
  for (const table of tables) {
    const texts = [...table.querySelectorAll("text")].filter((text) => text.textContent.toLowerCase().includes(wanted));
    texts.forEach((text) => text.classList.add("sought"));
    if (texts.length) hits.push(table);
  }
  // A table of that very name comes first, then those whose names hold it.
  const rank = (table) => (table.id === wanted ? 0 : table.id.includes(wanted) ? 1 : 2);
  hits.sort((one, other) => rank(one) - rank(other));
  found.textContent = hits.length ? `${hits.length} table${hits.length === 1 ? "" : "s"}` : "nothing";
}
function next(step) {
  if (!hits.length) return;
  current = (current + step + hits.length) % hits.length;
  found.textContent = `${current + 1} of ${hits.length}`;
  goTo(hits[current]);
}
search.addEventListener("input", seek);
search.form.addEventListener("submit", (event) => { event.preventDefault(); next(1); });
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { search.value = ""; seek(); choose(null); return; }
  if (event.target === search) {
    if (event.key === "Enter" && event.shiftKey) { event.preventDefault(); next(-1); }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const node = event.target.closest?.(".node");
  if (event.key === "Enter" && node) choose(node);
  else if (event.key === "+") zoom(0.7);
  else if (event.key === "-") zoom(1 / 0.7);
  else if (event.key === "0") show(home);
  else if (event.key === "/") { event.preventDefault(); search.focus(); }
});

// An address may name what to look at: schema.html#python_package_version
function start() {
  show(home);
  const node = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (tables.includes(node)) { choose(node); goTo(node); }
}
window.addEventListener("hashchange", start);
start();
