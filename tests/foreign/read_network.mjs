// Reads a network as Gephi Lite does, and prints what it holds: node read_network.mjs gexf|graphml FILE
import { readFileSync } from "node:fs";
import Graph from "graphology";
import gexf from "graphology-gexf";
import graphml from "graphology-graphml";

const [format, file] = process.argv.slice(2);
const graph = (format === "gexf" ? gexf : graphml).parse(Graph, readFileSync(file, "utf-8"));
const heaviest = Math.max(0, ...graph.mapEdges((_, attributes) => Number(attributes.weight)));
const labels = graph.mapNodes((_, attributes) => attributes.label).sort();
console.log(JSON.stringify({ nodes: graph.order, edges: graph.size, type: graph.type, heaviest, labels }));
