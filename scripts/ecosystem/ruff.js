// Runs the rules of ruff about decoding (flake8-bandit) over the Python sources
// below a directory, and prints what they find, one JSON object a line.
//
//   NODE_PATH=DIR/node_modules node ruff.js ROOT
//
// DIR is where `npm install --save-exact @astral-sh/ruff-wasm-nodejs@0.17.4` ran.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { PositionEncoding, Workspace } = require("@astral-sh/ruff-wasm-nodejs");

// In preview, where the rules see references and not only calls, ruff calls them by name.
const rules = {
  "suspicious-pickle-usage": "S301",
  "suspicious-marshal-usage": "S302",
  "suspicious-pickle-import": "S403",
  "unsafe-yaml-load": "S506",
  "logging-config-insecure-listen": "S612",
};
const lint = { preview: true, select: Object.values(rules) };
const workspace = new Workspace({ preview: true, lint }, PositionEncoding.Utf16);

let files = 0;
let unread = 0;

function look(file, name) {
  const bytes = fs.readFileSync(file);
  files++;
  const text = bytes.toString("utf8");
  for (const d of workspace.check(text)) {
    if (!(d.code in rules)) {
      unread++;
      console.log(JSON.stringify({ path: name, line: d.start_location.row, broken: d.message }));
      return;
    }
    console.log(JSON.stringify({ path: name, line: d.start_location.row, rule: rules[d.code] }));
  }
}

const root = process.argv[2];
const stack = [""];
while (stack.length > 0) {
  const dir = stack.pop();
  for (const entry of fs.readdirSync(path.join(root, dir), { withFileTypes: true })) {
    const name = path.posix.join(dir, entry.name);
    if (entry.isDirectory()) {
      stack.push(name);
    } else if (entry.isFile() && /\.pyi?$/.test(entry.name)) {
      look(path.join(root, name), name);
    }
  }
}
console.error(`${files} files, ${unread} with syntax errors`);
