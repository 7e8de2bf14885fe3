// The engine and the data travel packed: unpack them, run the engine, then the page.

async function unpacked(id) {
  const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
}

(async () => {
  try {
    const [engine, data] = await Promise.all(["engine", "data"].map(unpacked));
    // The policy knows the engine by its hash, as it stands unpacked.
    document.head.append(Object.assign(document.createElement("script"), { textContent: engine }));
    start(JSON.parse(data));
  } catch (error) {
    document.getElementById("failed").hidden = false;
    throw error;
  }
})();
