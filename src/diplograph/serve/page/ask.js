"use strict";
// The query page: YASGUI's editor and table, a list of the questions with a name, and a line that tells of limits.
{
  const PREFIXES = {
    dg: "https://w3id.org/diplograph/ontology#",
    dgid: "https://w3id.org/diplograph/id/",
    dcterms: "http://purl.org/dc/terms/",
    prov: "http://www.w3.org/ns/prov#",
    rdfs: "http://www.w3.org/2000/01/rdf-schema#",
    skos: "http://www.w3.org/2004/02/skos/core#",
  };
  // The endpoint knows the prefixes; the editor marks as a mistake what it has not seen declared.
  const FIRST = `PREFIX dg: <${PREFIXES.dg}>
PREFIX rdfs: <${PREFIXES.rdfs}>

SELECT ?date ?who {
  ?meeting dg:status dg:Held ; dg:date ?date ; dg:participant/rdfs:label ?who .
} ORDER BY ?date ?who`;
  const name = document.getElementById("name");
  const parameters = document.getElementById("parameters");
  const notice = document.getElementById("notice");

  // The editor's other helpers ask servers elsewhere for prefixes and properties.
  Yasgui.Yasqe.defaults.autocompleters = ["variables"];
  Yasgui.Yasqe.defaults.value = FIRST;
  Yasgui.Yasr.defaults.prefixes = PREFIXES;
  const yasgui = new Yasgui(document.getElementById("editor"), {
    requestConfig: { endpoint: "/sparql", method: "POST" },
    copyEndpointOnNewTab: true,
    persistenceId: null,
    yasqe: { value: FIRST },
  });
  window.yasgui = yasgui;

  const watched = new WeakSet();
  yasgui.on("query", (_, tab) => {
    notice.textContent = "";
    const editor = tab.getYasqe();
    if (watched.has(editor)) return;
    watched.add(editor);
    editor.on("queryResponse", (_, answer) => {
      const response = answer.response || answer;
      const cut = response.headers && response.headers["x-diplograph-truncated"];
      if (cut) notice.textContent = `Truncated: only the first ${cut} are shown · Показаны только первые ${cut}`;
      else if (answer.status >= 400) notice.textContent = response.text || answer.message;
    });
  });

  function showParameters(question) {
    parameters.replaceChildren(...(question ? question.parameters : []).map((one) => {
      const label = document.createElement("label");
      const input = document.createElement("input");
      input.name = one.name;
      input.required = one.needed;
      input.title = `${one.means.en} · ${one.means.ru}`;
      label.append(`${one.label.en} · ${one.label.ru}`, input);
      return label;
    }));
  }

  document.getElementById("question").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!name.value) return;
    notice.textContent = "";
    const given = new URLSearchParams([...parameters.querySelectorAll("input")].map((one) => [one.name, one.value]));
    const response = await fetch(`/questions/${name.value}?${given}`);
    const text = await response.text();
    if (!response.ok) {
      notice.textContent = text;
      return;
    }
    const tab = yasgui.getTab();
    tab.setQuery(text);
    tab.query();
  });

  fetch("/questions").then((response) => response.json()).then((questions) => {
    for (const one of questions) name.append(new Option(`${one.en} · ${one.ru}`, one.name));
    name.addEventListener("change", () => showParameters(questions.find((one) => one.name === name.value)));
  });
}
