import {concerns} from '../../model/finding.js';
import type {Unit} from '../../model/unit.js';
import type {Graph, Node} from '../graph.js';

/**
 * What is missing below a file system that was not mounted is explained by the mount: a service that finds its directory
 * empty, and what PID 1 says of a path there.
 */
export function mount(graph: Graph): void {
  for (const missing of [...graph.dependencies, ...graph.units]) {
    const path = mountPointOf(missing.unit as Unit);
    if (path === null) continue;
    const speaksOfIt = below(path);
    for (const node of graph.units) {
      if (node.line <= missing.line || !misses(node, speaksOfIt)) continue;
      graph.explain(missing, node);
      for (const other of graph.findings) if (isOnlyOf(other, node)) graph.explain(missing, other);
    }
    for (const node of graph.findings)
      if (node.line > missing.line && tellsOfMissing(node, speaksOfIt)) graph.explain(missing, node);
  }
}

/** `opt-data.mount`, `opt-data.mount - /opt/data`, or the path where the console gives the description alone. */
function mountPointOf({name, description}: Unit): string | null {
  if (name.endsWith('.mount')) return unescaped(`/${name.slice(0, -'.mount'.length).replaceAll('-', '/')}`);
  const path = description ?? name;
  return /^\/(?!dev\/|$)[^\s…]+$/.test(path) && !/\.\w+$/.test(name) ? path : null;
}

/** systemd.unit(5). */
function unescaped(name: string): string {
  return name.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** The path itself or one below it, and no longer name that begins like it. */
function below(path: string): (text: string) => boolean {
  return text => {
    for (let at = text.indexOf(path); at >= 0; at = text.indexOf(path, at + 1)) {
      const before = text[at - 1] ?? ' ';
      const after = text[at + path.length] ?? ' ';
      if (!/[\w./-]/.test(before) && !/[\w.-]/.test(after)) return true;
    }
    return false;
  };
}

const isMissing =
  /no such|not (?:found|accessible|exist|a directory|mounted)|n't (?:exist|find|open|access|read)|cannot|can't|could not|unable|failed|missing|denied|read-only/i;

function misses({unit}: Node, speaksOfIt: (text: string) => boolean): boolean {
  return unit?.runs[0]?.said.some(({message}) => isMissing.test(message) && speaksOfIt(message)) ?? false;
}

/** What a rule knows of a service; not of the mount itself, whose reason may be logged after it. */
function tellsOfMissing({finding, evidence}: Node, speaksOfIt: (text: string) => boolean): boolean {
  if (finding === null || !/^(?:unit|service)\//.test(finding.rule.id)) return false;
  return evidence.some(({text}) => isMissing.test(text) && speaksOfIt(text));
}

/** What is known of that unit's end and of no other. */
function isOnlyOf({finding}: Node, {unit}: Node): boolean {
  return finding !== null && unit !== null && finding.units.size <= 1 && concerns(finding, unit);
}
