// The keyboard: / searches, Esc closes, arrows walk from neighbour to neighbour, + − 0 zoom.

const walked = document.getElementById("walked");
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** The neighbour that lies most in a direction; null where none does. */
function neighbourTowards(id, [dx, dy]) {
  const from = placeOfNode(NODE.get(id));
  const near = shown.edges.flatMap(({ edge }) => (edge.from === id ? [edge.to] : edge.to === id ? [edge.from] : []));
  const ranked = [...new Set(near)].map((other) => {
    const to = placeOfNode(NODE.get(other));
    const [x, y] = [to.x - from.x, to.y - from.y];
    const far = Math.hypot(x, y) || 1;
    return { other, along: (x * dx + y * dy) / far, far };
  });
  const ahead = ranked.filter(({ along }) => along > 0.3);
  // A detour costs more than a longer way.
  ahead.sort((a, b) => a.far / a.along ** 2 - b.far / b.along ** 2);
  return ahead.length ? ahead[0].other : null;
}

function walk(direction) {
  const id = picked.node ? neighbourTowards(picked.node, direction) : byImportance()[0]?.id;
  if (!id) return;
  const { thing } = NODE.get(id);
  openThing(thing, { focus: false, move: false });
  bringIntoSight(NODE.get(id));
  walked.textContent = [nameOf(thing), postLine(thing), tellMeetings(meetingsOf(thing))].filter(Boolean).join(", ");
}

/** Move the picture only where the node would stand outside it. */
function bringIntoSight(node) {
  const { x, y } = net.canvasToDOM(placeOfNode(node));
  const { width, height } = size();
  if (x < 60 || y < 40 || x > width - 60 || y > height - 40) moveTo(placeOfNode(node), net.getScale());
}

const canvas = container.querySelector("canvas");
canvas.setAttribute("tabindex", "0");
canvas.setAttribute("role", "application");
canvas.setAttribute("aria-describedby", "graph-help");
canvas.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in ARROWS) walk(ARROWS[event.key]);
  else if (event.key === "Enter" && picked.node) card.focus();
  else if (event.key === "+" || event.key === "=") zoomBy(1.5);
  else if (event.key === "-") zoomBy(1 / 1.5);
  else if (event.key === "0") fitAll();
  else return;
  event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, select, textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    searchBox.focus();
  } else if (event.key === "Escape") {
    const menu = menus.find(({ open: opened }) => opened);
    closeMenus();
    if (menu) menu.querySelector("summary").focus();
    else closeCard();
  }
});
