/* Fails where a script of the offline page is newer than ES2020, or has a number that Safari 13 can't read: `node old_browsers.js FILE …`. */
"use strict";

const { readFileSync } = require("fs");
const { parse } = require("../../vendor/acorn/acorn.js");

for (const path of process.argv.slice(2)) {
  const text = readFileSync(path, "utf8");
  const onToken = ({ type, value, start }) => {
    if (type.label === "num" && typeof value === "bigint") throw new Error(`${path}: ${text.slice(start, start + 20)}`);
  };
  parse(text, { ecmaVersion: 2020, sourceType: "script", onToken });
}
